// Package files reads articles from a folder and the folders below it.
//
// It only reads, and never outside the root, but for the pieces of text that articles include (_includes, in the root or beside
// it): symbolic links to folders are not followed, links to files only where the target lies inside the root, and files are
// opened through an os.Root, so that a link that is swapped in between leads nowhere.
package files

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"herald/source"
	"herald/source/filefacts"
	"herald/source/git"
	"herald/source/reader"
	"herald/source/selection"
	"herald/source/text"
)

// readerVersion rises whenever a file is read otherwise than before, so that every article is
// loaded again.
const readerVersion = 4

// maxFileBytes is the largest file that is read.
const maxFileBytes = 32 << 20

// Config says which files are articles and how they are read.
type Config struct {
	Root    string            // absolute path of the folder
	Place   string            // Root as messages name it: "articles"; "" is the base of Root
	Written filefacts.Written // Root as the operator wrote it, for a folder that is not there; zero: not said
	Include []string          // doublestar patterns of slash paths below Root; nil: Markdown, HTML and text
	Exclude []string          // likewise; a pattern that matches a folder excludes all in it
	Skip    []string          // absolute paths that are never looked into: publish.to, the state file
	Reading reader.Reading
	Now     func() time.Time // nil: time.Now; only for how long ago a file changed
}

// Source is a folder of articles. It keeps nothing open between calls and is safe for concurrent
// use, OnEnter apart.
type Source struct {
	config    Config
	selection *selection.Selection
	history   *git.History // nil: no rule asks for it
	fields    dataFiles
	enter     func(path string) // nil: nobody watches
	looks     settlingFiles
	rooms     sync.Pool  // *[]byte, what files were read into: Parse keeps nothing of it
	big       sync.Mutex // held while a file of more than maxRoom is parsed: one may need 100 MB, and one at a time does
}

var (
	_ source.Source    = (*Source)(nil)
	_ source.Watched   = (*Source)(nil)
	_ source.Settling  = (*Source)(nil)
	_ source.Explainer = (*Source)(nil)
	_ source.Stamped   = (*Source)(nil)
)

// New checks the patterns and paths of c; it does not look at the folder, which may come and go.
func New(c Config) (*Source, error) {
	if !filepath.IsAbs(c.Root) {
		return nil, fmt.Errorf("open %s: the folder's path is not absolute", c.Root)
	}
	c.Root = filepath.Clean(c.Root)
	if c.Place == "" {
		c.Place = filepath.Base(c.Root)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	for _, skip := range c.Skip {
		if within(c.Root, filepath.Clean(skip)) {
			return nil, fmt.Errorf("open %s: the folder lies inside %s, where nothing is an article", c.Place, skip)
		}
	}
	s := &Source{config: c, rooms: sync.Pool{New: func() any { return new([]byte) }}}
	if slices.Contains(c.Reading.Dates, source.DatedByGit) {
		s.history = git.New(c.Root)
	}
	var err error
	if s.selection, err = selection.New(c.Include, c.Exclude); err != nil {
		return nil, err
	}
	if s.config.Reading.Include == nil {
		s.config.Reading.Include = s.included
	}
	return s, nil
}

// ReadAs returns a digest of the settings that decide how a file is read, and of the reader's own
// version. Where it differs from the one that an entry was loaded under, the entry must be loaded
// again although its fingerprint is the same.
func (s *Source) ReadAs() string {
	return s.config.Reading.ReadAs(readerVersion)
}

// shortSum returns half of a SHA-256 in hexadecimal.
func shortSum(of string) string {
	sum := sha256.Sum256([]byte(of))
	return hex.EncodeToString(sum[:16])
}

// place names a file as messages do.
func (s *Source) place(key string) string {
	return text.Showable(path.Join(s.config.Place, key))
}

// within reports whether at is folder or lies in it. Both are clean.
func within(at, folder string) bool {
	if at == folder {
		return true
	}
	return strings.HasPrefix(at, strings.TrimSuffix(folder, string(os.PathSeparator))+string(os.PathSeparator))
}
