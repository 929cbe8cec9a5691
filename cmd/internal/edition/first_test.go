package edition_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"herald/cmd/internal/edition"
	"herald/source/files"
	"herald/source/reader"
)

// TestAFirstScanDecidesAsAnyOther compares a scan into an empty ledger with the same scan into a
// ledger that knows one thing already, of articles that contest all that can be contested.
func TestAFirstScanDecidesAsAnyOther(t *testing.T) {
	scan := func(t *testing.T, known bool) (*edition.ScanReport, map[string]string) {
		n := newNewsroom(t)
		n.tweak = append(n.tweak, func(s *edition.Settings) {
			src, err := files.New(files.Config{Root: n.path("other"), Place: "other", Reading: reader.Reading{Pattern: "/other/:path/"}})
			n.must(err)
			s.Notify = edition.Notify{} // nobody: keys and ports differ
			s.Sources = append(s.Sources, edition.Source{Name: "other", Source: src, ReadAs: src.ReadAs()})
		})
		n.write("../other/초안.md", "---\ntitle: 초안\ndraft: true\n---\n\n아직 아니다.\n")
		n.open()
		if known {
			_, err := n.edition.Scan(context.Background(), "other", edition.ScanOptions{})
			n.must(err)
		}
		for i, meta := range []string{
			"", "", "date: 2026-03-01", "date: 2026-03-01", "date: 2026-03-01", "id: tag:news.example.org,2026:a", "id: tag:news.example.org,2026:a\ndate: 2026-02-01",
			"permalink: /one/", "permalink: /one/", "permalink: /글-00/", "id: https://news.example.org/글-11/", "", "id: 열쇠\npermalink: /two/", "permalink: /two/",
			"date: 언젠가", "draft: true", "draft: true\npermalink: /one/", "date: 2027-01-01", "expires: 2026-01-01", "permalink: /:year/:month/:name/", "permalink: /:year/x/",
			"date: 2026-11-22T09:01:00Z", "date: 2026-11-22T09:00:55Z", "", "robots: noindex", "feed: false\ndate: 2026-03-01", "canonical_url: https://other.example/",
			"last_modified_at: 2026-04-01\ndate: 2026-03-01", "last_modified_at: 2026-04-01\ndate: 2026-03-01", "date: 2026-03-01T00:00:02Z",
		} {
			n.write(fmt.Sprintf("글-%02d.md", i), fmt.Sprintf("---\ntitle: 소식 %d\n%s\n---\n\n%d번째 글이다.\n", i, meta, i))
		}
		n.write("글-07.txt", "제목만 있는 글\n\n본문이다.\n") // the URL of 글-07.md, were it not for its permalink
		n.write("글-23.txt", "같은 주소를 쓰는 글\n\n본문이다.\n")
		report, _ := n.pass()
		return report, n.documents()
	}
	first, firstDocuments := scan(t, false)
	later, laterDocuments := scan(t, true)
	if len(first.Refused) < 6 || first.Added < 20 {
		t.Fatalf("added %d, refused %v", first.Added, first.Refused)
	}
	if !reflect.DeepEqual(first, later) {
		t.Errorf("into an empty ledger %+v\notherwise %+v", first, later)
	}
	for name := range maps.Keys(firstDocuments) {
		if firstDocuments[name] != laterDocuments[name] {
			t.Errorf("%s\n%s\n--- otherwise ---\n%s", name, firstDocuments[name], laterDocuments[name])
		}
	}
	if !strings.Contains(firstDocuments["feed.xml"], "제목만 있는 글") {
		t.Error("an article without a contest is missing")
	}
}
