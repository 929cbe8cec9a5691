package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/config"
)

func TestLayers(t *testing.T) {
	file := write(t, smallest+"notify: {indexnow: true}\nschedule: '@hourly'\n")
	c := load(t, file, config.Options{
		Env: []string{
			"HERALD_SITE_URL=http://other.example.org", "HERALD_SITE_TITLE=", "HERALD_SCHEDULE=@daily", "HERALD_PUBLISH_TO=env",
			"HERALD_NOTIFY_INDEXNOW_KEY=abcdefgh-1", "HERALD_SERVE_LISTEN=:9000", "HERALD_GUARD=false", "HERALD_NOTIFY_VERIFY=false", "OTHER=1",
		},
	})
	got := fmt.Sprint(c.Site.URL, " ", c.Site.Title, " ", c.Schedule, " ", c.Publish.To.Written, " ", c.Notify.IndexNow.On, " ", c.Notify.IndexNow.Key, " ", c.Serve.Listen, " ", c.Guard.Off, " ", c.Notify.Verify.Off)
	if want := "http://other.example.org 뉴스 속보 @daily env true abcdefgh-1 :9000 true true"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestEnvironmentFaults(t *testing.T) {
	file := write(t, smallest)
	_, warnings, err := config.Load(file, config.Options{Env: []string{
		"HERALD_SITE_URL=localhost", "HERALD_ADMIN_LISTEN=:1", "HERALD_STATE=postgres://u:hunter2@db/x", "HERALD_SITEMAP_IMAGES=perhaps",
		"HERALD_SITE_TITEL=x", "HERALD_SOURCES=x",
	}})
	want := `environment HERALD_SITEMAP_IMAGES: sitemap.images: must be true or false, not "perhaps"
environment HERALD_SITE_URL: site.url: must be an absolute http or https URL, such as https://news.example.org
environment HERALD_STATE: state: postgres://… is not in this version; only files and folders are
environment HERALD_ADMIN_LISTEN: admin.token: is required`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	lines := fmt.Sprint(warnings)
	for _, part := range []string{`environment HERALD_SITE_TITEL: sets no key; keys inside lists are set in the file only; did you mean "HERALD_SITE_TITLE"?`, "environment HERALD_SOURCES: sets no key"} {
		if !strings.Contains(lines, part) {
			t.Errorf("got %s, want %s in it", lines, part)
		}
	}
}

func TestReferences(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "copyright")
	if err := os.WriteFile(secret, []byte("새벽 ${NOT_AGAIN}\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(smallest, "title: 뉴스 속보", `title: "${NAME} $${NAME} $NAME ${EMPTY}끝"`+"\n  copyright: ${file:"+secret+"}", 1) +
		"    include: ['${PATTERN}']\nsitemap: {urls_per_file: '${N}'}\n"
	c := load(t, write(t, text), config.Options{Env: []string{"NAME=속보", "EMPTY=", "PATTERN=**/*.md", "N=7"}})
	if c.Site.Title != "속보 ${NAME} $NAME 끝" || c.Site.Copyright != "새벽 ${NOT_AGAIN}" || c.Sources[0].Include[0] != "**/*.md" || c.Sitemap.URLsPerFile != 7 {
		t.Errorf("got title %q, copyright %q, include %q, urls_per_file %d, want the references replaced once",
			c.Site.Title, c.Site.Copyright, c.Sources[0].Include, c.Sitemap.URLsPerFile)
	}
	// A wrong value from elsewhere is never shown.
	_, _, err := config.Load(write(t, text), config.Options{Env: []string{"NAME=속보", "EMPTY=", "PATTERN=**/*.md", "N=hunter2"}})
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "sitemap.urls_per_file: must be a whole number") {
		t.Errorf("got %v, want a fault of urls_per_file without its value", err)
	}
	_, _, err = config.Load(write(t, text), config.Options{Env: []string{"NAME=속보", "EMPTY=", "PATTERN=[hunter2", "N=7"}})
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), `"${PATTERN}" is not a pattern`) {
		t.Errorf("got %v, want a fault of include without its value", err)
	}
}

// A file that a reference names may have 64 KiB, and not a byte more.
func TestInsertedFiles(t *testing.T) {
	file := write(t, strings.Replace(smallest, "뉴스 속보", `"${file:title.txt}"`, 1))
	for _, size := range []int{1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 1 << 20} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), "title.txt"), []byte(strings.Repeat("a", size)), 0o644); err != nil {
			t.Fatal(err)
		}
		c, _, err := config.Load(file, config.Options{})
		switch {
		case size > 64<<10:
			if err == nil || !strings.Contains(err.Error(), "larger than 64 KiB") {
				t.Errorf("%d bytes: got %v, want it refused", size, err)
			}
		case err != nil || len(c.Site.Title) != size:
			t.Errorf("%d bytes: got %v, want them all", size, err)
		}
	}
}

// Settings are what was given, wherever; whatever a reference put in, or stands where secrets do, may be a secret. Numbers,
// durations and true or false are told to nobody as secrets, unless they are none.
func TestSettings(t *testing.T) {
	var secrets []string
	text := smallest + "notify: {delay: '${WAIT}', dry_run: '${DRY}', indexnow: {endpoints: ['http://127.0.0.1:9/?t=${TOKEN}']}}\npublish: {to: '${OUT}'}\n"
	env := []string{"WAIT=30s", "DRY=true", "TOKEN=abc", "OUT=there", "HERALD_SITE_COPYRIGHT=we"}
	o := config.Options{Env: env, Secret: func(value string) { secrets = append(secrets, value) }}
	c := load(t, write(t, text), o)
	got := map[string]string{}
	for _, s := range c.Settings {
		got[s.Path] = fmt.Sprint(s.Value, " ", s.Secret)
	}
	for path, want := range map[string]string{
		"site.title": "뉴스 속보 false", "site.copyright": "we false", "sources[0].path": "./articles false", "publish.to": "there true",
		"notify.delay": "30s true", "notify.dry_run": "true true", "notify.indexnow.endpoints[0]": "http://127.0.0.1:9/?t=abc true",
	} {
		if got[path] != want {
			t.Errorf("%s: got %q, want %q", path, got[path], want)
		}
	}
	if fmt.Sprint(secrets) != "[abc]" {
		t.Errorf("got the secrets %q, want the token alone", secrets)
	}
	o.Env = []string{"WAIT=hunter2", "DRY=perhaps", "TOKEN=abc", "OUT=there"}
	secrets = nil
	if _, _, err := config.Load(write(t, text), o); err == nil || strings.Contains(err.Error(), "hunter2") || fmt.Sprint(secrets) != "[hunter2 perhaps abc]" {
		t.Errorf("got %v and the secrets %q, want a wrong value kept", err, secrets)
	}
}
