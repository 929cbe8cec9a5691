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
	Undated          string // "": the default
	Dates            []string
	Defaults         map[string]any      // texts and lists of texts by key
	Settings         map[string]string   // of the preset's generator
	Fields           map[string][]string // the files' own keys for fields of ours
	Comment          string              // a line above it
}

// found returns what was taken over.
func (s *site) found() Found {
	f := Found{
		Generator: s.generator, Preset: s.preset, Title: s.title, Description: s.description, Language: s.language, Zone: s.zone, Author: s.author, Email: s.email,
		URL: s.url, URLFrom: s.urlFrom, PublishTo: s.folder(), Optional: s.generator == "" || s.optional, Pages: s.pages, Outputs: s.outputs, Excludes: s.excludes, Notes: s.notes, Hints: s.hints,
	}
	for _, o := range s.sources {
		f.Sources = append(f.Sources, Source{
			Name: o.name, Path: o.path, Permalink: o.permalink, Include: o.include, Exclude: o.exclude, Undated: o.undated, Dates: o.dates, Defaults: o.fields,
			Settings: o.settings, Fields: o.keys, Comment: o.comment,
		})
	}
	return f
}
