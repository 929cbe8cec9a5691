package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"herald/config"
)

// A megabyte of anything is answered at once.
func TestHostile(t *testing.T) {
	lines := func(head, line string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < 900_000; i++ {
			b.WriteString(strings.ReplaceAll(line, "#", strconv.Itoa(i)))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"flow":      strings.Repeat("[", 900_000),
		"mappings":  strings.Repeat("{a: ", 200_000),
		"dashes":    strings.Repeat("- ", 400_000),
		"questions": strings.Repeat("? ", 400_000),
		"keys":      lines(smallest, "k#: 1\n"),
		"same key":  lines(smallest, "k: 1\n"),
		"long key":  smallest + strings.Repeat("k", 900_000) + ": 1\n",
		"sources":   lines(smallest, "  - path: ./articles\n"),
		"paths":     lines(smallest+"aliases:\n", "  /p#: /feed.xml\n"),
		"pages":     lines(smallest+"sitemap:\n  pages:\n", "  - url: /p#\n"),
		"anchors":   lines("", "a#: &a# 1\n"),
		"merges":    "a: &a {x: 1}\n" + lines("b:\n  <<: [*a", ", *a") + "]\n",
		"bomb": "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b]\n" +
			lines(smallest+"aliases: {}\nfeeds:\n  - &f {name: main, where: {tags: *a, authors: *a, sources: *a}}\n", "  - *f\n"),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, _, err := config.Load(write(t, text), config.Options{})
			if err == nil || len(err.Error()) > 100_000 {
				t.Errorf("%.300v", err)
			}
			if took := time.Since(start); took > time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}

// No bytes may crash Load, and what it says is one line a fault, each at a place.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("testdata/*.yml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(strings.Repeat("[", 20000)))
	f.Add([]byte("a: &a [*a]\nsources: *a\n"))
	f.Add([]byte("&a site: {<<: *a}\n"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, raw []byte) {
		file := filepath.Join(dir, "herald.yaml")
		if err := os.WriteFile(file, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		c, _, err := config.Load(file, config.Options{})
		if err == nil {
			if c.Site.URL == "" || c.Site.Title == "" || len(c.Sources) == 0 || c.State.Abs == "" || c.Publish.To.Abs == "" {
				t.Errorf("%+v", c)
			}
			return
		}
		var faults config.Errors
		if !errors.As(err, &faults) || len(faults) == 0 || len(faults) > 101 {
			t.Fatalf("%T %v", err, err)
		}
		for _, one := range faults {
			if one.Message == "" || one.Line > 0 && one.Column < 1 || strings.Contains(one.Error(), "\n") {
				t.Errorf("%q", one.Error())
			}
		}
	})
}
