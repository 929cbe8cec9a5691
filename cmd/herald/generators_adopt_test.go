package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// nothingDiffers fails unless plan --against a feed finds nothing.
func nothingDiffers(t *testing.T, dir, feed string) {
	t.Helper()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	status, out, errs := play(t, now, "plan", "--against", feed, "-c", filepath.Join(dir, configName))
	if status != 0 || !bytes.Contains([]byte(out), []byte("0 ids, 0 dates, 0 links differ; 0 missing")) {
		t.Errorf("plan --against %s ends with %d\n%s%s", feed, status, out, errs)
	}
}

// A site of Jekyll's is moved in by its preset: nothing differs from the feed that Jekyll makes. Where its feed showed other ids
// before, as one that came from elsewhere did, it is moved in by adopt.
func TestJekyllsFeedIsAdopted(t *testing.T) {
	dir, made := newGenerated(t, "jekyll.txtar"), t.TempDir()
	generate(t, dir, "jekyll", "build", "--quiet", "--destination", made)
	moveIn(t, dir, "https://naru.example")
	feed := filepath.Join(made, "feed.xml")
	nothingDiffers(t, dir, feed)
	doc, err := os.ReadFile(feed)
	if err != nil {
		t.Fatal(err)
	}
	other := regexp.MustCompile(`<id>https://naru\.example/`).ReplaceAll(doc, []byte("<id>tag:old.example,2020:"))
	if err := os.WriteFile(feed, other, 0o644); err != nil {
		t.Fatal(err)
	}
	adopted(t, dir, feed)
}

// A site of Hugo's without a preset is moved in by adopt.
func TestHugosFeedIsAdopted(t *testing.T) {
	dir, made := newGenerated(t, "adopt-hugo.txtar"), t.TempDir()
	generate(t, dir, "hugo", "--quiet", "--destination", made)
	adopted(t, dir, filepath.Join(made, "posts", "index.xml"))
}

// adopted adopts a feed, after which nothing differs from it, also when the files are read anew.
func adopted(t *testing.T, dir, feed string) {
	t.Helper()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	config := filepath.Join(dir, configName)
	if status, out, errs := play(t, now, "adopt", feed, "-c", config); status != 0 {
		t.Fatalf("adopt ends with %d\n%s%s", status, out, errs)
	}
	nothingDiffers(t, dir, feed)
	if status, out, errs := play(t, now, "build", "-c", config); status != 0 {
		t.Fatalf("build ends with %d\n%s%s", status, out, errs)
	}
	nothingDiffers(t, dir, filepath.Join(dir, "public", "atom.xml"))
}
