package scaffold

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"herald/source"
	"herald/source/files"
	"herald/source/preset"
	"herald/source/reader"
)

// count reads every file that the sources would take in as build will.
func (s *site) count(ctx context.Context, dir string, now func() time.Time) (all Files, err error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return all, err
	}
	for i := range s.sources {
		src := &s.sources[i]
		if !isDir(root, src.path) {
			s.note("folder " + src.path + " is not there")
			continue
		}
		if src.files, err = s.countSource(ctx, root, src, now); err != nil {
			return all, err
		}
		all.Required += src.files.Required
		all.Optional += src.files.Optional
		if s.generator != "" && src.undated == "" && src.files.undated > 0 && src.files.undated < src.files.articles {
			src.undated = "sitemap_only"
		}
	}
	return all, nil
}

// countSource counts what one source takes in.
func (s *site) countSource(ctx context.Context, root string, src *origin, now func() time.Time) (tally, error) {
	n := tally{left: map[string]int{}}
	at := filepath.Join(root, filepath.FromSlash(src.path))
	f, err := files.New(files.Config{
		Root: at, Place: src.path, Include: src.include, Exclude: src.exclude, Now: now, Reading: s.reading(src),
		Skip: []string{filepath.Join(root, filepath.FromSlash(s.folder()))},
	})
	if err != nil {
		s.note(err.Error())
		return n, nil
	}
	listed := map[string]bool{}
	for e, err := range f.List(ctx) {
		if err != nil {
			return n, err
		}
		listed[e.Key] = true
		n.Optional++
		if hasFrontMatter(filepath.Join(at, filepath.FromSlash(e.Key))) {
			n.Required++
		}
		a, err := f.Load(ctx, e.Key)
		n.add(a, err)
	}
	n.beside(at, listed)
	return n, ctx.Err()
}

// presetOf returns the preset of a source; nil where it has none.
func (s *site) presetOf(src *origin) *preset.Preset {
	as, _ := preset.For(s.preset, path.Base(src.path), src.settings) // init writes only settings that there are
	return as
}

// reading returns how the articles of a source will be read.
func (s *site) reading(src *origin) reader.Reading {
	zone, err := time.LoadLocation(s.zone)
	if err != nil {
		zone = time.UTC
	}
	as := s.presetOf(src)
	if as == nil {
		as = &preset.Preset{}
	}
	var dates []source.DateRule
	for _, rule := range src.dates {
		dates = append(dates, source.DateRule(rule))
	}
	return reader.Reading{
		Pattern: cmp.Or(src.permalink, as.Permalink), Zone: zone, Dates: dates, Preset: as, FrontMatterRequired: s.frontMatter() == "required", Fields: src.keys,
	}
}

// otherArticles are the extensions of texts that people write articles in, beside those that are read wherever they are.
func otherArticles() []string {
	return []string{".adoc", ".asciidoc", ".ipynb", ".mdown", ".mdx", ".mkd", ".mkdn", ".mkdown", ".org", ".qmd", ".rmd", ".rst", ".textile"}
}

// beside counts the files that look like articles by their extension and are of no kind that herald reads.
func (n *tally) beside(root string, listed map[string]bool) {
	read := map[string]bool{}
	for key := range listed {
		read[strings.ToLower(path.Ext(key))] = true
	}
	_ = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if d.IsDir() {
			if name := d.Name(); p != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") && name != "_posts" || name == "node_modules" || name == "vendor") {
				return fs.SkipDir
			}
			return nil
		}
		ext := strings.ToLower(filepath.Ext(d.Name()))
		if read[ext] || !slices.Contains(otherArticles(), ext) || strings.HasPrefix(strings.ToUpper(d.Name()), "README") {
			return nil
		}
		n.left["its extension "+ext+" is not read"]++
		return nil
	})
}

// hasFrontMatter looks whether a file begins as files with front matter do.
func hasFrontMatter(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(head[:n]), "\uFEFF"), "\n")
	line = strings.TrimRight(line, " \t\r")
	return line == "---" || line == "+++" || strings.HasPrefix(line, "{")
}
