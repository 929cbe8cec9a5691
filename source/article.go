// Package source is the vocabulary of articles: the Article itself, the Source that lists and loads
// articles, and the errors and warnings of both.
//
// Neither this package nor the small libraries below it touch a disk, a clock or the network. Times come in as
// arguments.
package source

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"
)

// Article is what a reader reads: one type from the source to the documents.
//
// A Source fills what the article itself holds. The edition then fixes what must never change by
// accident (ID, URL, Published, Updated) from the ledger, and renders Content when a document
// shows it. An Article is a value for one goroutine at a time.
type Article struct {
	Key   string // identity inside its source, byte order; for files the slash path below the root, as on disk
	Place string // where the operator finds it, as messages name it: "articles/2024/a.md"

	ID        string // claimed by the article itself, verbatim; "" claims none. In documents: the id for ever
	URL       string // absolute, as every document and notice shows it; empty until Link is resolved, unless its source knows where it stands
	Link      Link   // what URL is made from
	Canonical string // canonical_url, absolute; "" if none. Another host than the site's makes the article foreign

	Title      string // plain text
	Summary    string // plain text: the article's own excerpt; "" if none (documents cut one from the text)
	Language   string // BCP 47; "" is the site's
	Authors    []Author
	Categories []string
	Tags       []string
	Image      string // as written, not yet absolute; the lead image: the article's own, else the first of its body
	Enclosures []Enclosure
	Alternates []Alternate
	Origin     *Origin  `json:",omitempty"` // the feed that it was taken from; nil: it is the site's own
	Episode    *Episode `json:",omitempty"` // what podcast apps are told of an enclosure that is audio or video; nil: nothing

	Published  time.Time // as claimed (zero: undated); in documents: the stored feed time
	DatedBy    DateRule  // which rule gave Published
	Updated    time.Time // as claimed (zero: none); in documents: the stored feed time of the last change
	PublicFrom time.Time `json:",omitzero"` // publishDate, where it is later than Published: to come until then
	Expires    time.Time // zero: never
	Zoneless   bool      // Published was written without an offset and read in the source's zone

	Draft     bool // in no document
	NoIndex   bool // robots: noindex
	NoSitemap bool // sitemap: false
	NoFeed    bool // feed: false
	Minor     bool // minor: true; this change advances no time

	Body    Body
	Refs    []Ref  `json:",omitempty"` // what the body links to by file or name, each once; it may hold some that no link turns out to be
	Content string // the body as safe HTML with absolute URLs; filled by markup.Render for the documents that show it

	IDAt, URLAt At `json:"-"` // where its file says ID, and what URL is made from

	ContentDigest Digest // content digest: over all of the article but its URL, slug and file-name date; see reader.ContentDigest
	Warnings      []Warning
}

// At is a place in an article's file. Line and Column count from 1; zero: not known, or nothing is written.
type At struct{ Line, Column int }

// Author is a person or desk (RFC 4287 section 3.2).
type Author struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
	URL   string `json:"url,omitempty"`
}

// Origin is a feed of others that an article was taken from (RFC 4287 section 4.2.11; RSS 2.0 <source>), as it called itself then.
type Origin struct {
	ID      string    `json:"id,omitempty"` // an absolute IRI
	Title   string    `json:"title,omitempty"`
	URL     string    `json:"url,omitempty"`    // of its home page, absolute
	Feed    string    `json:"feed,omitempty"`   // its address, absolute; "": it is told to nobody
	Updated time.Time `json:"updated,omitzero"` // zero: it did not say
}

// Enclosure is a file that belongs to the article (RSS 2.0 <enclosure>). URL is as written, not
// yet absolute; Length is in bytes, 0 when unknown.
type Enclosure struct {
	URL    string `json:"url"`
	Type   string `json:"type,omitempty"`
	Length int64  `json:"length,omitempty"`
}

// Plays reports whether a file is audio or video.
func (e Enclosure) Plays() bool {
	return strings.HasPrefix(e.Type, "audio/") || strings.HasPrefix(e.Type, "video/")
}

// Alternate is the same article in another language.
type Alternate struct {
	Language string `json:"language"`
	URL      string `json:"url"`
}

// Episode is what an article with audio or video tells podcast apps (Apple's itunes elements, the podcast namespace of
// Podcasting 2.0). URLs are as written, not yet absolute; what is empty or 0 is not said.
type Episode struct {
	Seconds     int64        `json:"seconds,omitempty"` // how long it plays
	Number      int64        `json:"number,omitempty"`
	Season      int64        `json:"season,omitempty"`
	Type        string       `json:"type,omitempty"`     // full, trailer or bonus
	Explicit    string       `json:"explicit,omitempty"` // true or false
	Transcripts []Transcript `json:"transcripts,omitempty"`
	Chapters    string       `json:"chapters,omitempty"` // URL of a chapters file in JSON
	People      []Person     `json:"people,omitempty"`
	Value       *Value       `json:"value,omitempty"`
}

// Transcript is the words of an episode as a file.
type Transcript struct {
	URL      string `json:"url"`
	Type     string `json:"type"`
	Language string `json:"language,omitempty"`
}

// Person is somebody who is heard or who made an episode. Role and Group are of the Podcast Taxonomy.
type Person struct {
	Name  string `json:"name"`
	Role  string `json:"role,omitempty"`
	Group string `json:"group,omitempty"`
	Image string `json:"image,omitempty"`
	URL   string `json:"url,omitempty"`
}

// Value says how listeners pay, and whom. It is passed on as it was written: attributes in the order of their names.
type Value struct {
	Attributes []Attribute   `json:"attributes,omitempty"`
	Recipients [][]Attribute `json:"recipients,omitempty"`
}

// Attribute is a name and what it is set to.
type Attribute struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Link holds the parts that a permalink pattern is expanded from. All are decoded UTF-8.
type Link struct {
	Pattern string // front matter's permalink or url, else the source's pattern
	Own     bool   // Pattern is the article's own
	Dir     string // folders below the root, slash separated, without _posts; "" at the root
	Above   string `json:",omitempty"` // folders above _posts, which Jekyll takes for categories; "" without _posts
	Name    string // file name, NFC, without extension and date prefix; index files: their folder's name
	Ext     string // output extension of :output_ext, with dot: ".html"
	Slug    string // front matter's slug; "" if none

	// Values are what placeholders stand for where the source's preset says otherwise than we do; nil: nowhere.
	Values map[string]string `json:",omitempty"`

	// Of a page as it is published:
	Page string `json:",omitempty"` // where it says that it stands, as written; "" if it does not
	Copy bool   `json:",omitempty"` // Page is its canonical link: it may name another page
	File string `json:",omitempty"` // its path below the source's root, NFC
}

// Markup is how a Body is to be read.
type Markup string

// The markups. Auto exists in settings only; a loaded Body always has one of the others.
const (
	Auto     Markup = "auto"
	HTML     Markup = "html"
	Markdown Markup = "markdown" // that of GitHub
	Kramdown Markup = "kramdown" // Markdown as kramdown has it, Jekyll's
	Text     Markup = "text"
)

// IsMarkdown reports whether a body is Markdown of any dialect.
func (m Markup) IsMarkdown() bool { return m == Markdown || m == Kramdown }

// Body is an article's text as its author wrote it: valid UTF-8 without characters that XML 1.0
// forbids.
type Body struct {
	Markup Markup
	Text   string
}

// DateRule names the rule that gave an article its date; explain prints it.
type DateRule string

// The date rules. Those of the default chain are front matter, file name and first sight, in this order.
const (
	DatedByFrontMatter DateRule = "front_matter"
	DatedByFileName    DateRule = "file_name"
	DatedByGit         DateRule = "git"      // the commit that added its file
	DatedByDateline    DateRule = "dateline" // a line of its text
	DatedByFirstSeen   DateRule = "first_seen"
	DatedByAdopted     DateRule = "adopted"   // taken over from a feed that readers knew
	DatedByRecovery    DateRule = "recovered" // taken from a standing document after the ledger was lost
)

// Warning is something odd in an article that does not refuse it. Line 0 means the whole article.
type Warning struct {
	Line, Column int
	Message      string
}

// Warned returns the article's warnings as messages: "file:line:column: words".
func (a *Article) Warned() (all []string) {
	for _, w := range a.Warnings {
		all = append(all, (&ArticleError{Place: a.Place, Line: w.Line, Column: w.Column, Reason: w.Message}).Error())
	}
	return all
}

// ArticleError refuses one article: the source goes on with the others. Line and Column count
// from 1 in the article's file; 0 means unknown, or that the whole file is meant.
type ArticleError struct {
	Place        string
	Line, Column int
	Reason       string // what is wrong and what to do, in one line
	Err          error  // the cause, if any
}

// Error returns "file:line:column: reason"; where no line is known, that of the file's beginning. The place of a row in a file
// ends with its line ("articles.jsonl:12"), which then is the line; that of a row of a database ("archive: row 12") has none.
func (e *ArticleError) Error() string {
	if e.Line == 0 && strings.Contains(e.Place, ": row ") {
		return e.Place + ": " + e.Reason
	}
	if e.Line == 0 && endsWithLine(e.Place) {
		return fmt.Sprintf("%s:%d: %s", e.Place, max(e.Column, 1), e.Reason)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Place, max(e.Line, 1), max(e.Column, 1), e.Reason)
}

// endsWithLine reports whether a place is that of a line.
func endsWithLine(place string) bool {
	before := strings.TrimRight(place, "0123456789")
	return len(before) < len(place) && strings.HasSuffix(before, ":")
}

// Unwrap returns the cause.
func (e *ArticleError) Unwrap() error { return e.Err }

// Entry is one thing that a source holds now.
type Entry struct {
	Key string
	// Fingerprint is a cheap hint to look again, never a date. Equal fingerprints mean that the
	// entry need not be loaded; an empty one means always load.
	Fingerprint string
}

// Source is an origin of articles: it lists cheaply and loads on demand. List and Load may be
// called from several goroutines at once.
type Source interface {
	// List returns all that the source holds now, keys in ascending byte order and unique. An
	// error ends the sequence and voids the listing.
	List(ctx context.Context) iter.Seq2[Entry, error]
	// Load reads one article. An *ArticleError refuses this article only; any other error means
	// that the source itself could not be read.
	Load(ctx context.Context, key string) (*Article, error)
}

// Refuse makes the error that refuses an article for a fault at a place in its file. Parse adds
// the file's name.
func Refuse(line, column int, reason string) *ArticleError {
	return &ArticleError{Line: line, Column: column, Reason: reason}
}
