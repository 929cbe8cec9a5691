package reader_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/reader"
	"herald/source/text"
)

// withoutLines returns the article with warnings that name no place in a file.
func withoutLines(a *source.Article) source.Article {
	b := *a
	b.Warnings, b.IDAt, b.URLAt = nil, source.At{}, source.At{}
	for _, w := range a.Warnings {
		b.Warnings = append(b.Warnings, source.Warning{Message: w.Message})
	}
	return b
}

// fieldMap returns front matter as the Go values that a decoder makes.
func fieldMap(fields []frontmatter.Field) map[string]any {
	m := map[string]any{}
	for _, f := range fields {
		m[f.Key] = goValue(f.Value)
	}
	return m
}

func goValue(v frontmatter.Value) any {
	switch v.Kind {
	case frontmatter.Scalar:
		return v.Text
	case frontmatter.List:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, goValue(item))
		}
		return list
	case frontmatter.Mapping:
		return fieldMap(v.Fields)
	}
	return nil
}

// TestComposeEqualsParse: the fields and the body of a file make the article that the file makes.
func TestComposeEqualsParse(t *testing.T) {
	compared := 0
	root := filepath.Join("testdata", "parse")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".golden") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, _, warnings := text.Clean(data)
		front, err := frontmatter.Split(file)
		if err != nil || !front.Present {
			return err
		}
		key := filepath.ToSlash(strings.TrimPrefix(path, root+string(os.PathSeparator)))
		r := reader.Reading{
			Path: key, Pattern: "/:path/", Zone: seoul(t),
			Defaults: reader.Defaults{Authors: []source.Author{{Name: "편집국"}}, Categories: []string{"뉴스"}, Language: "ko"},
		}
		parsed, err := reader.Parse("articles/"+key, data, r)
		if err != nil {
			return err
		}
		composed, err := reader.Compose("articles/"+key, fieldMap(front.Fields), front.Body, r)
		if err != nil {
			return err
		}
		parsed.Warnings = parsed.Warnings[len(warnings)+len(front.Warnings):] // those of the encoding and of YAML itself
		want := withoutLines(parsed)
		if got := withoutLines(composed); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", key, got, want)
		}
		compared++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if compared < 5 {
		t.Errorf("%d files with front matter were compared, want 5 or more", compared)
	}
}

// composeSamples are objects of JSON whose fields have all shapes that an article may have.
func composeSamples() []string {
	return []string{
		`{"title": "[속보] 강풍 & <b>주의보</b>", "date": "2024-01-02 15:04:05", "lastmod": "2024-01-03T00:00:00Z", "expires": "2030-01-01"}`,
		`{"title": 1.10, "id": 12, "draft": true, "sitemap": false, "feed": "no", "minor": 1, "robots": ["noindex"]}`,
		`{"title": "가", "tags": ["나", {"name": "다"}, null, 4], "categories": "라 마", "category": "바 사"}`,
		`{"title": "가", "authors": [{"name": "나", "email": "a@news.example.org", "url": "https://news.example.org/b"}, "다 <c@news.example.org>"]}`,
		`{"title": "가", "image": {"url": "/a.jpg"}, "enclosures": ["/b.mp3", {"url": "/c.mp4", "length": 1024}], "canonical_url": "javascript:x"}`,
		`{"title": "가", "translations": [{"lang": "en_US", "url": "/en"}, {"lang": "?", "url": "/x"}], "lang": "ko_KR", "permalink": "/:slug/", "slug": "나"}`,
		`{"title": "a\u0008b\r\nc", "excerpt": "줄\n둘", "image": [], "author": {"email": "x"}}`,
		`{}`,
		`{"title": "가", "date": [1]}`,
		`{"title": "가", "draft": "아마"}`,
	}
}

// checkComposed compares the article of a JSON object with a body behind it with that of the decoded object and the
// body.
func checkComposed(t *testing.T, object, body, path string) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(object))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil || fields == nil {
		return
	}
	r := reader.Reading{Path: path, Zone: seoul(t)}
	parsed, err := reader.Parse("row 1", []byte(object+"\n"+body), r)
	composed, err2 := reader.Compose("row 1", fields, body, r)
	var refused, refused2 *source.ArticleError
	switch {
	case errors.As(err, &refused) && errors.As(err2, &refused2):
		if refused.Reason != refused2.Reason || refused2.Place != "row 1" {
			t.Errorf("%s: refused with %q, want %q", object, refused2.Reason, refused.Reason)
		}
	case err != nil || err2 != nil:
		t.Errorf("%s: error %v, want %v", object, err2, err)
	default:
		if got, want := withoutLines(composed), withoutLines(parsed); !reflect.DeepEqual(got, want) {
			t.Errorf("%s %q:\n got %+v\nwant %+v", object, body, got, want)
		}
	}
}

func TestComposeEqualsParseOfJSON(t *testing.T) {
	for _, object := range composeSamples() {
		for _, path := range []string{"a.md", "2024-01-02-b.html", "c.txt"} {
			checkComposed(t, object, "# 머리\n\n본문 {% include x %} ![](/d.png)\n", path)
			checkComposed(t, object, "", path)
		}
	}
}

func TestComposeValues(t *testing.T) {
	a, err := reader.Compose("news 7", map[string]any{
		"title": []byte("제목"), "id": int64(7), "date": time.Date(2024, 1, 2, 3, 4, 5, 6, time.UTC), "minor": true,
		"tags": []string{"가", "나"}, "expires": nil, "enclosure": map[string]any{"url": "/a.mp3", "length": uint32(9)},
		"authors": []map[string]any{{"name": "다"}}, "summary": json.Number("1.50"), "slug": 2.5,
	}, "첫 줄\r\n둘째\x00", reader.Reading{Markup: source.Text})
	if err != nil {
		t.Fatal(err)
	}
	want := source.Article{
		Place: "news 7", ID: "7", Title: "제목", Summary: "1.50", Minor: true, Tags: []string{"가", "나"},
		Published: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), DatedBy: source.DatedByFrontMatter,
		Authors: []source.Author{{Name: "다"}}, Enclosures: []source.Enclosure{{URL: "/a.mp3", Type: "audio/mpeg", Length: 9}},
		Link: source.Link{Ext: ".html", Slug: "2.5"}, Body: source.Body{Markup: source.Text, Text: "첫 줄\n둘째"},
		ContentDigest: a.ContentDigest,
		Warnings:      []source.Warning{{Line: 2, Column: 3, Message: "characters that XML forbids or advises against are dropped: 1, the first is U+0000"}},
	}
	if !reflect.DeepEqual(*a, want) {
		t.Errorf("got  %+v\nwant %+v", *a, want)
	}
	if digest := reader.ContentDigest(a); a.ContentDigest != digest {
		t.Errorf("digest %s, want %s", a.ContentDigest, digest)
	}
}

func TestComposeRefuses(t *testing.T) {
	deep := any("x")
	for range 100 {
		deep = []any{deep}
	}
	for _, c := range []struct {
		fields map[string]any
		want   string
	}{
		{map[string]any{"title": make(chan int)}, "row 1:1:1: fields: a value of the type chan int is no text, number, time, list or map"},
		{map[string]any{"title": deep}, "row 1:1:1: fields: front matter is nested too deeply"},
		{map[string]any{"title": "제목", "date": "어제"}, `row 1:1:1: date: "어제": want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"`},
		{nil, "row 1:1:1: no title: front matter has none, and there is no heading and no line of text"},
	} {
		if _, err := reader.Compose("row 1", c.fields, "", reader.Reading{}); err == nil || err.Error() != c.want {
			t.Errorf("%v: error %v, want %s", c.fields, err, c.want)
		}
	}
}

// sortedKeys reports whether the keys of all mappings inside a value are in order, each once, as in FromMap.
func sortedKeys(v frontmatter.Value) bool {
	sorted := slices.IsSortedFunc(v.Fields, func(a, b frontmatter.Field) int { return cmp.Or(strings.Compare(a.Key, b.Key), 1) })
	for _, f := range v.Fields {
		sorted = sorted && sortedKeys(f.Value)
	}
	for _, item := range v.Items {
		sorted = sorted && sortedKeys(item)
	}
	return sorted
}

func FuzzCompose(f *testing.F) {
	for _, object := range composeSamples() {
		f.Add(object, "본문", "a.md")
	}
	f.Fuzz(func(t *testing.T, object, body, path string) {
		if clean, _, warnings := text.Clean([]byte(object)); clean != object || warnings != nil {
			return
		}
		front, err := frontmatter.Split(object + "\n" + body)
		if err != nil || !front.Present || front.Body != body {
			return
		}
		for _, field := range front.Fields {
			if !sortedKeys(field.Value) {
				return // the order of keys may mean something, for translations
			}
		}
		checkComposed(t, object, body, path)
	})
}
