package reader_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"herald/source"
	"herald/source/permalink"
	"herald/source/reader"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestParse reads every file below testdata/parse and compares the whole Article with the golden
// file beside it. Adding a pair is all that a new case takes; -update writes the golden file.
func TestParse(t *testing.T) {
	root := filepath.Join("testdata", "parse")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".golden") {
			return err
		}
		key := filepath.ToSlash(strings.TrimPrefix(path, root+string(os.PathSeparator)))
		t.Run(key, func(t *testing.T) { compareParsed(t, path, key) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func compareParsed(t *testing.T, path, key string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, err := reader.Parse("articles/"+key, data, reader.Reading{
		Path: key, Pattern: "/:path/", Zone: seoul(t),
		Defaults: reader.Defaults{Authors: []source.Author{{Name: "편집국"}}, Categories: []string{"뉴스"}, Language: "ko"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if a.ContentDigest.IsZero() {
		t.Error("the content digest is not set")
	}
	shown := struct {
		*source.Article
		ContentDigest *string `json:",omitempty"` // hides the digest, which has tests of its own
	}{Article: a}
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(shown); err != nil {
		t.Fatal(err)
	}
	golden := path + ".golden"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// TestParseCategories: the folders above _posts are categories in a URL, as with Jekyll.
func TestParseCategories(t *testing.T) {
	for path, want := range map[string]string{
		"_posts/2024-01-02-글.md":       "/it-과학/글/",
		"정치/외교/_posts/2024-01-02-글.md": "/정치/외교/it-과학/글/",
		"정치/_posts/외교/2024-01-02-글.md": "/정치/it-과학/글/",
		"IT-과학/../_posts/글.md":         "/it-과학/글/",
		"정치/2024-01-02-글.md":           "/it-과학/글/",
	} {
		a, err := reader.Parse("x", []byte("---\ntitle: 제목\ncategories: IT-과학\n---\n"), reader.Reading{Path: path, Pattern: "/:categories/:title/"})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := permalink.Expand(a, nil); got != want || err != nil || len(a.Categories) != 1 {
			t.Errorf("%s: %q, %v, %q; want %q", path, got, err, a.Categories, want)
		}
	}
}

func TestParseLink(t *testing.T) {
	tests := []struct{ path, dir, name string }{
		{"a.md", "", "a"},
		{"2024/봄/소식.md", "2024/봄", "소식"},
		{"정치/_posts/2024-01-02-첫-글.md", "정치", "첫-글"},
		{"_posts/2024-01-02-a.b.md", "", "a.b"},
		{"2024-01-02.md", "", "2024-01-02"},
		{"2024-1-2-글.md", "", "글"},
		{"24-1-2-글.md", "", "24-1-2-글"},
		{"2024-001-2-글.md", "", "2024-001-2-글"},
		{"2024-01-02-.md", "", "2024-01-02-"},
		{"2024-01-0x-글.md", "", "2024-01-0x-글"},
		{"2024-01-02-글\n둘.md", "", "2024-01-02-글\n둘"},
		{"index.md", "", ""},
		{"about/index.html", "", "about"},
		{"가/나/index.md", "가", "나"},
		{"2024-01-02-묶음/index.md", "", "묶음"},
		{"\u1112\u1161\u11ab\u1100\u1173\u11af.md", "", "한글"}, // NFD, as macOS writes it
		{"Makefile", "", "Makefile"},
	}
	for _, tt := range tests {
		a, err := reader.Parse("x", []byte("제목\n\n본문"), reader.Reading{Path: tt.path})
		if err != nil || a.Link.Dir != tt.dir || a.Link.Name != tt.name {
			t.Errorf("%s: %+v, %v; want %q %q", tt.path, a, err, tt.dir, tt.name)
		}
	}
}

func TestParseDateChain(t *testing.T) {
	const dated = "---\ntitle: 제목\ndate: 2024-05-06 07:08:09 +0900\n---\n"
	tests := []struct {
		name, path, text string
		chain            []source.DateRule
		rule             source.DateRule
		want             string
		zoneless         bool
	}{
		{"front matter first", "2024-01-02-a.md", dated, nil, source.DatedByFrontMatter, "2024-05-05T22:08:09Z", false},
		{"file name", "2024-01-02-a.md", "제목", nil, source.DatedByFileName, "2024-01-01T15:00:00Z", true},
		{"file name first", "2024-01-02-a.md", dated, []source.DateRule{source.DatedByFileName, source.DatedByFrontMatter}, source.DatedByFileName, "2024-01-01T15:00:00Z", true},
		{"undated", "a.md", "제목", nil, "", "0001-01-01T00:00:00Z", false},
		{"first sight alone", "2024-01-02-a.md", dated, []source.DateRule{source.DatedByFirstSeen}, "", "0001-01-01T00:00:00Z", false},
		{"published true is no date", "a.md", "---\ntitle: 제목\npublished: true\npublished_at: 2024-01-02\n---\n", nil, source.DatedByFrontMatter, "2024-01-01T15:00:00Z", true},
		{"empty is none", "a.md", "---\ntitle: 제목\ndate:\npublishDate: 2024-01-02\n---\n", nil, source.DatedByFrontMatter, "2024-01-01T15:00:00Z", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := reader.Parse("x", []byte(tt.text), reader.Reading{Path: tt.path, Zone: seoul(t), Dates: tt.chain})
			if err != nil {
				t.Fatal(err)
			}
			if a.DatedBy != tt.rule || a.Published.Format(time.RFC3339) != tt.want || a.Zoneless != tt.zoneless {
				t.Errorf("%s %s %t", a.DatedBy, a.Published.Format(time.RFC3339), a.Zoneless)
			}
		})
	}
	var refused *source.ArticleError
	if _, err := reader.Parse("x", []byte("제목"), reader.Reading{Path: "2024-02-30-a.md"}); !errors.As(err, &refused) {
		t.Errorf("a day that no calendar has: %v, want a refusal", err)
	}
	a, err := reader.Parse("x", []byte("제목"), reader.Reading{Path: "1950-06-25-a.md"})
	if err != nil || a.Published.Format(time.DateOnly) != "1950-06-25" {
		t.Errorf("1950: %v, %v", a, err)
	}
}

func TestParseFields(t *testing.T) {
	tests := []struct {
		name, block string
		check       func(a *source.Article) bool
	}{
		{"plural text splits at white space", "categories: 정치 외교", func(a *source.Article) bool { return strings.Join(a.Categories, "|") == "정치|외교" }},
		{"plural text splits at commas", "tags: 봄 축제, 도서관", func(a *source.Article) bool { return strings.Join(a.Tags, "|") == "봄 축제|도서관" }},
		{"singular text is one", "category: 정치 외교", func(a *source.Article) bool { return strings.Join(a.Categories, "|") == "정치 외교" }},
		{"numbers as written", "tags: [2024, 1.10, yes, ~]", func(a *source.Article) bool { return strings.Join(a.Tags, "|") == "2024|1.10|yes" }},
		{"maps in lists", "tags: [{name: 봄}, {x: y}]", func(a *source.Article) bool { return strings.Join(a.Tags, "|") == "봄" && len(a.Warnings) == 1 }},
		{"authors text", "authors: 가람, 나래", func(a *source.Article) bool { return len(a.Authors) == 2 && a.Authors[1].Name == "나래" }},
		{"author map", "author: {name: 편집국, email: x, url: 'javascript:alert(1)'}", func(a *source.Article) bool {
			return len(a.Authors) == 1 && a.Authors[0] == (source.Author{Name: "편집국"}) && len(a.Warnings) == 2
		}},
		{"image list of maps", "image: [{path: /a.jpg}, /b.jpg]", func(a *source.Article) bool { return a.Image == "/a.jpg" }},
		{"image false", "image: false\ncover: /c.jpg", func(a *source.Article) bool { return a.Image == "/c.jpg" }},
		{"id is verbatim", "guid: 'post-0012 '", func(a *source.Article) bool { return a.ID == "post-0012" }},
		{"id digits", "id: 0012", func(a *source.Article) bool { return a.ID == "0012" }},
		{"sitemap false", "sitemap: false", func(a *source.Article) bool { return a.NoSitemap && !a.NoFeed }},
		{"feed off", "feed: off", func(a *source.Article) bool { return a.NoFeed }},
		{"robots none", "robots: NONE", func(a *source.Article) bool { return a.NoIndex }},
		{"robots index", "robots: index, follow", func(a *source.Article) bool { return !a.NoIndex }},
		{"bad language", "lang: 한국어", func(a *source.Article) bool { return a.Language == "" && len(a.Warnings) == 1 }},
		{"canonical", "canonical_url: https://other.example/a", func(a *source.Article) bool { return a.Canonical == "https://other.example/a" }},
		{"own permalink", "url: /a/", func(a *source.Article) bool { return a.Link.Own && a.Link.Pattern == "/a/" }},
		{"enclosures", "enclosures: [/a.mp3, {url: /b.bin, type: x, length: -1}]", func(a *source.Article) bool {
			return len(a.Enclosures) == 2 && a.Enclosures[0].Type == "audio/mpeg" && a.Enclosures[1].Type == "application/octet-stream" && a.Enclosures[1].Length == 0
		}},
		{"a list for a title", "summary: [a, b]", func(a *source.Article) bool { return a.Summary == "[a, b]" }},
		{"plural before singular, as Jekyll", "category: 속보\ncategories: [정치, 속보]", func(a *source.Article) bool { return strings.Join(a.Categories, "|") == "정치|속보" }},
		{"an image that nobody can fetch", "image: javascript:alert(1)\ncover: ['data:image/png;base64,x', {url: 'about:blank', src: '//cdn.example.org/a.png'}]", func(a *source.Article) bool {
			return a.Image == "//cdn.example.org/a.png" && len(a.Warnings) == 1
		}},
		{"a canonical URL that nobody can follow", "canonical_url: javascript:alert(1)", func(a *source.Article) bool { return a.Canonical == "" && len(a.Warnings) == 1 }},
		{"an unreadable change", "lastmod: 어제", func(a *source.Article) bool {
			return a.Updated.IsZero() && len(a.Warnings) == 1 && strings.HasPrefix(a.Warnings[0].Message, `lastmod: "어제": want a date`)
		}},
		{"expires never", "expires: 9999-12-31", func(a *source.Article) bool { return a.Expires.IsZero() }},
		{"expires never, from its first day on", "expires: 9999-01-01", func(a *source.Article) bool { return a.Expires.IsZero() && len(a.Warnings) == 0 }},
		{"expires never, to the second", "expires: '9999-12-31T23:59:59Z'", func(a *source.Article) bool { return a.Expires.IsZero() && len(a.Warnings) == 0 }},
		{"expires never, with a space", "expires: \" 9999-06-30 00:00\"", func(a *source.Article) bool { return a.Expires.IsZero() && len(a.Warnings) == 0 }},
		{"expires long from now", "expires: 8999-12-31", func(a *source.Article) bool { return !a.Expires.IsZero() }},
		{"expires", "expires: 2024-01-02", func(a *source.Article) bool { return !a.Expires.IsZero() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := parse("---\ntitle: 제목\n" + tt.block + "\n---\n본문")
			if err != nil {
				t.Fatal(err)
			}
			if !tt.check(a) {
				t.Errorf("%s: %+v", tt.block, a)
			}
		})
	}
}

// TestParseWarnsOfTemplates: C5, a tag that nobody will run is named.
func TestParseWarnsOfTemplates(t *testing.T) {
	const say = ": herald runs no templates; such marks are dropped and the text between them stays"
	for _, c := range []struct {
		path, body string
		want       source.Warning
	}{
		{"a.md", "첫 줄\n{% include_relative foo.md %} {%- 속보 -%}안\n{{ site.title | escape }} {{< figure src=a >}}", source.Warning{Line: 5, Message: "{% include_relative %}, {% 속보 %}, {{ site.title }}" + say}},
		{"a.html", "<p>{% mastodon abc %}</p>", source.Warning{Line: 4, Message: "{% mastodon %}" + say}},
		{"a.html", "<p>{% youtube abc %}</p>", source.Warning{}},
		{"a.md", "`{% a %}`\n\n```\n{{ b }}\n```\n{% raw %}{% c %}{% endraw %} {{ '/d' | relative_url }} {% comment %}{% e %}{% endcomment %} {:.f}", source.Warning{}},
		{"a.html", "<pre>{% a %}</pre> {%", source.Warning{}},
		{"a.txt", "{% 글 %}", source.Warning{}},
	} {
		a, err := reader.Parse("x", []byte("---\ntitle: 제목\n---\n"+c.body), reader.Reading{Path: c.path})
		if err != nil {
			t.Fatal(err)
		}
		var got source.Warning
		if len(a.Warnings) > 0 {
			got = a.Warnings[0]
		}
		if got != c.want || len(a.Warnings) > 1 {
			t.Errorf("%s: %+v, want %+v", c.body, a.Warnings, c.want)
		}
	}
}

// TestParseFirstLine: without front matter the first line is the title and the rest the body.
func TestParseFirstLine(t *testing.T) {
	long := strings.Repeat("가", 2000)
	for _, c := range []struct{ path, text, title, body string }{
		{"a.txt", "\n 첫 줄 \n둘째\n", "첫 줄", "\n둘째\n"},
		{"a.txt", "----\n# 머리\n둘째", "머리", "----\n둘째"},
		{"a.html", "첫 줄 &amp;\n둘째", "첫 줄 &", "둘째"},
		{"a.md", `# \[속보\] 머리` + "\n둘째", "[속보] 머리", "둘째"},
		{"a.txt", long + "\n둘째", strings.Repeat("가", 1365), long + "\n둘째"},
	} {
		a, err := reader.Parse("x", []byte(c.text), reader.Reading{Path: c.path})
		if err != nil || a.Title != c.title || a.Body.Text != c.body {
			t.Errorf("%s %q: %+v, %v", c.path, c.text, a, err)
		}
	}
}

func TestParseIsQuickOnHugeLines(t *testing.T) {
	start := time.Now()
	for _, path := range []string{"a.txt", "a.md", "a.html"} {
		text := "제목\n" + strings.Repeat("긴 줄 ", 2<<20)
		if _, err := reader.Parse("x", []byte(text), reader.Reading{Path: path}); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("three files of 14 MB took %v", took)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a.md", []byte("---\ntitle: [속보] 강풍\ndate: 2024-01-02\n---\n본문"))
	f.Add("2024-01-02-a.txt", []byte("+++\ntitle = '제목'\n[cover]\nimage='/a'\n+++\n"))
	f.Add("x/index.html", []byte("{\"title\": 1.10, \"tags\": [null, {\"a\": []}]}\n<p>"))
	f.Add("a.md", []byte("---\na: &a [*a]\ntitle: *a\n<<: *a\n---\n"))
	f.Add("a.md", []byte(bomb()))
	f.Add("x/index.h\x9d\x9d", []byte("제목"))
	f.Fuzz(func(t *testing.T, path string, data []byte) {
		a, err := reader.Parse("place", data, reader.Reading{Path: path, Zone: seoul(t)})
		if err != nil {
			var refused *source.ArticleError
			if !errors.As(err, &refused) || refused.Place != "place" || refused.Reason == "" {
				t.Fatalf("err = %v", err)
			}
			return
		}
		again, err := reader.Parse("place", data, reader.Reading{Path: path, Zone: seoul(t)})
		if err != nil || again.ContentDigest != a.ContentDigest {
			t.Fatalf("a second reading differs: %v", err)
		}
		if a.ContentDigest != reader.ContentDigest(a) {
			t.Fatal("ContentDigest returns another digest of the article than Parse did")
		}
		for _, s := range []string{a.Title, a.Summary, a.ID, a.Image, a.Body.Text, a.Language} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\b\ufffe\r") {
				t.Fatalf("%q is not clean", s)
			}
		}
		if strings.TrimSpace(a.Title) == "" {
			t.Fatal("no title")
		}
	})
}
