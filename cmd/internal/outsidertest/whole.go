package outsidertest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
)

// Item is what a reader has of an article: the same from a feed in any format.
type Item struct {
	ID      string `json:"id"`
	Link    string `json:"link"`
	Title   string `json:"title"`
	Content string `json:"content"`
	At      int64  `json:"at"` // Unix seconds of publication
}

// ReadWhole is Read, and fails t where a reader has not every item of every feed with the title, date, id, link and content
// that stand in it: gofeed, Python's feedparser, newsboat and rss-parser of npm.
func ReadWhole(t testing.TB, docs map[string][]byte) {
	t.Helper()
	Read(t, docs)
	want, xmlOnly := map[string][]Item{}, map[string][]byte{}
	for name, doc := range docs {
		kind := kindOf(name, doc)
		if kind != "rss" && kind != "atom" && kind != "json" {
			continue
		}
		want[name] = written(t, kind, doc)
		got, err := wholeByGofeed(doc)
		if err != nil {
			t.Errorf("%s, read by gofeed: %v", name, err)
		}
		same(t, "gofeed", name, got, want[name])
		if kind != "json" {
			xmlOnly[name] = doc
		}
	}
	for _, reader := range []struct {
		name string
		read func(testing.TB, map[string][]byte) map[string][]Item
	}{{"feedparser", wholeByFeedparser}, {"rss-parser", wholeByRSSParser}, {"newsboat", wholeByNewsboat}} {
		all := reader.read(t, xmlOnly)
		for name := range xmlOnly {
			if all != nil {
				same(t, reader.name, name, all[name], want[name])
			}
		}
	}
}

// same compares what a reader has of a feed with what stands in it, whatever the order.
func same(t testing.TB, reader, name string, got, want []Item) {
	t.Helper()
	byID := func(a, b Item) int { return strings.Compare(a.ID, b.ID) }
	got, want = slices.SortedFunc(slices.Values(got), byID), slices.SortedFunc(slices.Values(want), byID)
	if len(got) != len(want) {
		t.Errorf("%s, read by %s: %d items, want %d", name, reader, len(got), len(want))
		return
	}
	for i := range want {
		g, w := got[i], want[i]
		g.Content, w.Content = strings.TrimSpace(g.Content), strings.TrimSpace(w.Content)
		if g != w {
			t.Errorf("%s, read by %s:\n got %+v\nwant %+v", name, reader, g, w)
		}
	}
}

// written returns the items of a feed as they stand in it, by the parsers of the language.
func written(t testing.TB, kind string, doc []byte) (all []Item) {
	t.Helper()
	if kind == "json" {
		var feed struct {
			Items []struct {
				ID, URL, Title string
				HTML           string    `json:"content_html"`
				At             time.Time `json:"date_published"`
			}
		}
		if err := json.Unmarshal(doc, &feed); err != nil {
			t.Fatal(err)
		}
		for _, i := range feed.Items {
			all = append(all, Item{ID: i.ID, Link: i.URL, Title: i.Title, Content: i.HTML, At: i.At.Unix()})
		}
		return all
	}
	var feed struct {
		Items []struct {
			GUID    string `xml:"guid"`
			Link    string `xml:"link"`
			Title   string `xml:"title"`
			PubDate string `xml:"pubDate"`
			Encoded string `xml:"encoded"`
		} `xml:"channel>item"`
		Entries []struct {
			ID        string    `xml:"id"`
			Title     string    `xml:"title"`
			Published time.Time `xml:"published"`
			Content   string    `xml:"content"`
			Links     []struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(doc, &feed); err != nil {
		t.Fatal(err)
	}
	for _, i := range feed.Items {
		at, err := time.Parse(time.RFC1123Z, i.PubDate)
		if err != nil {
			t.Error(err)
		}
		all = append(all, Item{ID: i.GUID, Link: i.Link, Title: i.Title, Content: i.Encoded, At: at.Unix()})
	}
	for _, e := range feed.Entries {
		i := Item{ID: e.ID, Title: e.Title, Content: e.Content, At: e.Published.Unix()}
		for _, l := range e.Links {
			if l.Rel == "alternate" && i.Link == "" {
				i.Link = l.Href
			}
		}
		all = append(all, i)
	}
	return all
}

func wholeByGofeed(doc []byte) (all []Item, err error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(doc))
	if err != nil {
		return nil, err
	}
	for _, i := range feed.Items {
		item := Item{ID: i.GUID, Link: i.Link, Title: i.Title, Content: i.Content}
		if i.PublishedParsed != nil {
			item.At = i.PublishedParsed.Unix()
		}
		all = append(all, item)
	}
	return all, nil
}

// printed runs a program over documents in files; it prints for each of them the items as a line of JSON.
func printed(t testing.TB, docs map[string][]byte, env []string, program ...string) map[string][]Item {
	t.Helper()
	cmd := exec.Command(program[0], append(program[1:], saved(t, docs)...)...)
	cmd.Env = append(os.Environ(), env...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%s: %v\n%s", program[0], err, complaints.String())
		return nil
	}
	all := map[string][]Item{}
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	for i, name := range slices.Sorted(maps.Keys(docs)) {
		var items []Item
		if i >= len(lines) || json.Unmarshal(lines[i], &items) != nil {
			t.Errorf("%s printed of %s\n%s", program[0], name, out)
			return nil
		}
		all[name] = items
	}
	return all
}

// What feedparser makes of content by itself, it is asked to leave: it makes it safe and its URLs absolute.
const wholeFeedparser = `
import sys, calendar, json, feedparser
for name in sys.argv[1:]:
    d = feedparser.parse(name, sanitize_html=False, resolve_relative_uris=False)
    print(json.dumps([dict(id=e.id, link=e.link, title=e.title, at=calendar.timegm(e.published_parsed),
        content=e.content[0].value if 'content' in e else '') for e in d.entries]))
`

func wholeByFeedparser(t testing.TB, docs map[string][]byte) map[string][]Item {
	t.Helper()
	if len(docs) == 0 || !installed(t, "/usr/bin/python3", "python3-feedparser", "-c", "import feedparser") {
		return nil
	}
	return printed(t, docs, nil, "/usr/bin/python3", "-c", wholeFeedparser)
}

const wholeRSSParser = `
const fs = require('fs'), Parser = require('rss-parser');
(async () => {
	for (const name of process.argv.slice(1)) {
		const feed = await new Parser().parseString(fs.readFileSync(name, 'utf8'));
		console.log(JSON.stringify(feed.items.map(i => ({id: i.guid || i.id, link: i.link, title: i.title,
			content: i['content:encoded'] || i.content || '', at: Date.parse(i.isoDate) / 1000}))));
	}
})();
`

// ModulesEnv names the variable that holds where the packages of .ci/readers are installed: a folder node_modules.
const ModulesEnv = "HERALD_NODE_MODULES"

// modules returns where the packages of npm are; "" where they are not installed.
func modules(t testing.TB) string {
	t.Helper()
	dir := os.Getenv(ModulesEnv)
	if dir != "" && installed(t, "node", "nodejs", "--version") {
		return dir
	}
	if os.Getenv("CI") != "" {
		t.Errorf("%s names no folder: rss-parser and axe were not asked", ModulesEnv)
	} else {
		t.Logf("%s names no folder (npm ci in .ci/readers makes one): rss-parser and axe are not asked", ModulesEnv)
	}
	return ""
}

func wholeByRSSParser(t testing.TB, docs map[string][]byte) map[string][]Item {
	t.Helper()
	dir := modules(t)
	if len(docs) == 0 || dir == "" {
		return nil
	}
	return printed(t, docs, []string{"NODE_PATH=" + dir}, "node", "-e", wholeRSSParser)
}

// newsboatItems prints what newsboat keeps, a feed an argument.
const newsboatItems = `
import sys, json, sqlite3
d = sqlite3.connect(sys.argv[1])
for feed in sys.argv[2:]:
    print(json.dumps([dict(id=r[0], link=r[1], title=r[2], content=r[3], at=r[4])
        for r in d.execute('select guid, url, title, content, pubDate from rss_item where feedurl = ?', (feed,))]))
`

func wholeByNewsboat(t testing.TB, docs map[string][]byte) map[string][]Item {
	t.Helper()
	if len(docs) == 0 || !installed(t, "newsboat", "newsboat", "--version") || !installed(t, "/usr/bin/python3", "python3", "--version") {
		return nil
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		_, _ = w.Write(docs[strings.TrimPrefix(r.URL.Path, "/")])
	}))
	defer server.Close()
	home := t.TempDir()
	all := map[string][]Item{}
	for i, name := range slices.Sorted(maps.Keys(docs)) { // each by itself: an article of two feeds is one to it
		address := server.URL + "/" + (&url.URL{Path: name}).EscapedPath()
		cache, list, config := filepath.Join(home, fmt.Sprint(i, ".db")), filepath.Join(home, "urls"), filepath.Join(home, "config")
		for file, text := range map[string]string{list: address + "\n", config: "show-read-feeds yes\n"} {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("newsboat", "-u", list, "-c", cache, "-C", config, "-x", "reload")
		cmd.Env = append(os.Environ(), "HOME="+home, "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "http_proxy=", "HTTP_PROXY=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("newsboat, %s: %v\n%s", name, err, out)
			return nil
		}
		out, err := exec.Command("/usr/bin/python3", "-c", newsboatItems, cache, address).CombinedOutput()
		var items []Item
		if err != nil || json.Unmarshal(out, &items) != nil {
			t.Errorf("newsboat, %s: %v\n%s", name, err, out)
			return nil
		}
		all[name] = items
	}
	return all
}
