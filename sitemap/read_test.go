package sitemap_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/sitemap"
)

func TestReadOurs(t *testing.T) {
	urls, list, ours, err := sitemap.Read(urlset(t, slices.Values(pages())))
	want := pages()
	want[1].LastMod = at("2026-03-02T01:00:00Z")
	if err != nil || !ours || list != nil || !reflect.DeepEqual(urls, want) {
		t.Errorf("got %+v, %v, ours %v, %v", urls, list, ours, err)
	}
	urls, list, ours, err = sitemap.Read(index(t, children()))
	if err != nil || !ours || urls != nil || !reflect.DeepEqual(list, children()) {
		t.Errorf("got %v, %+v, ours %v, %v", urls, list, ours, err)
	}
}

func TestReadForeign(t *testing.T) {
	doc := "\uFEFF" + `<?xml version="1.0"?>
<!-- made elsewhere -->
<s:urlset xmlns:s="http://www.google.com/schemas/sitemap/0.84">
 <s:url><s:priority>0.5</s:priority><s:lastmod> 2024-07 </s:lastmod><s:loc>
   https://blog.example.org/a?x=1&y=2 </s:loc></s:url>
 <s:url><s:loc>https://blog.example.org/b</s:loc><s:lastmod>2024-07-16T13:30+09:00</s:lastmod></s:url>
 <s:url><s:loc>https://blog.example.org/c</s:loc><s:lastmod>yesterday</s:lastmod></s:url>
 <s:url><s:lastmod>2024</s:lastmod></s:url>
</s:urlset>`
	urls, _, ours, err := sitemap.Read([]byte(doc))
	want := []sitemap.URL{
		{Loc: "https://blog.example.org/a?x=1&y=2", LastMod: at("2024-07-01T00:00:00Z")},
		{Loc: "https://blog.example.org/b", LastMod: at("2024-07-16T04:30:00Z")},
		{Loc: "https://blog.example.org/c"},
	}
	same := func(a, b sitemap.URL) bool { return a.Loc == b.Loc && a.LastMod.Equal(b.LastMod) }
	if err != nil || ours || !slices.EqualFunc(urls, want, same) {
		t.Errorf("got %+v, ours %v, %v", urls, ours, err)
	}
}

func TestReadRefuses(t *testing.T) {
	tests := map[string]string{
		"":                                       "EOF",
		"<html></html>":                          "neither",
		"<urlset><url><loc>https://a/</loc>":     "unexpected EOF",
		"<urlset>" + strings.Repeat("<a>", 1000): "too deeply",
		"<urlset>" + strings.Repeat("<url><loc>https://a/</loc></url>", sitemap.MaxURLs+1) + "</urlset>": "over the limit",
		strings.Repeat(" ", sitemap.MaxBytes+1):                                                          "over the limit",
	}
	for doc, want := range tests {
		if _, _, _, err := sitemap.Read([]byte(doc)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %q", doc, err, want)
		}
	}
}

// Read may not panic or hang, whatever it is given.
func FuzzRead(f *testing.F) {
	f.Add(urlset(f, slices.Values(pages())))
	f.Add(index(f, children()))
	f.Add([]byte("<urlset></urlset></urlset>"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		start := time.Now()
		urls, list, _, err := sitemap.Read(doc)
		if err != nil && (urls != nil || list != nil) {
			t.Error("both a result and an error")
		}
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%d bytes took %s", len(doc), d)
		}
	})
}
