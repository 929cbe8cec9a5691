package generator

// hugoScan makes the sources of a Hugo site.
type hugoScan struct {
	dir       string
	m         settings
	s         *site
	main      string   // the default language
	languages []string // the others
	left      []string // languages that are not built
	rules     []hugoRule
	dates     []string // sources[].dates; nil: the default
	settings  map[string]string
	keys      map[string][]string // sources[].fields
}

// hugoRule is how the URLs of some pages are made. The first that fits counts.
type hugoRule struct {
	name    string   // of the source
	folder  string   // that the pages lie in; "" is the root
	globs   []string // of the pages, below content, without extension
	pattern string   // "": the preset's
	ugly    bool
}

// hugoRoot is a folder that holds content.
type hugoRoot struct {
	path     string // below the site
	target   string // where Hugo has it below content
	language string // "": file names say it
	exclude  []string
}
