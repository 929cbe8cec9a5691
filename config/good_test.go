package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"herald/config"
	"herald/config/schedule"
)

// write puts a herald.yaml into a new folder and gives its path.
func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "herald.yaml")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func load(t *testing.T, file string, o config.Options) *config.Config {
	t.Helper()
	c, warnings, err := config.Load(file, o)
	if err != nil || len(warnings) > 0 {
		t.Fatalf("%v, %v", warnings, err)
	}
	return c
}

const smallest = `site:
  url: https://news.example.org
  title: 뉴스 속보
sources:
  - path: ./articles
`

func TestDefaults(t *testing.T) {
	file := write(t, smallest)
	dir := filepath.Dir(file)
	got := load(t, file, config.Options{})
	every, err := schedule.Parse("@every 5m", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	want := &config.Config{
		File: file, Dir: dir,
		Site: config.Site{
			URL: "https://news.example.org", Title: "뉴스 속보", Description: "뉴스 속보",
			Timezone: time.UTC, Author: config.Author{Name: "뉴스 속보"},
		},
		State:    config.Path{Written: "herald.db", Abs: filepath.Join(dir, "herald.db")},
		Schedule: every,
		Publish:  config.Publish{To: config.Path{Written: "./public", Abs: filepath.Join(dir, "public")}},
		Sources: []config.Source{{
			Name: "articles", Type: "files", Path: config.Path{Written: "./articles", Abs: filepath.Join(dir, "articles")},
			Include:     []string{"**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm", "**/*.txt"},
			FrontMatter: "optional", Markup: "auto", Permalink: "/:path/",
			Dates:   []string{"front_matter", "file_name", "first_seen"},
			Undated: "auto", PublishWhen: "seen", Schedule: every, Timeout: 5 * time.Minute, Watch: true,
		}},
		Feeds: []config.Feed{{
			Name: "main", Title: "뉴스 속보", Description: "뉴스 속보", Paths: map[string]string{"rss": "/feed.xml", "atom": "/atom.xml", "json": "/feed.json"},
			Items: 50, Content: "full", Bytes: 64_000_000,
		}},
		Sitemap:   config.Sitemap{Path: "/sitemap.xml", URLsPerFile: 10000, BytesPerFile: 10_000_000, Images: true},
		Documents: map[string]string{},
		Notify:    config.Notify{Delay: 30 * time.Second, MinInterval: 10 * time.Minute},
		Guard:     config.Guard{Removed: config.Limit{Share: 200_000}, Changed: config.Limit{Share: 500_000}, Added: config.Limit{Share: 500_000}},
	}
	if len(got.Settings) != 3 {
		t.Errorf("got the settings %v, want the three that are given", got.Settings)
	}
	got.Settings = nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if got.Notify.IndexNow.On || len(got.Notify.WebSub.Hubs) > 0 {
		t.Errorf("got %+v, want nobody told", got.Notify)
	}
}

func TestAll(t *testing.T) {
	c := load(t, "testdata/all.good.yml", config.Options{})
	dir := c.Dir
	equal := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", what, got, want)
		}
	}
	equal("site.url", c.Site.URL, "https://news.xn--3e0b707e.example/%EB%B8%94%EB%A1%9C%EA%B7%B8")
	equal("language", c.Site.Language, "ko-KR")
	equal("timezone", c.Site.Timezone.String(), "Asia/Seoul")
	equal("author", c.Site.Author, config.Author{Name: "편집국", Email: "desk@news.example.org", URL: "https://news.example.org/about"})
	equal("copyright", c.Site.Copyright, "© 새벽 소식, ${그대로}")
	equal("state", c.State.Abs, filepath.Join(dir, "var/herald.db"))
	equal("sources", len(c.Sources), 2)
	equal("names", c.Sources[0].Name+" "+c.Sources[1].Name, "Posts 칼럼")
	equal("path", c.Sources[1].Path, config.Path{Written: "../columns", Abs: filepath.Join(filepath.Dir(dir), "columns")})
	equal("merged", c.Sources[1].Permalink, "/:categories/:year/:slug/")
	equal("defaults", c.Sources[0].Defaults, config.Defaults{
		Categories: []string{"뉴스"}, Tags: []string{"Go", "iOS"}, Authors: []config.Author{{Name: "편집국"}}, Language: "ko",
	})
	equal("all defaults", c.Sources[1].Defaults, config.Defaults{
		Authors: []config.Author{{Name: "필진", Email: "columns@news.example.org"}, {Name: "편집국"}, {Name: "사진부"}},
		Image:   "/logo.png", Draft: true, NoIndex: true, NoSitemap: true, NoFeed: true,
	})
	equal("fields", c.Sources[1].Fields, map[string][]string{"author": {"by"}, "title": {"newstitle", "seo.title"}, "date": {"created_at"}})
	equal("no fields", c.Sources[0].Fields, map[string][]string(nil))
	equal("watch", c.Sources[0].Watch, false)
	equal("feed", c.Feeds, []config.Feed{{
		Name: "main", Title: "새벽 소식 전체", Description: "새벽에 먼저 읽는 소식", Paths: map[string]string{"rss": "/정치/feed.xml", "json": "/feed.json"}, Items: 100, Content: "summary", Bytes: 5_000_000,
	}, {
		Name: "politics", Title: "정치", Description: "새벽에 먼저 읽는 소식", Paths: map[string]string{"rss": "/정치/politics.xml"}, Items: 50, Content: "full", Bytes: 64_000_000,
		Where: config.Terms{Categories: []string{"정치", "외교"}, Sources: []string{"Posts"}, Languages: []string{"ko"}},
		Not:   config.Terms{Tags: []string{"광고"}, Authors: []string{"필진"}},
	}, {
		Name: "by-category", Title: "새벽 소식 – :value", Description: "새벽에 먼저 읽는 소식", Each: "category", Items: 50, Bytes: 64_000_000, Keep: 24 * time.Hour, Content: "full",
		Paths: map[string]string{"rss": "/category/:slug/feed.xml", "json": "/category/:slug.json"}, Not: config.Terms{Tags: []string{"광고"}},
	}})
	equal("sitemap", c.Sitemap, config.Sitemap{Path: "/sitemap_index.xml", URLsPerFile: 50000, BytesPerFile: 50_000_000, Pages: []string{"/", "/about/?lang=ko"}})
	equal("robots", c.Robots, config.Robots{Extra: "User-agent: Test\nDisallow: /tmp/"})
	equal("aliases", c.Aliases, []config.Alias{{Path: "/Feed/INDEX.xml", Target: "/feed.json"}, {Path: "/old.xml", Target: "/category/정치/feed.xml"}, {Path: "/rss.xml", Target: "/정치/feed.xml"}})
	equal("serve", c.Serve.Listen, "[::1]:8080")
	equal("admin", c.Admin, config.Admin{Listen: "127.0.0.1:8081", Token: "a-token-nobody-guesses"})
	equal("notify", c.Notify, config.Notify{
		MinInterval: time.Minute, Verify: config.Verify{Base: "http://127.0.0.1:8080"}, DryRun: true,
		IndexNow: config.IndexNow{On: true, Key: "0123456789abcdef", Endpoints: []string{"http://127.0.0.1:9009/indexnow"}},
		WebSub:   config.WebSub{Hubs: []string{"http://127.0.0.1:9009/hub"}},
	})
	equal("guard", c.Guard, config.Guard{Removed: config.Limit{Share: 125_000}, Changed: config.Limit{Share: 1_000_000}, Added: config.Limit{Count: 40, IsCount: true}})
}

func TestSwitches(t *testing.T) {
	c := load(t, write(t, smallest+"guard: false\nrobots: false\nfeeds: [{name: main, off: true}]\nnotify: {verify: false, indexnow: true}\nserve:\n"), config.Options{})
	if !c.Guard.Off || !c.Robots.Off || len(c.Feeds) != 0 || !c.Notify.Verify.Off || !c.Notify.IndexNow.On || c.Serve.Listen != "" {
		t.Errorf("got %+v, want guard, robots, the feed and verify off, IndexNow on, nothing served", c)
	}
	if got := c.Notify.IndexNow; !got.On || got.Key != "" || len(got.Endpoints) != 1 || got.Endpoints[0] != "https://api.indexnow.org/indexnow" {
		t.Errorf("got %+v, want it on with the default endpoint", got)
	}
}

func TestPrivateHosts(t *testing.T) {
	for _, url := range []string{"http://localhost:8080", "http://127.0.0.1", "http://[::1]:80", "http://10.1.2.3", "http://newsroom", "http://100.64.0.0", "http://100.64.0.1", "http://100.127.255.255", "http://[::ffff:100.100.1.1]", "https://x.invalid", "http://[::ffff:127.0.0.1]", "https://a.local"} {
		text := strings.Replace(smallest, "https://news.example.org", "'"+url+"'", 1)
		if _, _, err := config.Load(write(t, text), config.Options{}); err == nil || !strings.Contains(err.Error(), "allow_private: true") {
			t.Errorf("%s: got %v, want a hint at allow_private", url, err)
		}
		load(t, write(t, strings.Replace(text, "site:", "site:\n  allow_private: true", 1)), config.Options{})
	}
}

// What lies beside the private ranges is public.
func TestPublicHosts(t *testing.T) {
	for _, url := range []string{"http://100.63.255.255", "http://100.128.0.0", "http://11.0.0.1", "http://172.32.0.1", "http://192.169.0.1", "http://169.255.0.1"} {
		load(t, write(t, strings.Replace(smallest, "https://news.example.org", "'"+url+"'", 1)), config.Options{})
	}
}

func TestExample(t *testing.T) {
	c := load(t, "example/herald.yaml", config.Options{})
	files, err := filepath.Glob(filepath.Join(c.Sources[0].Path.Abs, "*.*"))
	if err != nil || len(files) < 10 {
		t.Errorf("got %d articles, %v, want 10 or more", len(files), err)
	}
	// What is commented out must work once its # is gone.
	raw, err := os.ReadFile("example/herald.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(raw), "#\n# notify:")
	if !found {
		t.Fatal("the notify block is gone")
	}
	block = strings.ReplaceAll("\nnotify:"+block, "\n# ", "\n")
	if n := load(t, write(t, smallest+block), config.Options{}).Notify; !n.IndexNow.On || len(n.WebSub.Hubs) != 1 || !n.Verify.Off {
		t.Errorf("got %+v, want IndexNow, one hub and no verify", n)
	}
}

func TestMissingFile(t *testing.T) {
	t.Chdir(t.TempDir())
	_, _, err := config.Load("herald.yaml", config.Options{})
	if want := "herald.yaml: read: no such file or directory; `herald init` writes one"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, _, err := config.Load(".", config.Options{}); err == nil || err.Error() != ".: read: is a directory" {
		t.Errorf("got %v, want .: read: is a directory", err)
	}
	if err := os.WriteFile("big.yaml", make([]byte, 10<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := config.Load("big.yaml", config.Options{}); err == nil || err.Error() != "big.yaml: is larger than 1 MiB; that is no config" {
		t.Errorf("got %v, want it refused as too large", err)
	}
}
