package sitemap_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/sitemap"
)

var update = flag.Bool("update", false, "write the golden files anew")

var siteHosts = []string{"news.example.org", "news.example.org:8080"}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func pages() []sitemap.URL {
	return []sitemap.URL{
		{Loc: "https://news.example.org/"},
		{Loc: "https://news.example.org/2026/%EC%83%88%EB%B2%BD%EC%8B%9C%EC%9E%A5/?a=1&b='2'", LastMod: at("2026-03-02T10:00:00.9+09:00"),
			Images: []string{"https://img.example.net/a.jpg?w=800&h=400", "https://news.example.org/b.png"}},
		{Loc: "http://news.example.org:8080/bridge/", LastMod: at("2026-03-01T00:30:00Z")},
	}
}

func children() []sitemap.Child {
	return []sitemap.Child{
		{Loc: "https://news.example.org/sitemap-2026-02.xml", LastMod: at("2026-02-28T15:00:00Z")},
		{Loc: "https://news.example.org/sitemap-2026-03.xml"},
	}
}

func urlset(t testing.TB, urls iter.Seq[sitemap.URL]) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := sitemap.WriteURLSet(&b, urls)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("wrote %d bytes, said %d, %v", b.Len(), n, err)
	}
	return b.Bytes()
}

func index(t testing.TB, list []sitemap.Child) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sitemap.WriteIndex(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", name, got)
	}
}

func TestGolden(t *testing.T) {
	tests := []struct {
		name, schema string
		doc          []byte
	}{
		{"urlset.xml", "all.xsd", urlset(t, slices.Values(pages()))},
		{"index.xml", "siteindex.xsd", index(t, children())},
	}
	for _, test := range tests {
		golden(t, test.name, test.doc)
		if err := sitemap.Check(test.doc, siteHosts); err != nil {
			t.Error(err)
		}
		valid(t, filepath.Join("testdata/schema", test.schema), test.doc)
	}
}

// valid holds a document against a schema with xmllint (libxml2-utils).
func valid(t *testing.T, schema string, doc []byte) {
	t.Helper()
	tool, err := exec.LookPath("xmllint")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("xmllint is not installed (libxml2-utils): the schema was not asked")
	}
	if err != nil {
		t.Log("xmllint is not installed (libxml2-utils): the schema is not asked")
		return
	}
	cmd := exec.Command(tool, "--noout", "--nonet", "--schema", schema, "-")
	cmd.Stdin = bytes.NewReader(doc)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", schema, err, out)
	}
}

// The house wants XML from an encoder; this is the encoder that the writer must equal.
type encodedSet struct {
	XMLName xml.Name `xml:"urlset"`
	URLs    []struct {
		Loc     string   `xml:"loc"`
		LastMod string   `xml:"lastmod,omitempty"`
		Images  []string `xml:"http://www.google.com/schemas/sitemap-image/1.1 image>loc"`
	} `xml:"url"`
}

func TestEqualsEncoder(t *testing.T) {
	var got encodedSet
	if err := xml.Unmarshal(urlset(t, slices.Values(pages())), &got); err != nil {
		t.Fatal(err)
	}
	if got.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" || len(got.URLs) != len(pages()) {
		t.Fatalf("got %+v", got)
	}
	for i, want := range pages() {
		u := got.URLs[i]
		stamp := ""
		if !want.LastMod.IsZero() {
			stamp = want.LastMod.UTC().Truncate(time.Second).Format(time.RFC3339)
		}
		if u.Loc != want.Loc || u.LastMod != stamp || !slices.Equal(u.Images, want.Images) {
			t.Errorf("got %+v, want %+v", u, want)
		}
	}
}

func TestEntrySizeIsExact(t *testing.T) {
	long := sitemap.URL{Loc: "https://news.example.org/" + strings.Repeat("&", 3000), Images: slices.Repeat([]string{"https://news.example.org/a.jpg"}, 1001)}
	list := append(pages(), long, sitemap.URL{Loc: "\x00<\xFF'\"가\uFFFE"}, sitemap.URL{})
	want := sitemap.Overhead
	for n, u := range list {
		want += sitemap.EntrySize(u)
		if got := int64(len(urlset(t, slices.Values(list[:n+1])))); got != want {
			t.Errorf("after %d entries: %d bytes, by EntrySize %d", n+1, got, want)
		}
	}
	if got := bytes.Count(urlset(t, slices.Values([]sitemap.URL{long})), []byte("<image:loc>")); got != sitemap.MaxImages {
		t.Errorf("%d images of one URL are written", got)
	}
}

// A bad image is left out; it must not hold the sitemap back.
func TestBadImagesAreLeftOut(t *testing.T) {
	u := sitemap.URL{Loc: "https://news.example.org/", Images: []string{"", "/a.jpg", "data:image/png;base64,AA==", "https://x/한글.jpg", "https:///a", "https://x/ok.jpg"}}
	doc := urlset(t, slices.Values([]sitemap.URL{u}))
	if err := sitemap.Check(doc, siteHosts); err != nil {
		t.Error(err)
	}
	if urls, _, _, err := sitemap.Read(doc); err != nil || !slices.Equal(urls[0].Images, u.Images[5:]) {
		t.Errorf("got %+v, %v", urls, err)
	}
}

type brokenWriter struct{ left int }

var errBroken = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestWriterErrors(t *testing.T) {
	asked := 0
	many := func(yield func(sitemap.URL) bool) {
		for asked < 10_000 && yield(sitemap.URL{Loc: fmt.Sprint("https://news.example.org/", asked)}) {
			asked++
		}
	}
	if n, err := sitemap.WriteURLSet(&brokenWriter{100_000}, many); !errors.Is(err, errBroken) || n == 0 || n > 100_000 || asked > 5_000 {
		t.Errorf("wrote %d bytes of %d URLs: %v", n, asked, err)
	}
	if err := sitemap.WriteIndex(&brokenWriter{10}, children()); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

// Whatever the URLs hold, the document is well-formed, and reads back where XML can hold it.
func FuzzWrite(f *testing.F) {
	f.Add("https://news.example.org/?a=1&b=2", "https://news.example.org/i.jpg", int64(1_700_000_000))
	f.Add("\x00]]>\xFF\uFFFE", "<a>'\"", int64(0))
	f.Fuzz(func(t *testing.T, loc, image string, seconds int64) {
		u := sitemap.URL{Loc: loc, LastMod: time.Unix(seconds%(1<<33), 0), Images: []string{image}}
		doc := urlset(t, slices.Values([]sitemap.URL{u}))
		if err := xml.Unmarshal(doc, new(encodedSet)); err != nil {
			t.Fatal(err)
		}
		if got := int64(len(doc)); got != sitemap.Overhead+sitemap.EntrySize(u) {
			t.Errorf("%d bytes, by EntrySize %d", got, sitemap.Overhead+sitemap.EntrySize(u))
		}
		dropped := func(r rune) bool { return r < ' ' || r > '~' }
		if sitemap.Check(doc, siteHosts) != nil || strings.ContainsFunc(loc+image, dropped) {
			return
		}
		urls, _, ours, err := sitemap.Read(doc)
		if err != nil || !ours || len(urls) != 1 || urls[0].Loc != loc || len(urls[0].Images) > 0 && urls[0].Images[0] != image || !urls[0].LastMod.Equal(u.LastMod) {
			t.Errorf("%+v reads back as %+v, ours %v, %v", u, urls, ours, err)
		}
	})
}
