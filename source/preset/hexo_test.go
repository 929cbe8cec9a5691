package preset_test

import (
	"errors"
	"testing"
	"time"

	"herald/source/permalink"
	"herald/source/preset"
	"herald/source/reader"
)

// hexoPath returns the path that Hexo's preset makes of a file for a pattern, and its date.
func hexoPath(t *testing.T, pattern, name, fields string) (at string, published time.Time, err error) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	a, err := reader.Parse(name, []byte("---\ntitle: 첫 글!\ndate: 2024-01-05 23:00:00\n"+fields+"\n---\n글"), reader.Reading{
		Path: name, Pattern: pattern, Preset: preset.Named("hexo"), Zone: zone, FrontMatterRequired: true,
	})
	if err != nil {
		return "", published, err
	}
	at, err = permalink.Expand(a, zone)
	return at, a.Published, err
}

func TestHexoAddresses(t *testing.T) {
	for _, c := range []struct{ pattern, name, fields, want string }{
		{"/:year/:month/:day/:title/", "a.md", "", "/2024/01/05/a/"},
		{"/:title/", "2024-01-05-a.md", "", "/2024-01-05-a/"},
		{"/:title/", "sub/Some Name.md", "", "/sub/Some Name/"},
		{"/:name.html", "sub/Some Name.md", "", "/Some Name.html"},
		{"/:undated_title/", "2024-01-05-a-b.md", "", "/a-b/"},
		{"/:undated_title/", "sub/2024-01-05 a.md", "", "/sub-2024-01-05-a/"},
		{"/:post_title/", "a.md", "", "/첫-글/"},
		{"/:category/:title", "a.md", "", "/uncategorized/a"},
		{"/:category/:title", "a.md", "categories: Ünder one, two", "/Under-one-two/a"},
		{"/:category/:title", "a.md", "categories: [가, 나 다]", "/가/나-다/a"},
		{"/:category/:title", "a.md", "categories: [[가, 나], [라]]", "/라/a"},
		{"/:category/:title", "a.md", "category: 하나", "/하나/a"},
		{"/:abbrlink/", "a.md", "abbrlink: 1f2e", "/1f2e/"},
		{"/:title/", "a...b.md", "", "/a...b/"},
		{"/:title/", "a.md", "permalink: own/page", "/own/page"},
	} {
		got, _, err := hexoPath(t, c.pattern, c.name, c.fields)
		if err != nil || got != c.want {
			t.Errorf("%s %s %s: got %q, %v, want %q", c.pattern, c.name, c.fields, got, err, c.want)
		}
	}
	var unknown *permalink.PatternError
	if _, _, err := hexoPath(t, "/:abbrlink/", "a.md", ""); !errors.As(err, &unknown) {
		t.Errorf("an article without the key of its pattern: %v, want a pattern error", err)
	}
}

// A time with an offset is what UTC's clock shows then, in the zone of the site.
func TestHexoDates(t *testing.T) {
	for written, want := range map[string]string{
		"2024-01-05 23:00:00":        "2024-01-05T14:00:00Z",
		"2024-01-05T23:00:00Z":       "2024-01-05T14:00:00Z",
		"2024-01-05 23:00:00 +09:00": "2024-01-05T05:00:00Z",
		"2024-01-05T23:00:00.250Z":   "2024-01-05T14:00:00Z",
		"2024-1-5 23:00:00 Z":        "2024-01-05T14:00:00Z",
		"2024-01-05":                 "2024-01-04T15:00:00Z",
		"2024-01-05 23:00:00 +0900":  "2024-01-05T14:00:00Z",
		"\"2024-01-05T23:00:00Z\"":   "2024-01-05T23:00:00Z",
	} {
		_, got, err := hexoPath(t, "/:title/", "a.md", "updated: 2024-01-06\nDATE: "+written)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%s: got %v, %v, want %s", written, got, err, want)
		}
	}
}

func TestHexoSkips(t *testing.T) {
	for name, in := range map[string]bool{"a.md": true, "a.html": true, "a.txt": false, "sub/a.mdx": false, "_drafts/a.md": false} {
		if _, _, err := hexoPath(t, "/:title/", name, ""); (err == nil) != in {
			t.Errorf("%s: %v, want it taken in: %t", name, err, in)
		}
	}
}
