// Package sql reads articles from the rows of a query or a table: in Postgres, in MySQL or MariaDB, in SQLite.
//
// A listing is one statement in one read-only snapshot, whose rows stream in the order of their keys; nothing holds them all. With a cursor
// column it reads keys and cursors alone, and between full listings only of rows whose cursor is not below the last one seen.
package sql

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"herald/source"
	"herald/source/reader"
)

// readerVersion rises whenever a row is read otherwise than before, so that every article is loaded again.
const readerVersion = 2

// Schedule says when everything is listed: Next returns the first moment after t, the zero time where there is none.
type Schedule interface {
	Next(t time.Time) time.Time
}

// Config says where the rows are, and how they are read.
type Config struct {
	Name    string // of the source: its rows are "NAME: row ID" in messages
	DSN     string // postgres://…, mysql://… or sqlite:PATH
	Dir     string // absolute; a relative PATH of SQLite begins here
	Query   string // a select statement; "" where Table is set
	Table   string // a table or view, perhaps with its schema before a dot
	Cursor  string // column whose value rises whenever a row changes; "": all rows are read in each listing
	Full    Schedule
	Notify  string        // a channel of Postgres; "": Listen returns at once
	Timeout time.Duration // of one statement; 0: none
	Reading reader.Reading
	Now     func() time.Time // nil: time.Now
}

// Source is the rows of a query. It connects when it is asked and keeps idle connections for some seconds at most. It is safe for
// concurrent use.
type Source struct {
	config Config
	base   *base
	from   string // what stands behind FROM

	fetching chan struct{} // holds one token: one goroutine at a time reads rows that no listing has brought

	mu     sync.Mutex
	db     *sql.DB // nil: nobody has asked yet
	shape  *shape  // of the last listing; nil: none yet
	known  memory  // of the last scan that was applied
	anew   bool
	memory memory // of the listing that ended last
	window bool   // the listing that was begun last lacks what did not change
	notes  []string
	rows   *cache
	listed *neighbours
	failed error // of the last Fetch
}

// memory is what Memory returns, as JSON.
type memory struct {
	Of     string `json:"of"`               // digest of what was listed
	As     string `json:"as"`               // ReadAs
	Cursor string `json:"cursor,omitempty"` // the greatest value seen
	Full   int64  `json:"full,omitempty"`   // when everything was listed, in milliseconds
}

var (
	_ source.Source      = (*Source)(nil)
	_ source.Explainer   = (*Source)(nil)
	_ source.Placed      = (*Source)(nil)
	_ source.Stamped     = (*Source)(nil)
	_ source.Windowed    = (*Source)(nil)
	_ source.Incremental = (*Source)(nil)
	_ source.Noted       = (*Source)(nil)
	_ source.Remembering = (*Source)(nil)
	_ source.Fetching    = (*Source)(nil)
	_ source.Calling     = (*Source)(nil)
)

// New checks c; it connects to nothing yet. No error of it holds the DSN.
func New(c Config) (*Source, error) {
	b, err := parseDSN(c.DSN, c.Dir)
	switch {
	case err != nil:
		return nil, err
	case c.Query == "" && c.Table == "":
		return nil, errors.New("name what is read: query: select …, or table: articles")
	case c.Query != "" && c.Table != "":
		return nil, errors.New("query and table are both given; one of them says what is read")
	case c.Query != "" && !selects.MatchString(c.Query):
		return nil, errors.New("query: want one select statement, such as select * from articles where live")
	}
	if _, calls := b.dialect.(caller); c.Notify != "" && !calls {
		return nil, errors.New("notify: only Postgres tells of changes; leave it out")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Source{config: c, base: b, fetching: make(chan struct{}, 1), rows: newCache(), listed: &neighbours{}}
	s.fetching <- struct{}{}
	what := tableName(b.dialect, c.Table)
	if c.Query != "" {
		what = "(\n" + semicolon.ReplaceAllString(c.Query, "$1") + "\n)"
	}
	s.from = what + " as herald_rows"
	return s, nil
}

// selects matches the beginning of a statement that may only read.
var selects = regexp.MustCompile(`(?is)^(\s|--[^\n]*\n|/\*.*?\*/|\()*(select|with|values|table)\b`)

// semicolon matches the end of a statement, and comments behind it.
var semicolon = regexp.MustCompile(`(?s);((?:\s|;|--[^\n]*(?:\n|$)|/\*.*?\*/)*)$`)

// tableName quotes the name of a table, its schema apart.
func tableName(d dialect, name string) string {
	parts := strings.Split(name, ".")
	for i := range parts {
		parts[i] = d.quote(parts[i])
	}
	return strings.Join(parts, ".")
}

// ReadAs returns a digest of all that decides how a row is read: see source.Stamped.
func (s *Source) ReadAs() string {
	c := s.config
	return digest(c.Reading.ReadAs(readerVersion), c.Query, c.Table, c.Cursor)
}

// digest returns a short digest of texts.
func digest(texts ...string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", texts))
	return hex.EncodeToString(sum[:8])
}

// Stays reports whether a row that the last listing lacks is there all the same: see source.Windowed.
func (s *Source) Stays(string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.window
}

// Changes reports whether the last listing is of rows alone whose cursors are not below the greatest: see source.Incremental.
func (s *Source) Changes() bool { return s.Stays("") }

// Notes returns what was odd in the last listing.
func (s *Source) Notes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.notes
}

// Recall takes what Memory returned after the last scan that was applied: see source.Remembering.
func (s *Source) Recall(kept string, anew bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known, s.anew = memory{}, anew
	_ = json.Unmarshal([]byte(kept), &s.known) // what cannot be read is not known
	s.memory = s.known
}

// Memory returns the last cursor and when everything was listed. Rows that were kept for Load are forgotten.
func (s *Source) Memory() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows.clear()
	s.listed.clear()
	kept, err := json.Marshal(s.memory)
	if err != nil {
		return ""
	}
	return string(kept)
}
