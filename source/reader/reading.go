package reader

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"herald/source"
	"herald/source/preset"
)

// ErrNotArticle means that a file is no article at all: nothing is wrong, nothing is published.
var ErrNotArticle = errors.New("not an article")

// SkipError is an ErrNotArticle with its reason.
type SkipError struct {
	Why   string // completes "it is none: …"
	Looks bool   // it looks like an article: who wrote it may wonder
	Place string // of the file, where Looks is set
}

// Error returns the reason.
func (e *SkipError) Error() string { return ErrNotArticle.Error() + ": " + e.Why }

// Unwrap returns ErrNotArticle.
func (e *SkipError) Unwrap() error { return ErrNotArticle }

// Reading is how the articles of a source are read. The zero Reading takes every file, in the
// markup of its extension, with dates in UTC.
type Reading struct {
	Path                string            // of this article: slash path below the source's root, as on disk
	Pattern             string            // the source's permalink pattern
	Zone                *time.Location    // of dates without an offset; nil: UTC
	Markup              source.Markup     // "" and Auto: by extension and content
	FrontMatterRequired bool              // without front matter: ErrNotArticle
	Dates               []source.DateRule // the chain; nil: front matter, file name. Rules that need memory are the edition's
	Defaults            Defaults
	Fields              map[string][]string // a field of ours and the keys that the files have for it, which go before ours
	Media               string              // absolute URL below which pictures and files stand that are named by a path or an id; "": the article's site
	Data                []preset.Data       // of this article: what the preset's DataFiles hold that are there
	Preset              *preset.Preset      // how the site's generator reads files; nil: herald's own rules
	Site                Site
	Include             func(name string) (text string, found bool) // the file that "{% include name %}" means; nil: none

	// Added returns when the article's file was added to its repository, zero where nobody knows; nil: no rule asks. An error
	// ends the scan.
	Added func() (time.Time, error)
}

// ReadAs returns a digest of all that decides how an entry is read, beside the entry itself: the settings, this reader and, by its
// version, the kind of source. See source.Stamped.
func (r Reading) ReadAs(version int) string {
	zone := "UTC"
	if r.Zone != nil {
		zone = r.Zone.String()
	}
	as := ""
	if r.Preset != nil {
		as = strings.TrimSpace(r.Preset.Name + " " + r.Preset.Variant)
	}
	text := fmt.Sprintf("%d %d %q %q %q %t %q %+q %q %q %q", version, DigestVersion, r.Pattern, zone, r.Markup, r.FrontMatterRequired, r.Dates, fmt.Sprintf("%+v", r.Defaults), as, r.Fields, r.Site)
	if r.Media != "" {
		text += " " + r.Media
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// Site is what template marks in a body may ask of the site.
type Site struct {
	URL   string // with its path, without a closing slash: "https://news.example.org/blog"
	Title string
}

// Defaults are for articles that lack these fields. No defaults are the zero value.
type Defaults struct {
	Authors    []source.Author
	Categories []string
	Tags       []string
	Language   string // BCP 47
	Image      string // of articles that have none in their bodies either
	Draft      bool   // unless the article says draft: false or published: true
	NoIndex    bool   // unless it says anything to robots
	NoSitemap  bool   // unless it says sitemap: true
	NoFeed     bool   // unless it says feed: true
}

// apply fills what the article left empty. The states are read by readStates.
func (d Defaults) apply(a *source.Article) {
	if len(a.Authors) == 0 {
		a.Authors = append(a.Authors, d.Authors...)
	}
	if len(a.Categories) == 0 {
		a.Categories = append(a.Categories, d.Categories...)
	}
	if len(a.Tags) == 0 {
		a.Tags = append(a.Tags, d.Tags...)
	}
	if a.Language == "" {
		a.Language = d.Language
	}
	if a.Image == "" {
		a.Image = d.Image
	}
}
