package main

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// generated is what a feed says of an article.
type generated struct{ id, title, published string }

// newGenerated writes the files of a txtar archive into a new folder.
func newGenerated(t *testing.T, name string) (dir string) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "generators", name))
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, f := range archive.Files {
		at := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// generate starts a generator in a folder, where it is installed.
func generate(t *testing.T, dir, program string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil && os.Getenv("CI") == "" {
		t.Skipf("%s is not installed", program)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// moveIn builds a site as `herald init` leaves it but for site.url, and returns the folder of the outputs.
func moveIn(t *testing.T, dir, url string) (public string) {
	t.Helper()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	if status, out, errs := play(t, now, "init", dir); status != 0 {
		t.Fatalf("init ends with %d\n%s%s", status, out, errs)
	}
	config := filepath.Join(dir, configName)
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("url: https://change-me.invalid"), []byte("url: "+url), 1)
	text = append(text, "feeds: [{name: main, items: 1000}]\n"...)
	if err := os.WriteFile(config, text, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"check", "build"} {
		if status, out, errs := play(t, now, command, "-c", config); status != 0 {
			t.Fatalf("%s ends with %d\n%s%s\n%s", command, status, out, errs, text)
		}
	}
	_, to, _ := strings.Cut(string(text), "\n  to: ")
	to, _, _ = strings.Cut(to, "\n")
	return filepath.Join(dir, filepath.FromSlash(to))
}

// atomEntries returns what an Atom feed says of its articles, by link.
func atomEntries(t *testing.T, files ...string) map[string]generated {
	t.Helper()
	all := map[string]generated{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var feed struct {
			Entries []struct {
				ID        string `xml:"id"`
				Title     string `xml:"title"`
				Published string `xml:"published"`
				Links     []struct {
					Rel  string `xml:"rel,attr"`
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(data, &feed); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, e := range feed.Entries {
			for _, link := range e.Links {
				if link.Rel == "" || link.Rel == "alternate" {
					all[link.Href] = generated{e.ID, strings.TrimSpace(e.Title), e.Published}
				}
			}
		}
	}
	return all
}

// sameArticles compares what two feeds say of their articles. Ours has feed times: a day's articles are seconds apart.
func sameArticles(t *testing.T, ours, theirs map[string]generated) {
	t.Helper()
	links := slices.Collect(func(yield func(string) bool) {
		for link := range theirs {
			if !yield(link) {
				return
			}
		}
	})
	for link := range ours {
		if _, there := theirs[link]; !there {
			links = append(links, link)
		}
	}
	slices.Sort(links)
	for _, link := range links {
		our, isOurs := ours[link]
		their, isTheirs := theirs[link]
		at, err := time.Parse(time.RFC3339, our.published)
		want, err2 := time.Parse(time.RFC3339, their.published)
		switch {
		case !isOurs:
			t.Errorf("%s is not in ours", link)
		case !isTheirs:
			t.Errorf("%s is in ours alone", link)
		case our.id != their.id || our.title != their.title:
			t.Errorf("%s: got %q %q, want %q %q", link, our.id, our.title, their.id, their.title)
		case err != nil || err2 != nil || at.Before(want.Truncate(time.Second)) || at.Sub(want) > time.Minute:
			t.Errorf("%s: got %s, want %s", link, our.published, their.published)
		}
	}
}

// Jekyll and herald make the same of a site: its URLs, ids, dates and titles.
func TestJekyllItself(t *testing.T) {
	for name, c := range map[string]struct {
		url   string
		feeds []string
		least int
	}{
		"jekyll.txtar":         {"https://naru.example", []string{"feed.xml", "feed/wiki.xml", "feed/notes.xml"}, 34},
		"jekyll-folders.txtar": {"https://naru.example/blog", []string{"feed.xml", "feed/wiki.xml"}, 5},
	} {
		t.Run(name, func(t *testing.T) {
			dir := newGenerated(t, name)
			made := t.TempDir()
			generate(t, dir, "jekyll", "build", "--quiet", "--destination", made)
			for i := range c.feeds {
				c.feeds[i] = filepath.Join(made, c.feeds[i])
			}
			theirs := atomEntries(t, c.feeds...)
			if len(theirs) < c.least {
				t.Fatalf("Jekyll made %d articles, want at least %d", len(theirs), c.least)
			}
			sameArticles(t, atomEntries(t, filepath.Join(moveIn(t, dir, c.url), "atom.xml")), theirs)
		})
	}
}

// Hexo and herald make the same of a site: its URLs, ids, dates and titles.
func TestHexoItself(t *testing.T) {
	programs := npmPrograms(t, "hexo.txtar")
	if programs == "" {
		return
	}
	for name, c := range map[string]struct {
		url, out, zone string
		least          int
	}{
		"hexo.txtar":       {"https://naru.example", "public", "Asia/Tokyo", 11},
		"hexo-names.txtar": {"https://naru.example/blog", "out", "Asia/Seoul", 5},
	} {
		t.Run(name, func(t *testing.T) {
			dir := newGenerated(t, name)
			if err := os.Symlink(filepath.Join(programs, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
				t.Fatal(err)
			}
			t.Setenv("TZ", c.zone) // Hexo puts the day of the machine's zone into URLs
			generate(t, dir, filepath.Join(programs, "node_modules", ".bin", "hexo"), "generate", "--silent")
			theirs := atomEntries(t, filepath.Join(dir, c.out, "atom.xml"))
			if len(theirs) < c.least {
				t.Fatalf("Hexo made %d articles, want at least %d", len(theirs), c.least)
			}
			for _, made := range []string{c.out, "node_modules"} {
				if err := os.RemoveAll(filepath.Join(dir, made)); err != nil {
					t.Fatal(err)
				}
			}
			moveIn(t, dir, c.url)
			sameArticles(t, atomEntries(t, filepath.Join(dir, c.out, "atom.xml")), theirs)
		})
	}
}

// npmPrograms installs what a site's package.json names into a new folder. It takes minutes and the network, so it happens
// in CI alone; where the registry cannot be reached, dir is "".
func npmPrograms(t *testing.T, site string) (dir string) {
	t.Helper()
	if os.Getenv("CI") == "" && os.Getenv("HERALD_TEST_NPM") == "" {
		t.Skip("programs from npm are installed with CI=true or HERALD_TEST_NPM=1 alone")
	}
	dir = newGenerated(t, site)
	npm := func(args ...string) ([]byte, error) {
		cmd := exec.Command("npm", args...)
		cmd.Dir = dir
		return cmd.CombinedOutput()
	}
	if out, err := npm("install", "--no-audit", "--no-fund", "--ignore-scripts"); err != nil {
		if _, unreachable := npm("ping"); unreachable != nil {
			t.Log("not tested: the registry of npm cannot be reached")
			return ""
		}
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	return dir
}

// Pelican and herald make the same of a site: its URLs, ids, dates and titles.
func TestPelicanItself(t *testing.T) {
	dir := newGenerated(t, "pelican.txtar")
	made := t.TempDir()
	generate(t, dir, "pelican", "-q", "content", "-s", "publishconf.py", "-o", made)
	theirs := atomEntries(t, filepath.Join(made, "feeds", "all.atom.xml"))
	if len(theirs) < 8 {
		t.Fatalf("Pelican made %d articles, want at least 8", len(theirs))
	}
	sameArticles(t, atomEntries(t, filepath.Join(moveIn(t, dir, "https://naru.example"), "atom.xml")), theirs)
}

// Of generators that npm alone has, the feed that they made of a site is kept beside it.
func TestRecordedGenerators(t *testing.T) {
	for name, feed := range map[string]string{"eleventy.txtar": "made/feed.xml", "astro.txtar": "made/atom.xml"} {
		t.Run(name, func(t *testing.T) {
			dir := newGenerated(t, name)
			theirs := atomEntries(t, filepath.Join(dir, filepath.FromSlash(feed)))
			if len(theirs) < 8 {
				t.Fatalf("%s holds %d articles, want at least 8", feed, len(theirs))
			}
			sameArticles(t, atomEntries(t, filepath.Join(moveIn(t, dir, "https://naru.example"), "atom.xml")), theirs)
		})
	}
}
