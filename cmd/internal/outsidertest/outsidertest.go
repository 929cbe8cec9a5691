// Package outsidertest has documents read by others than us: strict XML and JSON, the official schemas, and feed
// readers that know nothing of this program. Only tests use it.
package outsidertest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// Read fails t where one of the documents, which are named by their paths, is not what its standard wants, or where a
// reader takes something else from a feed than is in it. What is no feed or sitemap is left out. A tool that is
// missing is said, and fails t where CI is set.
func Read(t testing.TB, docs map[string][]byte) {
	t.Helper()
	byKind := map[string]map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		kind := kindOf(name, docs[name])
		if kind == "" {
			continue
		}
		if err := wellFormed(kind, docs[name]); err != nil {
			t.Errorf("%s is no %s: %v\n%s", name, kind, err, docs[name])
			continue
		}
		if byKind[kind] == nil {
			byKind[kind] = map[string][]byte{}
		}
		byKind[kind][name] = docs[name]
	}
	for kind, schema := range map[string]string{
		"atom": "feeds/testdata/schema/atom.rng", "urlset": "sitemap/testdata/schema/all.xsd", "sitemapindex": "sitemap/testdata/schema/siteindex.xsd",
	} {
		validate(t, schema, byKind[kind])
	}
	feeds := map[string][]byte{}
	for _, kind := range []string{"rss", "atom", "json"} {
		for name, doc := range byKind[kind] {
			if err := readByGofeed(doc, kind); err != nil {
				t.Errorf("%s, read by gofeed: %v\n%s", name, err, doc)
			}
			if kind != "json" {
				feeds[name] = doc
			}
		}
	}
	readByFeedparser(t, feeds)
}

// kindOf returns what a document is by its root; "" for what no outsider is asked of.
func kindOf(name string, doc []byte) string {
	switch path.Ext(name) {
	case ".json":
		return "json"
	case ".xml":
		for d := xml.NewDecoder(bytes.NewReader(doc)); ; {
			token, err := d.Token()
			if err != nil {
				return "XML"
			}
			if start, is := token.(xml.StartElement); is {
				return cmp.Or(map[string]string{"feed": "atom"}[start.Name.Local], start.Name.Local)
			}
		}
	}
	return ""
}

// wellFormed reads a document whole.
func wellFormed(kind string, doc []byte) error {
	if kind == "json" {
		var any map[string]any
		return json.Unmarshal(doc, &any)
	}
	for d := xml.NewDecoder(bytes.NewReader(doc)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// repository is where this file was compiled from.
func repository() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "..")
}

// validate has xmllint hold documents against a schema.
func validate(t testing.TB, schema string, docs map[string][]byte) {
	t.Helper()
	if len(docs) == 0 || !installed(t, "xmllint", "libxml2-utils", "--version") {
		return
	}
	flag := map[string]string{".rng": "--relaxng", ".xsd": "--schema"}[path.Ext(schema)]
	files := saved(t, docs)
	out, err := exec.Command("xmllint", append([]string{"--noout", "--nonet", flag, filepath.Join(repository(), schema)}, files...)...).CombinedOutput()
	if err != nil {
		t.Errorf("xmllint, %s: %v\n%s", schema, err, out)
	}
}

// saved writes documents into files, whose paths it returns.
func saved(t testing.TB, docs map[string][]byte) (files []string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		file := filepath.Join(dir, strings.ReplaceAll(name, "/", "%2F"))
		if err := os.WriteFile(file, docs[name], 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// installed reports whether a tool runs; where it does not, that is said, and a failure where CI is set.
func installed(t testing.TB, tool, from string, args ...string) bool {
	t.Helper()
	err := exec.Command(tool, args...).Run()
	switch {
	case err == nil:
		return true
	case os.Getenv("CI") != "":
		t.Errorf("%s is not installed (%s): it was not asked", tool, from)
	default:
		t.Logf("%s is not installed (%s): it is not asked", tool, from)
	}
	return false
}

// readByGofeed reads a feed: every item has what people see of it, and an id of its own.
func readByGofeed(doc []byte, kind string) error {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(doc))
	if err != nil {
		return err
	}
	if feed.FeedType != kind || feed.Title == "" {
		return fmt.Errorf("it is read as %q with the title %q", feed.FeedType, feed.Title)
	}
	if want := items(doc, kind); len(feed.Items) != want {
		return fmt.Errorf("it has %d items, want %d", len(feed.Items), want)
	}
	ids := map[string]bool{}
	for _, i := range feed.Items {
		if i.Title == "" || i.Link == "" || i.GUID == "" || i.PublishedParsed == nil || ids[i.GUID] {
			return fmt.Errorf("item %+v has no title, link, date or id of its own", i)
		}
		ids[i.GUID] = true
	}
	return nil
}

// items counts the items of a feed by their elements.
func items(doc []byte, kind string) (count int) {
	if kind == "json" {
		var feed struct{ Items []json.RawMessage }
		_ = json.Unmarshal(doc, &feed)
		return len(feed.Items)
	}
	for d := xml.NewDecoder(bytes.NewReader(doc)); ; {
		token, err := d.Token()
		if err != nil {
			return count
		}
		if start, is := token.(xml.StartElement); is && (start.Name.Local == "item" || start.Name.Local == "entry") {
			count++
		}
	}
}

// feedparserScript prints, for each file, what feedparser finds wrong with it, and how much of it is there.
const feedparserScript = `
import sys, feedparser
for name in sys.argv[1:]:
    d = feedparser.parse(name)
    whole = [e for e in d.entries if e.get('title') and e.get('link') and e.get('id') and e.get('published_parsed')]
    trouble = repr(d.get('bozo_exception')) if d.bozo else ''
    print(len(d.entries), len(whole), len(set(e.get('id') for e in d.entries)), bool(d.feed.get('title')), trouble)
`

// readByFeedparser has Python's feedparser read feeds.
func readByFeedparser(t testing.TB, feeds map[string][]byte) {
	t.Helper()
	if len(feeds) == 0 || !installed(t, "/usr/bin/python3", "python3-feedparser", "-c", "import feedparser") {
		return
	}
	files := saved(t, feeds)
	out, err := exec.Command("/usr/bin/python3", append([]string{"-c", feedparserScript}, files...)...).CombinedOutput()
	if err != nil {
		t.Errorf("feedparser: %v\n%s", err, out)
		return
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, name := range slices.Sorted(maps.Keys(feeds)) {
		n := items(feeds[name], "xml")
		if want := fmt.Sprintf("%d %d %d True", n, n, n); i >= len(lines) || strings.TrimSpace(lines[i]) != want {
			t.Errorf("%s, read by feedparser: got entries, whole ones, ids, title and trouble %q, want %q", name, lines[min(i, len(lines)-1)], want)
		}
	}
}
