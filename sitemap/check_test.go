package sitemap_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"herald/sitemap"
)

// Each row breaks a golden document in one place; the gate must say why.
func TestCheckRefuses(t *testing.T) {
	long := "https://news.example.org/" + strings.Repeat("a", sitemap.MaxLoc)
	tests := []struct{ name, file, old, new, want string }{
		{"bytes before xml", "urlset.xml", "<?xml", " <?xml", "does not begin"},
		{"no mark", "urlset.xml", "<!-- herald -->", "<!-- other -->", "does not begin"},
		{"other namespace", "urlset.xml", "http://www.sitemaps", "https://www.sitemaps", "does not begin"},
		{"cut", "urlset.xml", "</urlset>\n", "", "<url> is missing"},
		{"more", "urlset.xml", "</urlset>\n", "</urlset>\n<a/>", "follows"},
		{"no loc", "urlset.xml", "    <loc>https://news.example.org/</loc>\n", "", "<loc> is missing"},
		{"two locs", "urlset.xml", "/</loc>\n  </url>", "/</loc>\n    <loc>https://news.example.org/2</loc>\n  </url>", "</url> is missing"},
		{"loc not closed", "urlset.xml", "/</loc>", "/</lox>", "</loc> is missing"},
		{"relative loc", "urlset.xml", ">https://news.example.org/<", ">/a<", "no absolute URL"},
		{"empty loc", "urlset.xml", ">https://news.example.org/<", "><", "no absolute URL"},
		{"other host", "urlset.xml", ">https://news.example.org/<", ">https://news.example.org.evil/<", "not on a host"},
		{"user information", "urlset.xml", ">https://news.example.org/<", ">https://news.example.org@evil/<", "not on a host"},
		{"other port", "urlset.xml", ":8080", ":8081", "not on a host"},
		{"raw Korean", "urlset.xml", ">https://news.example.org/<", ">https://news.example.org/가<", "percent-encoded"},
		{"space", "urlset.xml", ">https://news.example.org/<", ">https://news.example.org/ <", "percent-encoded"},
		{"control byte", "urlset.xml", ">https://news.example.org/<", ">https://news.example.org/\x01<", "percent-encoded"},
		{"long loc", "urlset.xml", "https://news.example.org/", long, "over the limit"},
		{"loc twice", "urlset.xml", "http://news.example.org:8080/bridge/", "https://news.example.org/", "twice"},
		{"bare ampersand", "urlset.xml", "&amp;", "&", "not an XML entity"},
		{"unknown entity", "urlset.xml", "&amp;", "&nbsp;", "not an XML entity"},
		{"date only", "urlset.xml", "2026-03-01T00:30:00Z", "2026-03-01", "parsing time"},
		{"other zone", "urlset.xml", "2026-03-01T00:30:00Z", "2026-03-01T00:30:00+09:00", "parsing time"},
		{"no such day", "urlset.xml", "2026-03-01T", "2026-02-30T", "day out of range"},
		{"relative image", "urlset.xml", "https://news.example.org/b.png", "/b.png", "image 2"},
		{"index: other host", "index.xml", "https://news.example.org/sitemap-2026-02.xml", "https://x/sitemap.xml", "not on a host"},
		{"index: url", "index.xml", "  <sitemap>", "  <url>", "<sitemap> is missing"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, err := os.ReadFile("testdata/" + test.file)
			if err != nil {
				t.Fatal(err)
			}
			doc := strings.Replace(string(b), test.old, test.new, 1)
			if doc == string(b) {
				t.Fatalf("the document does not hold %q", test.old)
			}
			err = sitemap.Check([]byte(doc), siteHosts)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func many(n int) []sitemap.URL {
	list := make([]sitemap.URL, n)
	for i := range list {
		list[i] = sitemap.URL{Loc: fmt.Sprintf("https://news.example.org/2026/03/%06d/%%EC%%83%%88%%EB%%B2%%BD/", i), LastMod: at("2026-03-01T00:30:00Z")}
	}
	return list
}

func TestCheckLimits(t *testing.T) {
	if err := sitemap.Check(urlset(t, slices.Values(many(sitemap.MaxURLs))), siteHosts); err != nil {
		t.Error(err)
	}
	for name, doc := range map[string][]byte{
		"over the limit of 50000":    urlset(t, slices.Values(many(sitemap.MaxURLs+1))),
		"over the limit of 52428800": make([]byte, sitemap.MaxBytes+1),
		"empty":                      urlset(t, slices.Values(many(0))),
		"it is empty":                index(t, nil),
		"does not begin":             nil,
	} {
		if err := sitemap.Check(doc, siteHosts); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %q", err, name)
		}
	}
}

// The limits of one entry, at and beyond each.
func TestCheckLimitsOfAnEntry(t *testing.T) {
	const site = "https://news.example.org/"
	for n, good := range map[int]bool{sitemap.MaxLoc: true, sitemap.MaxLoc + 1: false} {
		doc := urlset(t, slices.Values([]sitemap.URL{{Loc: site + strings.Repeat("a", n-len(site))}}))
		if err := sitemap.Check(doc, siteHosts); (err == nil) != good {
			t.Errorf("a loc of %d characters: %v, want it taken: %t", n, err, good)
		}
	}
	image := "    <image:image>\n      <image:loc>https://img.example.net/a.jpg</image:loc>\n    </image:image>\n"
	one := string(urlset(t, slices.Values([]sitemap.URL{{Loc: site}})))
	for n, good := range map[int]bool{sitemap.MaxImages: true, sitemap.MaxImages + 1: false} {
		doc := strings.Replace(one, "  </url>\n", strings.Repeat(image, n)+"  </url>\n", 1)
		if err := sitemap.Check([]byte(doc), siteHosts); (err == nil) != good {
			t.Errorf("%d images: %v, want them taken: %t", n, err, good)
		}
	}
}

// Children stand beside their index, whatever dots its folders have.
func TestChildrenStandBesideTheIndex(t *testing.T) {
	for index, want := range map[string]string{
		"/sitemap.xml": "/sitemap-2026-11.xml", "/v1.2/sitemap": "/v1.2/sitemap-2026-11", "/v1.2/map.xml": "/v1.2/map-2026-11.xml", "/a.b.xml": "/a.b-2026-11.xml",
	} {
		got := sitemap.ChildPath(index, "2026-11")
		name, ok := sitemap.ChildName(index, got)
		if got != want || name != "2026-11" || !ok {
			t.Errorf("%s: got the child %s, whose name is %q, %t, want %s", index, got, name, ok, want)
		}
	}
	for _, path := range []string{"/sitemap.xml", "/sitemap-.xml", "/sitemap-2026-11.xml.gz", "/other-2026-11.xml", "/a/sitemap-2026-11.xml"} {
		if name, ok := sitemap.ChildName("/sitemap.xml", path); ok {
			t.Errorf("%s is taken for the child %q", path, name)
		}
	}
}

// Check may not panic, and what it lets through reads back.
func FuzzCheck(f *testing.F) {
	f.Add(urlset(f, slices.Values(pages())))
	f.Add(index(f, children()))
	f.Fuzz(func(t *testing.T, doc []byte) {
		if sitemap.Check(doc, siteHosts) != nil {
			return
		}
		urls, list, ours, err := sitemap.Read(doc)
		if err != nil || !ours || len(urls)+len(list) == 0 {
			t.Errorf("passes the gate, but reads as %v, %v, ours %v, %v", urls, list, ours, err)
		}
	})
}
