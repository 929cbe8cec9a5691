package feeds_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/feeds"
)

// Each row breaks one golden document in one place; the gate must say why.
func TestCheckRefuses(t *testing.T) {
	tests := []struct {
		name      string
		kind      feeds.Kind
		old, new  string // the first old becomes new
		wantWords string
	}{
		{"bytes before xml", feeds.RSS, "<?xml", "\n<?xml", "does not begin with"},
		{"byte order mark", feeds.Atom, "<?xml", "\uFEFF<?xml", "does not begin with"},
		{"control byte", feeds.RSS, "정전 안내", "정전\x01 안내", "illegal character"},
		{"control byte in CDATA", feeds.RSS, "다리가 열렸다.</p>", "\x08</p>", "forbids"},
		{"U+FFFE in CDATA", feeds.Atom, "다리가 열렸다.</p>", "\uFFFE</p>", "forbids"},
		{"broken UTF-8", feeds.Atom, "다리가 열렸다.</p>", "\xEB\x8B</p>", "not UTF-8"},
		{"CDATA without end", feeds.RSS, "다리가 열렸다.</p>]]></content:encoded>", "x", "does not end"},
		{"tag not closed", feeds.Atom, "</entry>", "", "element"},
		{"second document", feeds.RSS, "</rss>", "</rss><rss/>", "follows"},
		{"text behind", feeds.RSS, "</rss>", "</rss>x", "text after"},
		{"other kind", feeds.RSS, "<rss", "<rsx", "rs"},
		{"no mark", feeds.RSS, "<generator>herald", "<generator>other", "mark"},
		{"no mark", feeds.Atom, "<generator>herald", "<generator>other", "mark"},
		{"no mark", feeds.JSON, `"_herald"`, `"_other"`, "mark"},
		{"no title", feeds.RSS, "<title>뉴스 속보</title>", "<title></title>", "no title"},
		{"no description", feeds.RSS, "<description>새벽항과 너른들의 소식</description>", "", "no description"},
		{"no home page", feeds.RSS, "<link>https://news.example.org/</link>", "", "no link"},
		{"no self", feeds.RSS, `rel="self"`, `rel="x"`, "0 self links"},
		{"two selfs", feeds.Atom, `rel="hub"`, `rel="self"`, "2 self links"},
		{"self elsewhere", feeds.JSON, `"feed_url":"https://news.`, `"feed_url":"https://evil.`, "not on a host"},
		{"self relative", feeds.Atom, `"https://news.example.org/atom.xml"`, `"/atom.xml"`, "not an absolute"},
		{"item elsewhere", feeds.RSS, "<link>https://news.example.org/bridge/", "<link>http://localhost/bridge/", "not on a host"},
		{"item elsewhere", feeds.Atom, `href="https://news.example.org/bridge/" rel="alternate"`, `href="https://localhost/" rel="alternate"`, "not on a host"},
		{"guid is no permalink", feeds.RSS, `isPermaLink="true"`, `isPermaLink="false"`, "isPermaLink"},
		{"guid is a permalink", feeds.RSS, `isPermaLink="false"`, `isPermaLink="true"`, "isPermaLink"},
		{"guid says nothing", feeds.RSS, ` isPermaLink="false"`, ``, "isPermaLink"},
		{"no guid", feeds.RSS, "옛글 17</guid>", "</guid>", "no id"},
		{"id twice", feeds.RSS, "https://old.example.org/post?id=5", "옛글 17", "another item's"},
		{"id twice", feeds.Atom, "https://old.example.org/post?id=5", "https://news.example.org/bridge/", "another item's"},
		{"id twice", feeds.JSON, "https://old.example.org/post?id=5", "옛글 17", "another item's"},
		{"id is a number", feeds.JSON, `"id":"옛글 17"`, `"id":17`, "cannot unmarshal"},
		{"no date", feeds.RSS, "<pubDate>Sun, 01 Mar 2026 00:30:00 +0000</pubDate>", "", "date of publication"},
		{"date of a zone's name", feeds.RSS, "00:30:00 +0000</pubDate>", "00:30:00 KST</pubDate>", "date of publication"},
		{"equal dates", feeds.RSS, "00:30:01 +0000</pubDate>", "00:30:00 +0000</pubDate>", "not before"},
		{"equal dates", feeds.Atom, "<published>2026-03-01T00:30:01Z", "<published>2026-03-01T00:30:00Z", "not before"},
		{"rising dates", feeds.JSON, `"date_published":"2026-03-01T00:30:01Z"`, `"date_published":"2026-02-01T00:30:01Z"`, "not before"},
		{"no updated", feeds.Atom, "    <updated>2026-03-02T01:00:00Z</updated>\n    <id>tag", "    <id>tag", "no updated"},
		{"updated is no date", feeds.JSON, `"date_modified":"2026-03-02T01`, `"date_modified":"2026-13-02T01`, "date of change"},
		{"no content", feeds.JSON, `"content_text":"정전 안내"`, `"content_text":""`, "no content"},
		{"no items", feeds.JSON, `"items":[`, `"itemz":[`, "no items"},
		{"version", feeds.JSON, "version/1.1", "version/1", "version"},
		{"no JSON", feeds.JSON, `"items"`, `"items`, "invalid"},
		{"more JSON", feeds.JSON, "]}\n", "]} {}\n", "invalid"},
	}
	for _, test := range tests {
		t.Run(string(test.kind)+" "+test.name, func(t *testing.T) {
			doc := goldenDocument(t, test.kind)
			if !bytes.Contains(doc, []byte(test.old)) {
				t.Fatalf("the document does not hold %q", test.old)
			}
			doc = bytes.Replace(doc, []byte(test.old), []byte(test.new), 1)
			err := feeds.Check(test.kind, doc, siteHosts)
			if err == nil || !strings.Contains(err.Error(), test.wantWords) {
				t.Errorf("got %v, want an error with %q", err, test.wantWords)
			}
		})
	}
}

func goldenDocument(t testing.TB, kind feeds.Kind) []byte {
	t.Helper()
	for _, w := range writers {
		if w.kind == kind {
			doc, err := os.ReadFile(filepath.Join("testdata", "full."+w.file))
			if err != nil {
				t.Fatal(err)
			}
			return doc
		}
	}
	t.Fatalf("no writer of %s", kind)
	return nil
}

func TestCheckAnyBytes(t *testing.T) {
	for _, doc := range []string{"", "{", "<", "null", "[]", "{}", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"} {
		for _, kind := range []feeds.Kind{feeds.RSS, feeds.Atom, feeds.JSON, "other"} {
			if feeds.Check(kind, []byte(doc), siteHosts) == nil {
				t.Errorf("%s: %q passes", kind, doc)
			}
		}
	}
}

// Check may not panic, and what it lets through is well-formed.
func FuzzCheck(f *testing.F) {
	for _, w := range writers {
		f.Add(string(w.kind), goldenDocument(f, w.kind))
	}
	f.Fuzz(func(t *testing.T, kind string, doc []byte) {
		if feeds.Check(feeds.Kind(kind), doc, siteHosts) != nil {
			return
		}
		if err := wellFormed(feeds.Kind(kind), doc); err != nil {
			t.Error(err)
		}
	})
}
