package config

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"herald/config/address"
	"herald/config/pattern"
)

func (b *builder) sources(v *value, every Schedule) []Source {
	if !v.given || len(v.items) == 0 {
		b.faults.of(v, "is required: at least one source, such as - path: ./articles")
	}
	var all []Source
	taken := map[string]string{}
	for _, item := range v.items {
		if item.bad {
			continue
		}
		s := b.source(item, every)
		if b.readsSame(item, s, all) {
			continue
		}
		if first, found := taken[s.Name]; found && s.Name != "" {
			b.faults.of(item.get("name"), "the name %q is that of %s; give each source its own", s.Name, first)
		}
		taken[s.Name] = item.path
		all = append(all, s)
	}
	return all
}

// readsSame reports a source that reads the very files of an earlier one: each of its articles would be
// refused, for its URL is that of the other. With other patterns a folder may be read twice.
func (b *builder) readsSame(v *value, s Source, earlier []Source) bool {
	i := slices.IndexFunc(earlier, func(e Source) bool {
		return s.Path.Abs+s.Bucket != "" && e.Path.Abs == s.Path.Abs && e.Bucket == s.Bucket && slices.Equal(e.Include, s.Include) && slices.Equal(e.Exclude, s.Exclude)
	})
	if i < 0 {
		return false
	}
	b.faults.of(v.get("path"), "source %q reads what source %q (%s) reads already; leave one of them out, or let include or exclude tell their files apart",
		s.Name, earlier[i].Name, cmp.Or(earlier[i].Path.Written, earlier[i].Bucket))
	return true
}

func (b *builder) source(v *value, every Schedule) Source {
	kind := b.sourceType(v)
	s := Source{
		Key:          v.path,
		Type:         kind,
		Bucket:       b.bucket(v, kind),
		Path:         b.sourcePath(v, kind),
		URL:          b.remote(v, kind),
		Headers:      texts(v.get("headers")),
		Private:      v.get("allow_private").bool(),
		Include:      b.patterns(v.get("include")),
		Exclude:      b.patterns(v.get("exclude")),
		FrontMatter:  v.get("front_matter").text,
		Markup:       v.get("markup").text,
		Preset:       v.get("preset").text,
		Permalink:    v.get("permalink").text,
		Dates:        b.dates(v.get("dates")),
		Undated:      v.get("undated").text,
		Defaults:     b.defaults(v.get("defaults")),
		Fields:       b.fields(v.get("fields")),
		Schedule:     every,
		Timeout:      v.get("timeout").duration(),
		Watch:        v.get("watch").bool(),
		RemovalGrace: v.get("removal_grace").duration(),
		PublishWhen:  v.get("publish_when").text,
	}
	s.Settings, s.Credentials = texts(v.get("settings")), texts(v.get("credentials"))
	if own := v.get("schedule"); own.given {
		s.Schedule = b.schedule(own)
	}
	if s.Preset != "" {
		s.Permalink, s.FrontMatter = own(v.get("permalink")), own(v.get("front_matter"))
	}
	if t := v.get("timeout"); s.Timeout < time.Second {
		b.faults.of(t, "must be at least 1s")
	}
	if v.get("include").given && len(v.get("include").items) == 0 {
		b.faults.of(v.get("include"), "names no pattern, so the source could hold nothing")
	}
	if s.Include == nil {
		s.Include = []string{"**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm", "**/*.txt"}
	}
	s.Name = v.get("name").text
	switch {
	case s.Name != "":
	case s.Path.Abs+s.Bucket != "":
		s.Name = s.Base()
	case s.URL != "":
		s.Name = address.Host(s.URL)
	case v.get("table").given:
		s.Name = v.get("table").text
	case !b.takes(s.Type, "path") && !b.takes(s.Type, "url"):
		b.required(v.get("name"))
	}
	if b.kinds != nil && b.takes(kind, "full") {
		s.Full = b.schedule(v.get("full"))
	}
	if b.kinds != nil && kind == "sql" {
		b.database(v)
	}
	b.refuseKeys(v, s.Type)
	s.Values = b.values(v, s.Type)
	return s
}

// values returns the keys that mean something to a kind, but nothing to files, as texts; nil: there are none.
func (b *builder) values(v *value, kind string) map[string]string {
	all := map[string]string{}
	for name, c := range v.keys {
		if c.bad || c.key.list || c.key.free || b.kinds == nil || !b.takes(kind, name) || b.takes("files", name) {
			continue
		}
		if !c.mapped() {
			all[name] = c.text
		}
		for _, inner := range c.order {
			all[name+"."+inner] = c.keys[inner].text
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// sourceType returns the kind of a source: the one that is given, else the one that its url or the name of its file tells.
func (b *builder) sourceType(v *value) string {
	kind := kindOf(v)
	if v.get("type").given || v.get("url").given || b.kinds == nil {
		return kind
	}
	byName := rowsByName(v.get("path").text)
	if _, known := b.kinds[byName]; known {
		return byName
	}
	return kind
}

// rowsByName returns the kind of a file of rows by its name; "" for any other.
func rowsByName(path string) string {
	return map[string]string{".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}[strings.ToLower(filepath.Ext(path))]
}

// own returns the text of a key that is given; "" is the preset's.
func own(v *value) string {
	if !v.given {
		return ""
	}
	return v.text
}

func (b *builder) sourcePath(v *value, kind string) Path {
	p := v.get("path")
	if v.get("type").bad || !b.takes(kind, "path") {
		return Path{}
	}
	if v.get("url").given && !p.given || schemeOf(p.text) != "" {
		return Path{} // it is refused for its url, or no path of this machine
	}
	b.required(p)
	got := b.path(p)
	if p.bad || got.Abs == "" || b.to.Abs == "" {
		return got
	}
	switch {
	case got.Abs == b.to.Abs:
		b.faults.of(p, "is publish.to itself; articles and what is made of them need two folders")
	case inside(b.to.Abs, got.Abs):
		b.faults.of(p, "lies inside publish.to, where nothing is ever an article")
	}
	return got
}

func (b *builder) patterns(v *value) []string {
	for _, item := range v.items {
		if err := pattern.Check(item.text); err != nil && !item.bad {
			b.faults.of(item, "%v", err)
		}
	}
	return v.texts()
}

func (b *builder) dates(v *value) []string {
	if !v.given {
		return []string{"front_matter", "file_name", "first_seen"}
	}
	if len(v.items) == 0 {
		b.faults.of(v, "names no rule")
	}
	for i, item := range v.items {
		switch earlier := v.items[:i]; {
		case slices.ContainsFunc(earlier, func(e *value) bool { return e.text == item.text }):
			b.faults.of(item, "%s is named twice", item.text)
		case i > 0 && v.items[i-1].text == "first_seen":
			b.faults.of(item, "%s is never asked: first_seen before it always gives a date", item.text)
		}
	}
	return v.texts()
}

func (b *builder) defaults(v *value) Defaults {
	d := Defaults{
		Categories: v.get("categories").texts(), Tags: v.get("tags").texts(), Language: b.language(v.get("lang")),
		Image: b.image(v.get("image")), Draft: v.get("draft").bool(), NoIndex: v.get("robots").text == "noindex",
		NoSitemap: !v.get("sitemap").bool(), NoFeed: !v.get("feed").bool(),
	}
	for _, one := range append([]*value{v.get("author")}, v.get("authors").items...) {
		if !one.given || one.bad {
			continue
		}
		a := Author{Name: one.text}
		if one.mapped() {
			b.required(one.get("name"))
			a = b.author(one)
		}
		if a != (Author{}) {
			d.Authors = append(d.Authors, a)
		}
	}
	return d
}

// fields returns the keys that a source's articles have for fields of ours.
func (b *builder) fields(v *value) map[string][]string {
	var all map[string][]string
	for _, ours := range v.order {
		theirs := v.keys[ours]
		if len(theirs.items) == 0 {
			b.faults.of(theirs, "names no key")
			continue
		}
		if all == nil {
			all = map[string][]string{}
		}
		all[ours] = theirs.texts()
	}
	return all
}

// everyKind are the keys of a source that the pipeline itself reads, whatever the kind.
var everyKind = []string{"name", "type", "permalink", "undated", "schedule", "timeout", "removal_grace", "publish_when"}

// takes reports whether a key means something to a kind of source.
func (b *builder) takes(kind, key string) bool {
	keys, known := b.kinds[kind]
	return !known || slices.Contains(keys, key) || slices.Contains(everyKind, key)
}

// refuseKeys reports keys that are given and mean nothing to the source's kind.
func (b *builder) refuseKeys(v *value, kind string) {
	for _, name := range v.order {
		if c := v.keys[name]; !c.bad && !b.takes(kind, name) {
			b.faults.add(c.keyAt, c.path, "means nothing to a source of type "+kind)
		}
	}
}
