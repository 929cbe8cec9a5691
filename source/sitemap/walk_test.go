package sitemap_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"herald/source/remote"
	"herald/source/sitemap"
)

const space = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`

func zipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprint(z, text)
	z.Close()
	return b.String()
}

// listed returns what a source lists before any Fetch, without its host, and its notes; or why it does not.
func listed(t *testing.T, f *far, s *sitemap.Source) string {
	t.Helper()
	var all []string
	for e, err := range s.List(t.Context()) {
		if err != nil {
			return "error: " + strings.ReplaceAll(err.Error(), f.server.URL, "")
		}
		all = append(all, strings.TrimPrefix(e.Key, f.server.URL))
	}
	return strings.Join(all, " ")
}

func TestSitemaps(t *testing.T) {
	url := func(paths ...string) string {
		var b strings.Builder
		for _, p := range paths {
			b.WriteString("<url><loc>HOST" + p + "</loc></url>")
		}
		return b.String()
	}
	for name, test := range map[string]struct{ doc, want string }{
		"urlset":              {"<urlset " + space + ">" + url("/b", "/a", "/a") + "</urlset>", "/a /b"},
		"no namespace":        {"<urlset>" + url("/a") + "</urlset>", "/a"},
		"a prefix":            {`<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>HOST/a</s:loc></s:url></s:urlset>`, "/a"},
		"an old version":      {`<urlset xmlns="http://www.google.com/schemas/sitemap/0.84">` + url("/a") + "</urlset>", "/a"},
		"images":              {`<urlset ` + space + ` xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>HOST/a</loc><image:image><image:loc>HOST/i.png</image:loc></image:image></url></urlset>`, "/a"},
		"space, CDATA, codes": {"<urlset>\n<url>\n<loc>\n HOST/a?b=1&amp;c=2#d \n</loc></url><url><loc><![CDATA[HOST/e?f&g]]></loc></url></urlset>", "/a?b=1&c=2 /e?f&g"},
		"comments":            {"<?xml version='1.0'?><!-- a --><?b c?><urlset><!-- d -->" + url("/a") + "</urlset><!-- e -->", "/a"},
		"Korean":              {"<urlset>" + url("/글/하나", "/%ea%b8%80/%eb%91%98") + "</urlset>", "/%EA%B8%80/%EB%91%98 /%EA%B8%80/%ED%95%98%EB%82%98"},
		"EUC-KR":              {"<?xml version='1.0' encoding='euc-kr'?><urlset>" + url("/\xb1\xdb") + "</urlset>", "/%EA%B8%80"},
		"byte order mark":     {"\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><urlset>" + url("/a") + "</urlset>", "/a"},
		"text":                {"HOST/b\r\nHOST/a\r\n\r\n", "/a /b"},
		"gzip":                {"gzip:<urlset>" + url("/a") + "</urlset>", "/a"},
		"text in gzip":        {"gzip:HOST/a\n", "/a"},
		"no entry":            {"<urlset/>", ""},
		"entries that are no URLs": {"<urlset>" + url("/a") + "<url><loc>/relative</loc></url><url><loc>mailto:a@b.example</loc></url><url><loc>http://user@host/</loc></url><url/><url><loc>HOST/" +
			strings.Repeat("a", 3000) + "</loc></url></urlset>", "/a"},

		"empty":             {"", "error: read /sitemap.xml: answered with nothing"},
		"blank":             {" \n\n", "error: read /sitemap.xml: answered with nothing"},
		"page":              {"<!doctype html><p>점검", "error: read /sitemap.xml: answered with a page"},
		"page without type": {"<html><p>점검", "error: read /sitemap.xml: answered with a page"},
		"cut":               {"<urlset>" + url("/a"), "error: read /sitemap.xml: XML syntax error on line 1: unexpected EOF"},
		"cut in a tag":      {"<urlset>" + url("/a") + "<ur", "error: read /sitemap.xml: XML syntax error"},
		"raw ampersand":     {"<urlset>" + url("/a?b&c") + "</urlset>", "error: read /sitemap.xml: XML syntax error"},
		"wrong end":         {"<urlset>" + url("/a") + "</sitemapindex>", "error: read /sitemap.xml: XML syntax error"},
		"two roots":         {"<urlset>" + url("/a") + "</urlset><urlset>", "error: read /sitemap.xml: XML syntax error"},
		"broken UTF-8":      {"<urlset>" + url("/\xff") + "</urlset>", "error: read /sitemap.xml: XML syntax error"},
		"a feed":            {`<rss version="2.0"/>`, "error: read /sitemap.xml: it is a feed: the source needs type: feed"},
		"Atom":              {`<feed xmlns="http://www.w3.org/2005/Atom"/>`, "error: read /sitemap.xml: it is a feed"},
		"something else":    {"<opml/>", "error: read /sitemap.xml: it is not a sitemap: it begins with <opml>"},
		"JSON":              {`{"error": "down"}`, "error: read /sitemap.xml: neither XML nor a list of URLs"},
		"words":             {"service unavailable", "error: read /sitemap.xml: neither XML nor a list of URLs"},
		"cut gzip":          {"cut:<urlset>" + strings.Repeat(url("/a"), 100) + "</urlset>", "error: read /sitemap.xml: its gzip breaks off"},
		"gzip of too much":  {"gzip:<urlset>" + strings.Repeat(" ", 51<<20) + "</urlset>", "error: read /sitemap.xml: over the limit of 50 MiB"},
		"deep":              {"<urlset>" + strings.Repeat("<a>", 200), "error: read /sitemap.xml: its elements are nested too deep"},
		"entities":          {`<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>`, "error: read /sitemap.xml: XML syntax error"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFar(t)
			doc := strings.ReplaceAll(test.doc, "HOST", f.server.URL)
			if text, is := strings.CutPrefix(doc, "gzip:"); is {
				doc = zipped(text)
			} else if text, is := strings.CutPrefix(doc, "cut:"); is {
				doc = zipped(text)[:40]
			}
			f.bodies["/sitemap.xml"] = doc
			if got := listed(t, f, f.open(nil)); got != test.want && (!strings.HasPrefix(test.want, "error") || !strings.HasPrefix(got, test.want)) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// O7: A sitemap of which some part cannot be read lists nothing: what is unknown is not gone.
func TestO7AnIndexIsReadWhole(t *testing.T) {
	f, known := newFar(t), taken{}
	index := func(names ...string) string {
		var b strings.Builder
		for _, n := range names {
			b.WriteString("<sitemap><loc>" + f.server.URL + "/sitemap-" + n + "</loc></sitemap>")
		}
		return "<sitemapindex " + space + ">" + b.String() + "</sitemapindex>"
	}
	for i, name := range []string{"one", "two", "three"} {
		path := fmt.Sprint("/", i)
		f.put(path, "", pageOf("글", "글"))
		f.bodies["/sitemap-"+name] = "<urlset><url><loc>" + f.server.URL + path + "</loc></url></urlset>"
	}
	f.bodies["/sitemap-more"] = index("two", "three", "more") // and itself
	f.bodies["/sitemap.xml"] = index("one", "more")
	s := f.open(nil)
	if got := what(known.scan(t.Context(), t, s, f)); got != "/0 new, /1 new, /2 new" {
		t.Fatalf("got %q, want the pages of all", got)
	}
	for name, answer := range map[string]http.HandlerFunc{
		"500": status(500), "404": status(404), "410": status(410), "page": answers("<!doctype html>"), "nothing": answers(""), "cut": answers("<urlset><url>"), "304": status(304),
	} {
		f.says("/sitemap-three", answer)
		if name == "304" {
			s = f.open(nil)
		}
		s.Fetch(t.Context(), known.seen)
		if got := listed(t, f, s); !strings.HasPrefix(got, "error: read /sitemap-three") {
			t.Errorf("%s: got %q, want an error that names the part", name, got)
		}
	}
	f.says("/sitemap-three", nil)
	s.Fetch(t.Context(), known.seen)
	if got := listed(t, f, s); got != "/0 /1 /2" {
		t.Errorf("got %q once it can be read, want all", got)
	}
	f.bodies["/sitemap-more"] = index("two")
	if got := what(known.scan(t.Context(), t, s, f)); got != "/2 gone" {
		t.Errorf("got %q, want gone what the whole sitemap lacks", got)
	}
}

// H5: A sitemap that has not changed is not sent again: its ETag is sent back, and a part whose lastmod is known is not asked for.
func TestH5SitemapsAreAskedOnCondition(t *testing.T) {
	f, known := newFar(t), taken{}
	f.put("/a", "2026-01-01", pageOf("글", "글"))
	f.bodies["/sitemap-a"] = f.sitemap()
	f.bodies["/sitemap.xml"] = "<sitemapindex><sitemap><loc>" + f.server.URL + "/sitemap-a</loc><lastmod>2026-01-01T00:00:00Z</lastmod></sitemap></sitemapindex>"
	s := f.open(nil)
	known.scan(t.Context(), t, s, f)
	f.all()
	known.scan(t.Context(), t, s, f)
	if asked := f.all(); len(asked) != 1 || !strings.HasPrefix(asked[0], `/sitemap.xml "`) {
		t.Errorf("asked %q, want the index alone, on condition", asked)
	}
	f.bodies["/sitemap-a"] = "<urlset/>"
	f.bodies["/sitemap.xml"] = strings.Replace(f.bodies["/sitemap.xml"], "2026-01-01", "2026-01-02", 1)
	if got := what(known.scan(t.Context(), t, s, f)); got != "/a gone" {
		t.Errorf("got %q, want the part read anew", got)
	}
}

// X2: Pages of other hosts are read only where the robots.txt of theirs names the sitemap.
func TestX2PagesOfOtherHosts(t *testing.T) {
	f := newFar(t)
	for name, test := range map[string]struct {
		robots http.HandlerFunc
		want   string // of the other host's page
	}{
		"named":            {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "Sitemap: "+f.server.URL+"/sitemap.xml") }, "new"},
		"another is named": {answers("Sitemap: https://other.example/sitemap.xml"), ""}, "no robots.txt": {status(404), ""}, "unknown": {status(500), ""},
		"named and closed": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "User-agent: *\nDisallow: /\nSitemap: "+f.server.URL+"/sitemap.xml")
		}, ""},
	} {
		other := newFar(t)
		page := other.put("/page", "", pageOf("남", "글"))
		other.says("/robots.txt", test.robots)
		f.put("/own", "", pageOf("우리", "글"))
		f.mu.Lock()
		f.bodies["/sitemap.xml"] = "<urlset><url><loc>" + f.server.URL + "/own</loc></url><url><loc>" + page + "</loc></url></urlset>"
		f.mu.Unlock()
		s := f.open(nil)
		got := taken{}.scan(t.Context(), t, s, f)
		if got["/own"] != "new" || got[page] != test.want || len(other.requests()) != len(test.want)/3 || s.Left() != "" {
			t.Errorf("%s: got %v, left %q, want the other page %q, and no request without leave", name, got, s.Left(), test.want)
		}
		if name == "unknown" && !s.Stays(page) {
			t.Error("got a page that is gone, want it to stay while nobody knows")
		}
	}
}

// Where the sitemap itself has moved to is home, too; a move for good is remembered and named.
func TestASitemapThatMoved(t *testing.T) {
	f, other := newFar(t), newFar(t)
	other.put("/a", "2026-01-01", pageOf("글", "글"))
	f.says("/sitemap.xml", status(302, "Location: "+other.server.URL+"/sitemap.xml"))
	if got := (taken{}).scan(t.Context(), t, f.open(nil), other); got["/a"] != "new" {
		t.Errorf("got %v, want the page of the host that the sitemap leads to", got)
	}
	var s *sitemap.Source
	moved := func(c *sitemap.Config) {
		c.Fetch = func(ctx context.Context, r remote.Request) (*remote.Answer, error) {
			if strings.HasPrefix(r.URL, f.server.URL+"/sitemap.xml") {
				r.URL = other.server.URL + "/sitemap.xml"
				a, err := f.fetch(ctx, r)
				a.Moved = r.URL
				return a, err
			}
			return f.fetch(ctx, r)
		}
	}
	s = f.open(moved)
	known := taken{}
	known.scan(t.Context(), t, s, other)
	want := "moved permanently to " + other.server.URL + "/sitemap.xml: change url"
	if got := strings.Join(s.Notes(), ""); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	next := f.open(nil)
	next.Recall(s.Memory(), false)
	f.all()
	if got := what(known.scan(t.Context(), t, next, other)); got != "" || len(f.all()) != 0 {
		t.Errorf("got %q, %q asked at the old address, want the new one asked by the next process", got, f.all())
	}
}

// What is asked again is known to the next process.
func TestMemory(t *testing.T) {
	f, known := newFar(t), taken{}
	for i := range 20 {
		f.put(fmt.Sprint("/", i), "", pageOf("글", "글"))
	}
	scheduled := remote.Scheduled(t.Context())
	s := f.open(nil)
	known.scan(scheduled, t, s, f)
	f.requests()
	sum := 0
	for range 8 { // of a day
		memory := s.Memory()
		s = f.open(nil)
		s.Recall(memory, true)
		f.move(3 * time.Hour)
		known.scan(scheduled, t, s, f)
		asked := len(f.requests())
		if sum += asked; asked > 8 {
			t.Errorf("asked for %d pages in an eighth of a day, want them spread", asked)
		}
	}
	if sum != 20 {
		t.Errorf("asked for %d pages in a day, want each once", sum)
	}
}

// Bounds of what a listing may hold.
func TestManyPages(t *testing.T) {
	f := newFar(t)
	var b strings.Builder
	for i := range 50_001 {
		fmt.Fprintf(&b, "%s/%d\n", f.server.URL, i)
	}
	f.bodies["/sitemap.xml"] = b.String()
	s := f.open(nil)
	if got := len(strings.Fields(listed(t, f, s))); got != 50_001 || !strings.Contains(strings.Join(s.Notes(), ""), "lists 50001 pages") {
		t.Errorf("got %d pages, notes %q, want all, and a note", got, s.Notes())
	}
}
