package scaffold

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/scaffold/generator"
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
		if !isFolder(filepath.Join(root, filepath.FromSlash(src.is.Path))) {
			s.note("folder " + src.is.Path + " is not there")
			continue
		}
		if src.files, err = s.countSource(ctx, root, src, now); err != nil {
			return all, err
		}
		all.Required += src.files.Required
		all.Optional += src.files.Optional
		if s.found.Generator != "" && src.is.Undated == "" && src.files.undated > 0 && src.files.undated < src.files.articles {
			src.is.Undated = "sitemap_only"
		}
	}
	return all, nil
}

// countSource counts what one source takes in.
func (s *site) countSource(ctx context.Context, root string, src *origin, now func() time.Time) (tally, error) {
	n := tally{left: map[string]int{}}
	at := filepath.Join(root, filepath.FromSlash(src.is.Path))
	f, err := files.New(files.Config{
		Root: at, Place: src.is.Path, Include: src.is.Include, Exclude: src.is.Exclude, Now: now, Reading: s.reading(src),
		Skip: []string{filepath.Join(root, filepath.FromSlash(s.found.PublishTo))},
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
		if generator.HasFrontMatter(filepath.Join(at, filepath.FromSlash(e.Key))) {
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
	as, _ := preset.For(s.found.Preset, path.Base(src.is.Path), src.is.Settings) // init writes only settings that there are
	return as
}

// reading returns how the articles of a source will be read.
func (s *site) reading(src *origin) reader.Reading {
	zone, err := time.LoadLocation(s.found.Zone)
	if err != nil {
		zone = time.UTC
	}
	as := s.presetOf(src)
	if as == nil {
		as = &preset.Preset{}
	}
	var dates []source.DateRule
	for _, rule := range src.is.Dates {
		dates = append(dates, source.DateRule(rule))
	}
	return reader.Reading{
		Pattern: cmp.Or(src.is.Permalink, as.Permalink), Zone: zone, Dates: dates, Preset: as, FrontMatterRequired: s.frontMatter() == "required", Fields: src.is.Fields,
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

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
