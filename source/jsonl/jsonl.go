// Package jsonl reads articles from the rows of one file: JSON Lines, one object a line, or CSV with a header line.
//
// A file is read once and remembered as one short record a row (key, place, digest): bodies never stand in memory together. It is read again
// when its size, times or inode are others.
package jsonl

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"herald/source"
	"herald/source/filefacts"
	"herald/source/reader"
)

// readerVersion rises whenever a row is read otherwise than before, so that every article is loaded again.
const readerVersion = 2

// Format is how rows are written.
type Format string

// The formats.
const (
	Lines Format = "jsonl" // one JSON object a line
	Table Format = "csv"   // a header line, then records as RFC 4180 has them; the delimiter is a comma, a semicolon or a tab
)

// Config says which file holds the rows, and how they are read.
type Config struct {
	Path    string            // absolute path of the file
	Place   string            // Path as messages name it: "articles.jsonl"; "" is the base of Path
	Written filefacts.Written // Path as the operator wrote it, for a file that is not there; zero: not said
	Format  Format
	Reading reader.Reading
	Now     func() time.Time // nil: time.Now; only for how long ago the file changed
}

// Source is a file of rows. It keeps nothing open between calls and is safe for concurrent use, OnEnter apart.
type Source struct {
	config Config
	wanted *wanted
	enter  func(path string) // nil: nobody watches
	last   atomic.Pointer[index]
	free   chan struct{} // holds one token: only one goroutine reads the whole file at a time
}

var (
	_ source.Source    = (*Source)(nil)
	_ source.Watched   = (*Source)(nil)
	_ source.Explainer = (*Source)(nil)
	_ source.Placed    = (*Source)(nil)
	_ source.Stamped   = (*Source)(nil)
)

// New checks c; it does not look at the file, which may come and go.
func New(c Config) (*Source, error) {
	switch {
	case !filepath.IsAbs(c.Path):
		return nil, fmt.Errorf("open %s: the file's path is not absolute", c.Path)
	case c.Format != Lines && c.Format != Table:
		return nil, fmt.Errorf("open %s: %q is not a format of rows", c.Path, c.Format)
	case slices.Contains(c.Reading.Dates, source.DatedByGit):
		return nil, errors.New("dates: git: rows are not files of their own that a commit could date; leave it out")
	}
	c.Path = filepath.Clean(c.Path)
	if c.Place == "" {
		c.Place = filepath.Base(c.Path)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Source{config: c, wanted: newWanted(reader.RowKeys(c.Reading)), free: make(chan struct{}, 1)}
	s.free <- struct{}{}
	return s, nil
}

// ReadAs returns a digest of the settings that decide how a row is read: see source.Stamped.
func (s *Source) ReadAs() string { return s.config.Reading.ReadAs(readerVersion) }

// Folder returns the folder that the file lies in: a file that is replaced by a new one is another file in it.
func (s *Source) Folder() source.Folder {
	return source.Folder{Root: filepath.Dir(s.config.Path), Watchable: func(path string) bool { return path == s.config.Path }}
}

// OnEnter lets enter be called with the path of the folder before a listing reads the file: see source.Watched.
func (s *Source) OnEnter(enter func(path string)) { s.enter = enter }

// List returns the rows in ascending byte order of their keys: the id, else the address or the slug. What is refused for want of one, or
// for one that an earlier row has, bears its line as key. Fingerprints are digests of the rows as they are written: a row that only moves
// has its own.
//
// A file that cannot be read, changes while it is read, or whose last row has no end is an error: what it holds is unknown, not gone.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		if s.enter != nil {
			s.enter(filepath.Dir(s.config.Path))
		}
		x, err := s.current(ctx)
		if w := s.config.Written; w.Path != "" && errors.Is(err, fs.ErrNotExist) {
			yield(source.Entry{}, w.Absent(err, s.config.Path))
			return
		}
		if err != nil {
			yield(source.Entry{}, fmt.Errorf("list %s: %w", s.config.Place, plain(err)))
			return
		}
		for i := range x.rows {
			if err := ctx.Err(); err != nil {
				yield(source.Entry{}, err)
				return
			}
			r := &x.rows[i]
			if !yield(source.Entry{Key: r.key, Fingerprint: base64.RawURLEncoding.EncodeToString(r.digest[:])}, nil) {
				return
			}
		}
	}
}

// Load reads one row. An *source.ArticleError refuses it. reader.ErrNotArticle: it is none. An error that is fs.ErrNotExist: the row is
// gone. Any other error: the file cannot be read.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	x, r, raw, err := s.row(ctx, key)
	if err != nil {
		return nil, err
	}
	return s.compose(x, r, raw)
}

// WhyNot returns why a row is no article: see source.Explainer.
func (s *Source) WhyNot(ctx context.Context, key string) (why string, found bool) {
	_, err := s.Load(ctx, key)
	var skipped *reader.SkipError
	var refused *source.ArticleError
	switch {
	case errors.As(err, &skipped):
		return skipped.Why, true
	case errors.As(err, &refused):
		return "", true
	}
	return "", err == nil
}

// KeyAt returns the key of the row in a line: see source.Placed.
func (s *Source) KeyAt(ctx context.Context, place string) (key string, found bool) {
	line, ours := strings.CutPrefix(place, s.config.Place+":")
	line, _, _ = strings.Cut(line, ":") // a column
	if !ours {
		return "", false
	}
	x, err := s.current(ctx)
	if err != nil {
		return "", false
	}
	i := slices.IndexFunc(x.rows, func(r row) bool { return strconv.FormatUint(uint64(r.line), 10) == line })
	if i < 0 {
		return "", false
	}
	return x.rows[i].key, true
}

// open opens the file. Without O_NONBLOCK a pipe in its place would wait for ever.
func (s *Source) open() (*os.File, error) {
	f, err := os.OpenFile(s.config.Path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = errors.New("it is a folder; a file of rows is wanted")
	case !info.Mode().IsRegular():
		err = errors.New("not a regular file")
	default:
		return f, nil
	}
	f.Close()
	return nil, err
}

// place names a row as messages do.
func (s *Source) place(line uint32) string { return fmt.Sprintf("%s:%d", s.config.Place, line) }
