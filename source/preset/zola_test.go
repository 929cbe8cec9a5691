package preset_test

import (
	"strings"
	"testing"

	"herald/source/preset"
)

func TestZolaAddress(t *testing.T) {
	korean := map[string]string{"language": "ko"}
	safe := map[string]string{"slugify.paths": "safe"}
	for _, c := range []struct {
		settings         map[string]string
		path, head, want string
	}{
		{nil, "Timeline.md", `path = "2024/01/17/timeline"`, "/2024/01/17/timeline/"},
		{nil, "blog/x.md", `path = "/Up: There/"`, "/Up%3A There/"},
		{nil, "other.md", `slug = "another-name"`, "/another-name/"},
		{nil, "docs/deep/Some Page.md", "", "/docs/deep/some-page/"},
		{nil, "blog/2024-01-18-x.md", "", "/blog/x/"},
		{nil, "blog/2024-01-18_x y/index.md", "", "/blog/x-y/"},
		{nil, "blog/2024-01-18.md", "", "/blog/2024-01-18/"},
		{map[string]string{"slugify.paths_keep_dates": "true"}, "blog/2024-01-18-x.md", "", "/blog/2024-01-18-x/"},
		{nil, "blog/한글 제목.md", "", "/blog/hangeul-jemog/"},
		{nil, "Straße & Œuvre – 100%!.md", "", "/strasse-oeuvre-100/"},
		{nil, "Привет мир.md", "", "/privet-mir/"},
		{nil, "ひらがな・カタカナ.md", "", "/hiragana-katakana/"},
		{nil, "Αθήνα.md", "", "/athena/"},
		{nil, "日本.md", "", "日本.md:1:1: Zola writes 日"},
		{safe, "日本 語?.md", "", "/日本 語/"},
		{map[string]string{"slugify.paths": "off"}, "A?b.md", "", "/A%3Fb/"},
		{korean, "blog/x.ko.md", "", "/ko/blog/x/"},
		{korean, "blog/x/index.ko.md", "", "/ko/blog/x/"},
		{korean, "blog/x.ko.md", `path = "/y"`, "/y/"},
		{nil, "index.md", "", "/"},
	} {
		_, got := readUnder(t, with(t, "zola", c.settings), "", c.path, "+++\ntitle = \"t\"\n"+c.head+"\n+++\n")
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%v %s %s: got %s, want %s", c.settings, c.path, c.head, got, c.want)
		}
	}
	if _, err := preset.For("zola", "content", map[string]string{"slugify.paths": "maybe"}); err == nil {
		t.Error("slugify.paths = maybe is taken")
	}
}

func TestZolaDates(t *testing.T) {
	for _, c := range []struct{ path, head, want string }{
		{"a/2024-01-18-x.md", "", "2024-01-18 00:00"},
		{"a/2024-01-18T10:30:00Z-x.md", "", "2024-01-18 10:30"},
		{"a/2024-01-18_x/index.md", "", "2024-01-18 00:00"},
		{"a/2024-01-18-x.md", "date = 2024-02-01", "2024-02-01 00:00"},
		{"a/x.md", `path = "inside/2024/01/17/timeline"`, "2024-01-17 00:00"},
		{"a/x.md", `path = "2024/13/17/timeline"`, "0001-01-01 00:00"},
		{"a/x.md", "", "0001-01-01 00:00"},
	} {
		a, why := readUnder(t, with(t, "zola", nil), "", c.path, "+++\ntitle = \"t\"\n"+c.head+"\n+++\n")
		if a == nil || a.Published.Format("2006-01-02 15:04") != c.want {
			t.Errorf("%s %s: got %+v (%s), want %s", c.path, c.head, a, why, c.want)
		}
	}
}

func TestZolaIsNoPage(t *testing.T) {
	as := with(t, "zola", nil)
	if _, got := readUnder(t, as, "", "a.md", "+++\ntitle = \"t\"\nrender = false\n+++\n"); !strings.Contains(got, "render") {
		t.Errorf("got %s, want it not rendered", got)
	}
	if _, got := readUnder(t, as, "", "a.html", "+++\ntitle = \"t\"\n+++\n"); !strings.Contains(got, ".md") {
		t.Errorf("got %s, want it no page", got)
	}
	section, err := fields("draft: true\n")
	if err != nil {
		t.Fatal(err)
	}
	if a, _ := readUnder(t, as, "", "a/b.md", "+++\ntitle = \"t\"\n+++\n", preset.Data{Path: "a/_index.md", Fields: section}); a == nil || !a.Draft {
		t.Errorf("got %+v, want the draft of its section", a)
	}
}
