package engine_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"herald/cmd/internal/intake"
	"herald/feeds"
)

// story is what one file of a history says. The word stands in one story's body only, wherever it
// goes.
type story struct {
	name  string // of the file
	word  string
	edits int
	meta  map[string]string // front matter
	born  time.Time         // when it was first on disk under some key

	whole   string    // its body, where that is no history's
	kind    string    // where kinds are mixed: the one of its source, which the body names
	changed time.Time // when it was saved last, where the kind says so
}

func (s story) clone() story { s.meta = maps.Clone(s.meta); return s }

// text is the file.
func (s story) text() string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, key := range slices.Sorted(maps.Keys(s.meta)) {
		fmt.Fprintf(&b, "%s: %s\n", key, s.meta[key])
	}
	fmt.Fprintf(&b, "---\n\n%s\n", s.body())
	if file, name := s.neighbours(); s.kind == "" {
		fmt.Fprintf(&b, "\n이웃: [앞](%s) [[%s|뒤]]\n", file, name)
	}
	return b.String()
}

// neighbours are what a story links to: the file that was written before it, and the name of the one behind.
func (s story) neighbours() (file, name string) {
	n, _ := strconv.Atoi(strings.TrimPrefix(s.word, "표식"))
	return fmt.Sprintf("글-%03d.md", n-1), fmt.Sprintf("글-%03d", n+1)
}

func (s story) body() string {
	if s.whole != "" {
		return s.whole
	}
	if s.kind != "" {
		return fmt.Sprintf("%s: %s에 장이 %d번째로 열렸다.", s.word, s.kind, s.edits+1)
	}
	return fmt.Sprintf("%s: 장이 %d번째로 열렸다.", s.word, s.edits+1)
}

// unreadable is a date that refuses its article.
const unreadable = "언젠가"

// origin is a source of a history's config.
type origin struct {
	name, folder, pattern       string
	category, tag, author, lang string // defaults
	undated                     intake.Undated
	grace                       time.Duration // how long a missing article stays
}

// conf is a history's config.
type conf struct {
	kind           *kind
	site           string
	title          string
	items          int
	content        feeds.Content
	json, alias    bool
	perFile        int
	images         bool
	pages          []string
	zone           *time.Location
	robots         string // "off": none
	guard          bool
	indexnow, hubs bool
	more           bool // feeds beside main; histories with them do not lose their state
	origins        []origin
}

func (c *conf) origin(name string) *origin {
	for i := range c.origins {
		if c.origins[i].name == name {
			return &c.origins[i]
		}
	}
	return nil
}

// reading is what a file says once it is read as the config has it.
type reading struct {
	refused, minor           bool
	bare                     bool
	said                     string // all that its documents show but where it stands
	date, expires, modified  time.Time
	dated, byName            bool // it gives its date itself; by its file's name
	draft, noFeed, noSitemap bool
	title, body, claim, link string
	category                 string
	needsYear                bool
	dir, name                string
	file, neighbour          string // that it links to
}

var datePrefix = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})-(.+)$`)

// read is an own, small reading of a story.
func (o *origin) read(s story, c *conf) reading {
	m := s.meta
	k := c.kind.of(o.folder)
	r := reading{
		bare:  k.bare || s.kind != "",
		draft: m["draft"] != "", claim: m["id"], link: m["permalink"], dir: path.Dir(s.name), name: strings.TrimSuffix(path.Base(s.name), ".md"),
		noFeed: m["feed"] != "", noSitemap: m["robots"] != "" || m["sitemap"] != "" || m["canonical_url"] != "",
	}
	if r.link == "" {
		r.link = o.pattern
	}
	if k.placed {
		r.link = cmp.Or(m["permalink"], "/:path/")
	}
	r.needsYear = strings.Contains(r.link, ":year")
	said := maps.Clone(m)
	delete(said, "permalink")
	delete(said, "minor")
	r.minor = m["minor"] != ""
	for field, value := range map[string]string{"categories": o.category, "tags": o.tag, "author": o.author, "lang": o.lang} {
		if said[field] == "" {
			said[field] = value
		}
	}
	if m["expires"] != "" {
		r.expires, _ = time.Parse(time.RFC3339, m["expires"])
	}
	if m["last_modified_at"] != "" {
		r.modified, _ = time.Parse(time.RFC3339, m["last_modified_at"])
	}
	if k.stamps && r.modified.IsZero() {
		r.modified = s.changed
		if !k.beside {
			said["last_modified_at"] = s.changed.String()
		}
	}
	r.readDate(s, k, c.zone, said)
	if !r.dated && !r.draft && o.undated == intake.Refuse {
		r.refused = true
	}
	if !r.dated && o.undated == intake.SitemapOnly {
		r.noFeed = true
	}
	r.title, r.body, r.category = m["title"], s.body(), said["categories"]
	r.file, r.neighbour = s.neighbours()
	r.said = fmt.Sprint(s.word, s.edits, s.kind, said)
	return r
}

// readDate reads when an entry says that it was published; said is what its documents show.
func (r *reading) readDate(s story, k *kind, zone *time.Location, said map[string]string) {
	prefix := datePrefix.FindStringSubmatch(r.name)
	if k.placed && (!k.named || k.fetched && s.meta["permalink"] != "") { // of a page nothing is known but its address
		prefix = nil
	}
	if prefix != nil && !k.placed {
		r.name = prefix[2]
	}
	local := zone // of a name
	if k.placed {
		zone = time.UTC
	}
	switch {
	case s.meta["date"] == unreadable && prefix != nil && !k.blank: // the day that the file's name gives
		r.date, r.dated, r.byName = written(prefix[1], local), true, true
		delete(said, "date")
	case s.meta["date"] == unreadable:
		r.refused = true
	case s.meta["date"] != "":
		r.date, r.dated = written(s.meta["date"], zone), true
		said["date"] = r.date.UTC().String()
	case prefix != nil:
		r.date, r.dated, r.byName = written(prefix[1], local), true, true
	}
	if k.latest && !r.dated && !r.refused && !r.modified.IsZero() {
		r.date, r.dated, said["date"] = r.modified, true, r.modified.UTC().String()
	}
}

// written returns the moment of a date as files write it.
func written(text string, zone *time.Location) time.Time {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t
	}
	layout := time.DateOnly
	if len(text) > len(layout) {
		layout = "2006-01-02 15:04"
	}
	t, err := time.ParseInLocation(layout, text, zone)
	if err != nil {
		panic(err)
	}
	return t
}

// path returns what the article's URL ends in, behind site.url.
func (r *reading) path(date time.Time, zone *time.Location) string {
	where := strings.NewReplacer(":path", path.Join(r.dir, r.name), ":name", r.name, ":year", date.In(zone).Format("2006")).Replace(r.link)
	parts := strings.Split(path.Clean("/"+where), "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/") + "/"
}
