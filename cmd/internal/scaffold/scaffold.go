// Package scaffold writes a first herald.yaml for a folder of articles. It recognises the
// generator that the folder belongs to and takes over settings of the generator's own config.
package scaffold

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"herald/cmd/internal/scaffold/generator"
)

// Config is what Init works with.
type Config struct {
	Dir  string           // the folder of the site; it must be one
	File string           // the herald.yaml to be written; it must not be there yet
	Zone string           // an IANA name, for dates without an offset where the generator names no zone; "": UTC
	Now  func() time.Time // nil: time.Now; see files.Config.Now
}

// Report is what Init found and wrote.
type Report struct {
	Config    string             `json:"config"`
	Generator string             `json:"generator"` // "" is plain files
	Zone      string             `json:"timezone"`
	URL       string             `json:"url"` // where the site's own config says that it stands; "" where it does not
	Files     Files              `json:"files"`
	Choice    string             `json:"front_matter"`
	Sources   []Source           `json:"sources"`
	Outputs   []generator.Output `json:"outputs"`          // documents that the generator writes, too
	Notes     []string           `json:"notes,omitempty"`  // what could not be taken over
	Advice    []string           `json:"advice,omitempty"` // what else to know and to do, a sentence each
}

// Init looks at a folder and writes a herald.yaml for it. A file that is there already stays as
// it is, and the error says so.
func Init(ctx context.Context, c Config) (*Report, error) {
	if _, err := os.Lstat(c.File); err == nil {
		return nil, alreadyThere(c.File)
	}
	s := newSite(c.Dir)
	s.found.Zone = cmp.Or(s.found.Zone, c.Zone, "UTC")
	count, err := s.count(ctx, c.Dir, c.Now)
	if err != nil {
		return nil, err
	}
	if err := writeNew(c.File, s.yaml(count)); err != nil {
		return nil, err
	}
	r := &Report{
		Config: c.File, Generator: s.found.Generator, Zone: s.found.Zone, URL: s.found.URL, Files: count, Choice: s.frontMatter(), Sources: []Source{}, Outputs: append([]generator.Output{}, s.found.Outputs...),
		Notes: s.found.Notes, Advice: s.advice(),
	}
	for _, src := range s.sources {
		r.Sources = append(r.Sources, src.files.report(src.is.Name, src.is.Path))
	}
	return r, nil
}

// Found names what the folder is: "a Jekyll site", "plain files".
func (r *Report) Found() string { return called(r.Generator) }

// writeNew writes a file that must not be there yet.
func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return alreadyThere(path)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

func alreadyThere(path string) error {
	return fmt.Errorf("%s is there already and stays as it is; move it away to have a new one written", path)
}
