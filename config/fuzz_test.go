package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/config"
)

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
