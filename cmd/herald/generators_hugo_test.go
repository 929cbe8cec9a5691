package main

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// rssItems returns what RSS feeds of Hugo's say of their articles, by link: those that are dated, and the links of the others.
func rssItems(t *testing.T, files ...string) (dated map[string]generated, undated []string) {
	t.Helper()
	dated = map[string]generated{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var feed struct {
			Items []struct {
				Link  string `xml:"link"`
				ID    string `xml:"guid"`
				Title string `xml:"title"`
				Date  string `xml:"pubDate"`
			} `xml:"channel>item"`
		}
		if err := xml.Unmarshal(data, &feed); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, item := range feed.Items {
			at, err := time.Parse(time.RFC1123Z, item.Date)
			if err != nil {
				t.Fatalf("%s: %v", item.Link, err)
			}
			if at.Year() < 1990 {
				undated = append(undated, item.Link)
				continue
			}
			dated[item.Link] = generated{item.ID, strings.TrimSpace(item.Title), at.Format(time.RFC3339)}
		}
	}
	return dated, undated
}

// hugoPrograms are the Hugos to compare with: the one that is installed, and another that HERALD_HUGO names.
func hugoPrograms() []string {
	all := []string{"hugo"}
	if other := os.Getenv("HERALD_HUGO"); other != "" {
		all = append(all, other)
	}
	return all
}

// Hugo and herald make the same of a site: its URLs, ids, dates and titles.
func TestHugoItself(t *testing.T) {
	for _, c := range []struct {
		name, url string
		feeds     []string
		dated     int
		undated   int
	}{
		{"hugo.txtar", "https://naru.example", []string{"index.xml"}, 22, 1},
		{"hugo-languages.txtar", "https://naru.example/blog", []string{"ko/index.xml", "en/index.xml", "ja/index.xml"}, 9, 0},
	} {
		for _, program := range hugoPrograms() {
			t.Run(c.name+"/"+filepath.Base(program), func(t *testing.T) {
				dir, made := newGenerated(t, c.name), t.TempDir()
				generate(t, dir, program, "--quiet", "--destination", made)
				var feeds []string
				for _, feed := range c.feeds {
					feeds = append(feeds, filepath.Join(made, feed))
				}
				theirs, undated := rssItems(t, feeds...)
				if len(theirs) != c.dated || len(undated) != c.undated {
					t.Fatalf("Hugo made %d dated articles and %d others, want %d and %d", len(theirs), len(undated), c.dated, c.undated)
				}
				public := moveIn(t, dir, c.url)
				sameArticles(t, atomEntries(t, filepath.Join(public, "atom.xml")), theirs)
				sitemap, err := os.ReadFile(filepath.Join(public, "sitemap.xml"))
				if err != nil {
					t.Fatal(err)
				}
				for _, link := range undated {
					if !strings.Contains(string(sitemap), "<loc>"+link+"</loc>") {
						t.Errorf("%s is not in the sitemap", link)
					}
				}
			})
		}
	}
}
