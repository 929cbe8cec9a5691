package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/outsidertest"
)

// play starts the program inside the test, at a moment of the test's choosing.
func play(t *testing.T, now time.Time, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(context.Background(), process{
		args: args, stdin: bytes.NewReader(nil), stdout: &out, stderr: &errs, now: func() time.Time { return now },
	})
	return status, out.String(), errs.String()
}

// The example newsroom shows every shape of article: one draft, one in the future and one that
// is refused are in no document, all others are.
func TestExampleNewsroom(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "config", "example"))); err != nil {
		t.Fatal(err)
	}
	for _, made := range []string{"public", "herald.db", "herald.db-wal", "herald.db-shm"} {
		if err := os.RemoveAll(filepath.Join(dir, made)); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(dir, configName)
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	status, out, errs := play(t, now, "build", "--json", "-c", config)
	var r engine.BuildReport
	if err := json.Unmarshal([]byte(out), &r); err != nil || status != engine.StatusDone || errs != "" {
		t.Fatalf("status %d, %v\n%s\n%s", status, err, out, errs)
	}
	files, err := filepath.Glob(filepath.Join(dir, "articles", "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	deep, err := filepath.Glob(filepath.Join(dir, "articles", "*", "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := os.ReadFile(filepath.Join(dir, "archive.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if want := len(files) + len(deep) - 3 + bytes.Count(rows, []byte("\n")); int(r.Published.Public) != want || want < 8 || len(r.Refused()) != 1 {
		t.Errorf("%d articles are public and %d refused, want %d and 1", r.Published.Public, len(r.Refused()), want)
	}
	feed, err := os.ReadFile(filepath.Join(dir, "public", "feed.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Count(feed, []byte("<item>")); got != 10 {
		t.Errorf("the feed has %d items, want 10", got)
	}
	if archived := itemsOfArchives(t, dir); archived != int(r.Published.Public) {
		t.Errorf("archives have %d items, want all %d", archived, r.Published.Public)
	}

	docs := filesBelow(t, filepath.Join(dir, "public"))
	outsidertest.ReadWhole(t, docs)
	outsidertest.Accessible(t, map[string][]byte{"feeds/index.html": docs["feeds/index.html"], "talk/index.html": docs["talk/index.html"]})

	status, out, errs = play(t, now.AddDate(1, 0, 0), "build", "--json", "-c", config)
	var again engine.BuildReport
	if err := json.Unmarshal([]byte(out), &again); err != nil || status != engine.StatusDone || len(again.Published.Written) > 0 {
		t.Errorf("a year later: status %d, written %v, %v\n%s", status, again.Published.Written, err, errs)
	}
}

// itemsOfArchives counts the items of the archive documents behind the main feed.
func itemsOfArchives(t *testing.T, dir string) (items int) {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(dir, "public", "feed-archive-*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		doc, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		items += bytes.Count(doc, []byte("<item>"))
	}
	return items
}

// filesBelow returns the files of a folder by their paths in it.
func filesBelow(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all[name], err = os.ReadFile(filepath.Join(dir, name))
		}
		return err
	})
	if err != nil || len(all) < 5 {
		t.Fatalf("%s holds %d files: %v", dir, len(all), err)
	}
	return all
}
