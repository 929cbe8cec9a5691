package config

import (
	"cmp"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"herald/config/address"
	"herald/source/text"
)

// documents returns the names of the keys of a mapping that give the paths of documents.
func (k *key) documents() (all []string) {
	for _, c := range k.keys {
		if c.kind == document {
			all = append(all, c.name)
		}
	}
	return all
}

// others returns the values that give the paths of documents, but for those of feeds, in the order of the table.
func (b *builder) others(v *value) (all []*value) {
	for _, k := range v.key.keys {
		switch {
		case k.list || k.free:
		case k.kind == document:
			all = append(all, v.get(k.name))
		case k.keys != nil:
			all = append(all, b.others(v.get(k.name))...)
		}
	}
	return all
}

// document returns the path of a document of ours; "" where it is false.
func (b *builder) document(v *value) string {
	if v.bad || v.text == "false" {
		return ""
	}
	p := text.NFC(v.text)
	file := p
	if v.key.name == "page" && len(p) > 1 {
		file = strings.TrimSuffix(p, "/") // its index.html
	}
	if err := address.Document(file); err != nil {
		b.faults.of(v, "%v", err)
		return ""
	}
	return p
}

func (b *builder) sitemap(v *value) Sitemap {
	s := Sitemap{
		Path: b.document(v.get("path")), URLsPerFile: v.get("urls_per_file").int(), BytesPerFile: v.get("bytes_per_file").size(),
		Images: v.get("images").bool(),
	}
	if p := v.get("path"); s.Path != "" && strings.Count(s.Path, "/") > 1 {
		b.faults.of(p, "must lie at the site's root, such as /sitemap.xml: a sitemap speaks only for what is beside or below it")
	} else if s.Path != "" && !strings.HasSuffix(s.Path, ".xml") {
		b.faults.of(p, "must end with .xml")
	}
	b.within(v.get("urls_per_file"), 1, 50_000, int64(s.URLsPerFile), "1 to 50000 (sitemaps.org)")
	b.within(v.get("bytes_per_file"), 1000, 52_428_800, s.BytesPerFile, "1kB to 50MB (sitemaps.org)")
	seen := map[string]bool{}
	for _, item := range v.get("pages").items {
		if item.bad {
			continue
		}
		page := b.page(item.get("url"))
		if page != "" && seen[page] {
			b.faults.of(item.get("url"), "%s is named twice", page)
		}
		seen[page] = true
		s.Pages = append(s.Pages, page)
	}
	return s
}

// page returns a path, perhaps with a query, below site.url.
func (b *builder) page(v *value) string {
	b.required(v)
	if !v.given || v.bad {
		return ""
	}
	p := v.text
	if rest, ok := strings.CutPrefix(p, b.site.URL); ok && b.site.URL != "" && (rest == "" || rest[0] == '/') {
		p = cmp.Or(rest, "/")
	}
	u, err := url.Parse(p)
	switch {
	case err != nil || !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//"):
		b.faults.of(v, "must be a path that begins with / and joins site.url")
	case strings.Contains(p, "#"):
		b.faults.of(v, "must not hold a fragment (#…)")
	case slices.Contains(strings.Split(u.Path, "/"), ".."):
		b.faults.of(v, "holds .., which leads elsewhere")
	case strings.ContainsAny(p, "\n\r\t"):
		b.faults.of(v, "must be one line")
	}
	return text.NFC(p)
}

// documents reports paths that two documents would have, and returns the aliases.
func (b *builder) documents(v *value, c *Config) []Alias {
	claims := b.claims(v, c)
	var aliases []Alias
	var targets []string
	for _, cl := range claims {
		if cl.feedOrMap {
			targets = append(targets, cl.path)
		}
	}
	for _, old := range v.get("aliases").order {
		item := v.get("aliases").keys[old]
		from, to := text.NFC(old), text.NFC(item.text)
		if err := address.Document(from); err != nil && !item.bad {
			item.at = item.keyAt
			b.faults.of(item, "%v", err)
		}
		if !item.bad && !slices.ContainsFunc(targets, func(target string) bool { return target == to || madeOf(target, to) }) {
			b.faults.of(item, "%q is not a document of this config; known: %s", item.raw, strings.Join(targets, ", "))
		}
		if !item.bad {
			item.at = item.keyAt
			aliases = append(aliases, Alias{Path: from, Target: to})
			claims = append(claims, claim{path: from, owner: item.path, v: item})
		}
	}
	b.collide(claims)
	b.children(claims, c.Sitemap.Path)
	slices.SortFunc(aliases, func(a, z Alias) int { return cmp.Compare(a.Path, z.Path) })
	return aliases
}

// madeOf reports whether a path is one that a pattern with slugMark makes.
func madeOf(pattern, path string) bool {
	before, behind, marked := strings.Cut(pattern, slugMark)
	return marked && len(path) > len(before)+len(behind) && strings.HasPrefix(path, before) && !strings.Contains(path, slugMark)
}

// claims returns the documents of the feeds, the sitemap, robots.txt and the IndexNow key.
func (b *builder) claims(v *value, c *Config) []claim {
	all := append([]claim{{path: "/robots.txt", owner: "robots", v: v.get("robots")}}, b.feedClaims...)
	if c.Sitemap.Path != "" {
		all = append(all, claim{path: c.Sitemap.Path, owner: "sitemap.path", v: v.get("sitemap").get("path"), feedOrMap: true})
	}
	for _, other := range b.others(v) {
		if path := c.Documents[other.path]; path != "" {
			all = append(all, claim{path: path, owner: other.path, v: other, feedOrMap: true})
		}
	}
	if key := c.Notify.IndexNow.Key; key != "" {
		all = append(all, claim{path: "/" + key + ".txt", owner: "the IndexNow key", v: v.get("notify").get("indexnow").get("key")})
	}
	return all
}

// collide reports two documents at one path, and a document where another needs a folder. The
// fault is shown where the operator wrote something.
func (b *builder) collide(claims []claim) {
	at := map[string]claim{}
	for _, later := range claims {
		if earlier, taken := at[later.path]; taken {
			blame, other := blamed(earlier, later)
			b.faults.of(blame.v, "%s is the place of %s already", blame.path, other.owner)
			continue
		}
		at[later.path] = later
	}
	for _, c := range claims {
		for folder := path.Dir(c.path); folder != "/"; folder = path.Dir(folder) {
			if file, taken := at[folder]; taken {
				blame, other := blamed(file, c)
				b.faults.of(blame.v, "%s and %s (%s) cannot both be: one would be a file and a folder at once", blame.path, other.path, other.owner)
			}
		}
	}
}

// blamed returns which of two claims a fault is shown at, and the other one.
func blamed(earlier, later claim) (blame, other claim) {
	if !later.v.given {
		return earlier, later
	}
	return later, earlier
}

// children reports documents at paths that the sitemap's month files will have.
func (b *builder) children(claims []claim, sitemap string) {
	stem, ok := strings.CutSuffix(sitemap, ".xml")
	if !ok {
		return
	}
	child := regexp.MustCompile("^" + regexp.QuoteMeta(stem) + `-[0-9]{4}-[0-9]{2}(-[0-9]+)?\.xml$`)
	for _, c := range claims {
		if child.MatchString(c.path) {
			b.faults.of(c.v, "%s is kept for the sitemap's own files (%s-YYYY-MM.xml)", c.path, stem)
		}
	}
}
