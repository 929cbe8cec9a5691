// Package preset states how site generators read the files of a site: which of them are articles, what address, date
// and id each gets.
package preset

import (
	"time"

	"herald/source"
	"herald/source/frontmatter"
)

// Preset is how one generator reads files. Where a function is nil, or returns nothing, herald's own rule holds. The functions
// are called from several goroutines at once.
type Preset struct {
	Name      string // sources[].preset in herald.yaml
	Variant   string // what tells presets of one name apart that At and Use return
	Permalink string // the pattern of a source that sets none

	// Markdown is the dialect of its Markdown: source.Kramdown; "" is source.Markdown.
	Markdown source.Markup

	// Placeholders are the names that patterns may have beside herald's own; Address gives them values (source.Link).
	Placeholders []string

	// FrontMatterRequired means that a file without front matter is no article.
	FrontMatterRequired bool

	// At returns the preset for a source whose folder has this name; nil: this one for all.
	At func(folder string) Preset

	// CutDate takes the date off a file's name without extension, as year-month-day; "" where it has none.
	CutDate func(name string) (date, rest string)

	// Date returns the date that is to be read in the place of one of front matter, and the zone where it has no offset; nil:
	// the source's.
	Date func(written frontmatter.Value) (text string, zone *time.Location)

	// Categories returns the article's categories; above are the folders above _posts, defaults what the source gives to
	// articles.
	Categories func(above string, defaults []string, fields []frontmatter.Field) []string

	// URLKeys are the keys of front matter that hold an article's own URL or pattern, the first that is there; nil: permalink,
	// url.
	URLKeys []string

	// Settings are what Use takes: settings of the generator's own config, by its names for them.
	Settings []string

	// Use returns the preset of a site with such settings. An error names one that it cannot read.
	Use func(settings map[string]string) (Preset, error)

	// Check refuses a pattern with a placeholder that the generator has not; nil: patterns are those of package permalink.
	Check func(pattern string) error

	// DataFiles returns the slash paths, below the source's root, of the files that may hold fields for the one at path, the
	// farthest first: Hugo's _index.md, Eleventy's data files. When one of them changes, the file is read again.
	DataFiles func(path string) []string

	// Inherit returns the fields that count where front matter has none of the key; data is what those of DataFiles hold that
	// are there, in their order. An error refuses the article.
	Inherit func(path string, own []frontmatter.Field, data []Data) ([]frontmatter.Field, error)

	// Translate returns the fields as they are to be read: what the generator means by a key that herald reads otherwise. fields
	// are front matter's, with those that Inherit added.
	Translate func(path string, fields []frontmatter.Field, data []Data) []frontmatter.Field

	// DateOf returns the date that a file's path gives, as year-month-day; "" where it gives none. nil: that before the name.
	DateOf func(path string) string

	// Skip returns why a file is no article of the generator, in words that complete "it is none: …"; "" where it is one.
	// path is the slash path below the source's root.
	Skip func(path string, fields []frontmatter.Field) string

	// Address completes what the article's URL is made from, once the keys that all generators share (URLKeys, slug, dates) were
	// read into it. Where patterns are the generator's, it leaves none: Link.Pattern is the path then. An error refuses the
	// article.
	Address func(a *source.Article, path string, fields []frontmatter.Field) error

	// ID returns the id that the generator's own feed gives to an article at url; "" or nil: url itself. Of the article Link,
	// Title, Categories and Published are filled.
	ID func(a *source.Article, url string) string

	// Title returns the title of an article that has none and whose body has no heading.
	Title func(a *source.Article) string
}

// Data is a file that holds fields for others.
type Data struct {
	Path   string // slash path below the source's root
	Fields []frontmatter.Field
	Err    error // why it could not be read
}
