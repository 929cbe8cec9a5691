package scaffold

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"herald/cmd/internal/scaffold/generator"
	"herald/config"
)

// Whatever a generator's config says, the written herald.yaml loads and says the same.
func TestInitWritesWhatLoads(t *testing.T) {
	for _, title := range []string{
		"마을 소식", "마을: 소식", "yes", "null", "~", "- a", "# 소식", "[속보]", "{a}", "a #b", "따옴표 \" ' \\", "${HOME} $${x}", "1.10", "2024-01-02",
		"@x", "!x", "&x", "*x", "%x", "`x", "|", ">", "끝:", "a,b", ".", "..", ".nan", "N", "=",
	} {
		t.Run(title, func(t *testing.T) {
			dir := t.TempDir()
			s := &site{
				found:   generator.Found{Generator: "Jekyll", Title: title, Description: title, Author: title, Zone: "Asia/Seoul", Language: "ko-KR", PublishTo: "./public", Notes: []string{title}},
				sources: []origin{{is: generator.Source{Name: title, Path: ".", Permalink: "/:categories/:title/", Exclude: []string{"a b", "초안/**"}}}},
			}
			file := filepath.Join(dir, "herald.yaml")
			text := strings.Replace(s.yaml(Files{1, 2}), "https://change-me.invalid", "https://news.example.org", 1)
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			c, warnings, err := config.Load(file, config.Options{})
			if err != nil || len(warnings) > 0 {
				t.Fatalf("%v %v\n%s", err, warnings, text)
			}
			if c.Site.Title != title || c.Site.Author.Name != title || c.Sources[0].Name != title {
				t.Errorf("title %q, author %q, source %q, want %q", c.Site.Title, c.Site.Author.Name, c.Sources[0].Name, title)
			}
			if c.Site.Timezone.String() != "Asia/Seoul" || !c.Notify.IndexNow.On || c.Sources[0].FrontMatter != "required" {
				t.Errorf("zone %v, IndexNow %v, front matter %v", c.Site.Timezone, c.Notify.IndexNow.On, c.Sources[0].FrontMatter)
			}
		})
	}
}

func FuzzQuoted(f *testing.F) {
	for _, s := range []string{"마을: 소식", "yes", "a\x00b", "끝:", "- x", "\xff", "0x1f", "1_000", ".inf", "a'b\"c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back any
		text := scalar(s)
		if err := yaml.Unmarshal([]byte("a: "+text+"\n"), &map[string]any{}); err != nil {
			t.Fatalf("%q: %s: %v", s, text, err)
		}
		if err := yaml.Unmarshal([]byte("["+text+"]"), &back); err != nil {
			t.Fatalf("%q: %s: %v", s, text, err)
		}
		want := strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "${", "$${")
		want = strings.Map(func(r rune) rune {
			if r >= ' ' && generator.DropUnprintable(r) < 0 && r != 0x2028 && r != 0x2029 {
				return -1
			}
			return r
		}, want)
		if got, ok := back.([]any)[0].(string); !ok || got != want {
			t.Fatalf("%q is written %s and read back as %v", s, text, back)
		}
	})
}
