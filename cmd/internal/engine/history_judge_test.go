package engine_test

import (
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/publish"
	"herald/feeds"
	"herald/sitemap"
)

// standing is what stands in the output folder, read by decoders that know nothing of herald.
type standing struct {
	docs  map[string]string
	items []told            // of the RSS feed and the Atom feed, joined
	feed  string            // the Atom feed's own id
	urls  map[string]string // of the sitemap and its children: URL -> lastmod
}

// told is what feeds say of one article.
type told struct {
	url, guid, atomID  string
	permaLink          bool
	published, updated time.Time
	content            string
}

type rssDocument struct {
	Items []struct {
		Link    string `xml:"link"`
		PubDate string `xml:"pubDate"`
		Content string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
		GUID    struct {
			Text        string `xml:",chardata"`
			IsPermaLink string `xml:"isPermaLink,attr"`
		} `xml:"guid"`
	} `xml:"channel>item"`
}

type atomDocument struct {
	ID      string `xml:"http://www.w3.org/2005/Atom id"`
	Entries []struct {
		ID        string    `xml:"id"`
		Published time.Time `xml:"published"`
		Updated   time.Time `xml:"updated"`
		Links     []struct {
			Href string `xml:"href,attr"`
			Rel  string `xml:"rel,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

type sitemapDocument struct {
	URLs []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	} `xml:"url"`
	Children []struct {
		Loc string `xml:"loc"`
	} `xml:"sitemap"`
}

func (h *history) fail(promise, format string, args ...any) {
	panic(&broken{promise, fmt.Sprintf(format, args...)})
}

// stand reads all that stands.
func (h *history) stand() *standing {
	s := &standing{docs: h.documents(), urls: map[string]string{}}
	if s.docs["feed.xml"] == "" {
		return s
	}
	var rss rssDocument
	var atom atomDocument
	h.decode("feed.xml", s.docs["feed.xml"], &rss)
	h.decode("atom.xml", s.docs["atom.xml"], &atom)
	if len(rss.Items) != len(atom.Entries) {
		h.fail("all formats say the same", "%d items in RSS, %d entries in Atom", len(rss.Items), len(atom.Entries))
	}
	s.feed = atom.ID
	for i, r := range rss.Items {
		a := atom.Entries[i]
		published, err := time.Parse(time.RFC1123Z, r.PubDate)
		h.must(err)
		if !published.Equal(a.Published) || len(a.Links) == 0 || a.Links[0].Href != r.Link {
			h.fail("all formats say the same", "RSS %+v, Atom %+v", r, a)
		}
		s.items = append(s.items, told{r.Link, r.GUID.Text, a.ID, r.GUID.IsPermaLink != "false", a.Published, a.Updated, r.Content})
	}
	h.sitemap(s, "sitemap.xml", h.model.site+"/")
	return s
}

func (h *history) decode(name, body string, into any) {
	if err := xml.Unmarshal([]byte(body), into); err != nil {
		h.fail("any bytes in, valid out", "%s: %v\n%s", name, err, body)
	}
}

func (h *history) sitemap(s *standing, name, site string) {
	var d sitemapDocument
	if s.docs[name] == "" {
		h.fail("an index names what stands", "%s is not there", name)
	}
	h.decode(name, s.docs[name], &d)
	for _, u := range d.URLs {
		if _, twice := s.urls[u.Loc]; twice {
			h.fail("one URL, one string", "%s is listed twice", u.Loc)
		}
		s.urls[u.Loc] = u.LastMod
	}
	for _, c := range d.Children {
		h.sitemap(s, strings.TrimPrefix(c.Loc, site), site)
	}
}

// judge holds each promise against what stands after a pass.
func (h *history) judge(n news, holds map[string]bool) {
	now := h.stand()
	for name, body := range now.docs {
		if h.stale(name) {
			continue
		}
		if err := h.valid(name, []byte(body)); err != nil {
			h.fail("any bytes in, valid out", "%s: %v\n%s", name, err, body)
		}
	}
	inFeed, listed := h.model.public(h.now)
	h.judgeItems(now, inFeed)
	h.judgeWindow(now, inFeed)
	h.judgeSitemap(now, listed)
	h.judgeTold(now, n)
	if h.conf.more {
		h.judgeKept(now)
	}
	if h.compared {
		h.clean(now)
	}
	if now.docs["rss.xml"] != now.docs["feed.xml"] && h.conf.alias {
		h.fail("an alias has the same bytes", "rss.xml")
	}
	quiet := h.quiet && len(n.changed)+len(n.urls)+len(holds)+len(h.held) == 0
	if before, now := timeless(h.before.docs), timeless(now.docs); quiet && !maps.Equal(before, now) {
		h.fail("idle is silent", "documents changed: %s", differing(before, now))
	}
	if h.feedID = cmp.Or(h.feedID, now.feed); h.feedID != now.feed {
		h.fail("ids are for ever", "the feed's was %q and is %q", h.feedID, now.feed)
	}
	h.before = now
}

// stale reports whether a document is one that the config has taken away and that is held.
func (h *history) stale(name string) bool {
	return name == "feed.json" && !h.conf.json || name == "rss.xml" && !h.conf.alias
}

func (h *history) valid(name string, body []byte) error {
	if err := linted(name, body); err != nil {
		return err
	}
	hosts := []string{strings.TrimPrefix(h.model.site, "https://")}
	switch {
	case name == "robots.txt":
		if !strings.Contains(string(body), "Sitemap: "+h.model.site+"/sitemap.xml") {
			return errors.New("it names no sitemap")
		}
	case name == "a-key-of-histories.txt":
		if string(body) != "a-key-of-histories" {
			return errors.New("the key is not its name")
		}
	case name == "feed.xml", name == "rss.xml":
		return feeds.Check(feeds.RSS, body, hosts)
	case name == "atom.xml":
		return feeds.Check(feeds.Atom, body, hosts)
	case name == "feed.json":
		var any map[string]any
		return errors.Join(json.Unmarshal(body, &any), feeds.Check(feeds.JSON, body, hosts))
	case strings.HasPrefix(name, "more/"):
		return feeds.Check(feeds.Atom, body, hosts)
	case strings.HasPrefix(name, "sitemap"):
		return sitemap.Check(body, hosts)
	default:
		return errors.New("nobody put it there")
	}
	return nil
}

// clean compares what stands with what a publication into an empty folder makes of the same ledger.
func (h *history) clean(now *standing) {
	empty := publish.DryRun(publish.View(h.path("nowhere")))
	e := newRooms(options{Settings: h.settings, Ledger: h.ledger, Sink: empty, Now: func() time.Time { return h.now }})
	report, err := e.Publish(context.Background(), edition.PublishOptions{})
	h.must(err)
	for _, name := range report.Written {
		fresh, err := empty.Read(context.Background(), name, 1<<30)
		h.must(err)
		if string(fresh) != now.docs[name] {
			h.fail("incremental equals clean", "%s:\n%s\n--- clean ---\n%s", name, now.docs[name], fresh)
		}
	}
	for name := range now.docs {
		if strings.Contains(name, "-archive-") {
			continue // one that was replaced stands on for thirty days
		}
		if !h.stale(name) && !slices.Contains(report.Written, name) {
			h.fail("incremental equals clean", "%s stands, and a clean build has none", name)
		}
	}
}

// behind reports whether some article stands whose entry is gone, which the next listing may see.
func (h *history) behind() bool {
	return slices.ContainsFunc(h.model.facts, func(f *fact) bool {
		o := h.conf.origin(f.source)
		if o == nil || f.removed != 0 || !h.kind.of(o.folder).late {
			return false
		}
		_, there := h.listed(o.folder)[f.key]
		return !there
	})
}

func differing(a, b map[string]string) string {
	for name := range a {
		if a[name] != b[name] {
			return fmt.Sprintf("%s:\n%s\n--- was ---\n%s", name, b[name], a[name])
		}
	}
	return "others stand"
}

// idle passes again at the same moment: nothing may come of it. What is held as too many may be fewer by
// then, where another source has taken an id or a URL of theirs after it: that is no idle pass.
func (h *history) idle() {
	for hold := range h.held {
		if strings.HasPrefix(hold, "added ") && len(h.conf.origins) > 1 {
			return
		}
	}
	if h.behind() {
		return
	}
	before := h.documents()
	for _, o := range h.conf.origins {
		_, err := h.scan(o.name, intake.ScanOptions{})
		h.must(err)
	}
	pub, err := h.rooms.Publish(context.Background(), edition.PublishOptions{})
	if errors.Is(err, edition.ErrNothing) {
		return
	}
	h.must(err)
	h.deliver()
	urls, topics := h.world.heard()
	if pub.Edition != 0 || len(pub.Notices)+len(urls)+len(topics) > 0 || !maps.Equal(before, h.documents()) {
		h.fail("idle is silent", "published %q, removed %q, queued %v", pub.Written, pub.Removed, pub.Notices)
	}
}
