package generator

// Found is what a folder is, and what its generator's config says.
type Found struct {
	Generator                    string // "" is plain files
	Preset                       string // sources[].preset of its sources; "" is none
	Title, Description, Language string
	Zone                         string // "" is the machine's
	Author, Email                string
	URL, URLFrom                 string // where the site says that it stands, and the file that says so; "" is nowhere
	PublishTo                    string // publish.to
	Optional                     bool   // files without front matter are articles too
	Sources                      []Source
	Pages                        []string // paths that are no articles, for sitemap.pages
	Outputs                      []Output
	Excludes                     Exclusion
	Notes                        []string // what could not be taken over
	Hints                        []string // what else the operator should know
}

// Source is one of the sources that are written.
type Source struct {
	Name, Path       string
	Permalink        string // "": the preset's
	Include, Exclude []string
	Undated          string // "": the default, or sitemap_only where only some of its articles are dated
	Dates            []string
	Defaults         map[string]any      // defaults: texts and lists of texts by key
	Settings         map[string]string   // of the preset's generator
	Fields           map[string][]string // the files' own keys for fields of ours
	Comment          string              // a line above it
}

// Output is a document that the generator writes where one of ours lies.
type Output struct {
	Path   string `json:"path"`   // "/feed.xml"
	By     string `json:"by"`     // what writes it: "jekyll-feed"
	Advice string `json:"advice"` // what to do, one sentence
}

// Exclusion is what the generator must be told to leave alone: files of ours in a folder that it publishes.
type Exclusion struct {
	Place string   `json:"place"` // where it is written: "exclude in _config.yml"; "": nowhere
	Names []string `json:"names"`
}
