package preset_test

import (
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/preset"
	"herald/source/reader"
)

// read reads a file of a Jekyll site in a folder of this name.
func read(t *testing.T, folder, name, text string) (*source.Article, error) {
	t.Helper()
	as, err := preset.For("jekyll", folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	return reader.Parse(name, []byte(text), reader.Reading{Path: name, Pattern: as.Permalink, Preset: as, Zone: zone, FrontMatterRequired: true,
		Defaults: reader.Defaults{Categories: []string{"나루"}}})
}

func TestJekyllNames(t *testing.T) {
	for name, want := range map[string]string{
		"2024-01-05-a":  "2024-01-05 a",
		"2024-1-5-a-b":  "2024-1-5 a-b",
		"17-02-06-a":    "2017-02-06 a",
		"69-02-06-a":    "1969-02-06 a",
		"68-02-06-a":    "2068-02-06 a",
		"217-02-06-a":   " 217-02-06-a",
		"20170-02-06-a": " 20170-02-06-a",
		"2024-01-05":    " 2024-01-05",
		"2024-01-05-":   " 2024-01-05-",
		"2024-01-05a-b": " 2024-01-05a-b",
		"2024-001-05-a": " 2024-001-05-a",
		"2024-01_05-a":  " 2024-01_05-a",
		"a-2024-01-05-": " a-2024-01-05-",
		"":              " ",
	} {
		date, rest := preset.CutJekyllDate(name)
		if got := date + " " + rest; got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func FuzzJekyllNames(f *testing.F) {
	f.Add("2024-01-05-a")
	f.Add("17-2-6-")
	f.Fuzz(func(t *testing.T, name string) {
		date, rest := preset.CutJekyllDate(name)
		if !strings.HasSuffix(name, rest) || (date == "") != (rest == name) {
			t.Errorf("%q is taken apart into %q and %q", name, date, rest)
		}
	})
}

// Which files Jekyll makes documents of is said by their folder and their name.
func TestJekyllSkips(t *testing.T) {
	for _, c := range []struct {
		folder, name string
		in           bool
	}{
		{"_posts", "2024-01-05-a.md", true},
		{"_posts", "template.md", false},
		{"_posts", "2024-01-05-a/index.md", false},
		{"_wiki", "page.md", true},
		{"site", "news/_posts/2024-01-05-a.md", true},
		{"site", "news/_posts/template.md", false},
		{"site", "_drafts/2024-01-05-a.md", false},
		{"_drafts", "2024-01-05-a.md", false},
		{"site", "notes/page.md", true},
	} {
		_, err := read(t, c.folder, c.name, "---\ntitle: 글\n---\n본문")
		if (err == nil) != c.in {
			t.Errorf("%s/%s: %v, want it taken in: %t", c.folder, c.name, err, c.in)
		}
	}
}

// A time that Ruby's YAML reads is UTC without an offset; what stays a text is in the zone of the site.
func TestJekyllZone(t *testing.T) {
	for written, want := range map[string]string{
		"2024-01-05 23:00:00":       "2024-01-05T23:00:00Z",
		"2024-01-05T23:00:00":       "2024-01-05T23:00:00Z",
		"\"2024-01-05 23:00:00\"":   "2024-01-05T14:00:00Z",
		"2024-01-05 23:00":          "2024-01-05T14:00:00Z",
		"2024-01-05":                "2024-01-04T15:00:00Z",
		"2024-01-05 23:00:00 +0900": "2024-01-05T14:00:00Z",
		"'2024-01-05 23:00:00'":     "2024-01-05T14:00:00Z",
	} {
		a, err := read(t, "_posts", "2024-01-01-a.md", "---\ntitle: 글\ndate: "+written+"\n---\n본문")
		if err != nil || a.Published.Format(time.RFC3339) != want {
			t.Errorf("%s: got %v, %v, want %s", written, a.Published, err, want)
		}
	}
	a, err := read(t, "_posts", "2024-01-01-a.md", "---\ntitle: 글\ndate: 2024-01-05 23:00:00\n---\n본문")
	if err != nil || a.Zoneless {
		t.Errorf("a time that is UTC by rule counts as one without a zone: %v", err)
	}
}

func TestJekyllTitlesAndCategories(t *testing.T) {
	a, err := read(t, "site", "마을/_posts/2024-01-01-heLLO-새-WORLD.md", "---\ncategories: a, b\ncategory: c d\n---\n본문")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Hello 새 World"; a.Title != want {
		t.Errorf("title %q, want %q", a.Title, want)
	}
	if got, want := strings.Join(a.Categories, "|"), "마을|나루|a,|b|c d"; got != want {
		t.Errorf("categories %q, want %q", got, want)
	}
}

// The id is that of jekyll-feed: the folder of the URL with the slug in it.
func TestJekyllIDs(t *testing.T) {
	as := preset.Named("jekyll")
	for _, c := range []struct{ url, name, slug, want string }{
		{"https://x.example/2024/a.html", "a", "", "https://x.example/2024/a"},
		{"https://x.example/2024/a/", "a", "", "https://x.example/2024/a"},
		{"https://x.example/y/", "글 하나", "", "https://x.example/%EA%B8%80%20%ED%95%98%EB%82%98"},
		{"https://x.example/y", "a", "B c", "https://x.example/B%20c"},
		{"https://x.example/", "a", "", ""},
		{"https://x.example/2024/a.html", "", "", ""},
		{"https://x.example/2024/a.html", "100%25?#", "", "https://x.example/2024/100%2525%3F%23"},
	} {
		a := &source.Article{Link: source.Link{Name: c.name, Slug: c.slug}}
		if got := as.ID(a, c.url); got != c.want {
			t.Errorf("%s %q %q: got %q, want %q", c.url, c.name, c.slug, got, c.want)
		}
	}
}

// In a collection names and paths keep their dates, as Jekyll has it.
func TestJekyllCollections(t *testing.T) {
	as, err := preset.For("jekyll", "_wiki", nil)
	if err != nil {
		t.Fatal(err)
	}
	if as.Permalink != "/wiki/:path:output_ext" {
		t.Errorf("the pattern of a collection is %q", as.Permalink)
	}
	a := &source.Article{Link: source.Link{Pattern: "/:collection/:path/:name/"}}
	if err := as.Address(a, "가/2024-01-05-Some Page.md", []frontmatter.Field(nil)); err != nil {
		t.Fatal(err)
	}
	if v := a.Link.Values; v["collection"] != "wiki" || v["path"] != "/가/2024-01-05-Some Page" || v["name"] != "2024-01-05-some-page" || a.Link.Name != "Some Page" {
		t.Errorf("got %q and the name %q", v, a.Link.Name)
	}
}
