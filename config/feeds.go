package config

import (
	"cmp"
	"slices"
	"strings"

	"herald/source/near"
)

// mainFeed is the name of the feed that is there by default.
const mainFeed = "main"

// maxFeedBytes bounds a feed's documents: what is published can be read back, by serve and after a lost state.
const maxFeedBytes = 64_000_000

// feeds returns main, changed or not, and the others; those that are off are left out.
func (b *builder) feeds(v *value, sources []Source) []Feed {
	described := []*value{{key: &key{keys: v.key.keys}, path: "feeds", at: v.at, keyAt: v.at}} // main by its defaults
	first := map[string]string{}
	for _, item := range v.items {
		name := item.get("name")
		if item.bad {
			continue
		}
		switch b.required(name); {
		case name.bad:
			continue
		case strings.ContainsAny(name.text, "\n\r\t"):
			b.faults.of(name, "must be one line")
		case first[name.text] != "":
			b.faults.of(name, "%s is described by %s already", name.text, first[name.text])
		case name.text == mainFeed:
			described[0] = item
		default:
			described = append(described, item)
		}
		first[name.text] = cmp.Or(first[name.text], item.path)
	}
	var all []Feed
	for i, item := range described {
		if f := b.feed(item, i == 0, sources); !item.get("off").bool() {
			all = append(all, f)
			b.claim(item, f)
		}
	}
	return all
}

// feed reads one feed. The formats of main have paths by default, those of others only where they are given.
func (b *builder) feed(v *value, main bool, sources []Source) Feed {
	f := Feed{
		Name: v.get("name").text, Title: cmp.Or(v.get("title").text, b.site.Title), Description: cmp.Or(v.get("description").text, b.site.Description),
		Paths: map[string]string{}, Items: v.get("items").int(), Content: v.get("content").text, Bytes: v.get("bytes").size(),
		Where: b.terms(v.get("where"), sources), Not: b.terms(v.get("where").get("not"), sources),
	}
	f.Each, f.Keep = v.get("each").text, v.get("keep").duration()
	if main {
		f.Name = mainFeed
	}
	f.Archive, f.Deleted, f.Podcast = v.get("archive").int(), v.get("deleted").bool(), b.podcast(v.get("podcast"))
	b.within(v.get("archive"), 0, 5000, int64(f.Archive), "0 to 5000")
	if f.Each != "" && !v.get("title").given {
		f.Title = b.site.Title + " – " + valueMark
	}
	b.marks(v, f)
	formats, faulty := v.key.documents(), false
	for _, format := range formats {
		at := v.get(format)
		if !main && !at.given {
			continue
		}
		if path := b.document(at); path != "" {
			f.Paths[format] = path
		}
		faulty = faulty || at.bad
	}
	last := len(formats) - 1
	switch names := strings.Join(formats[:last], ", "); {
	case len(f.Paths) > 0 || faulty || v.get("off").bool():
	case main:
		b.faults.of(v.get(formats[0]), "all of %s and %s are false; take the feed away with off: true", names, formats[last])
	default:
		b.faults.of(v, "has no document: give it a path for %s or %s, such as rss: /%s/feed.xml", names, formats[last], "politics")
	}
	b.within(v.get("items"), 1, 5000, int64(f.Items), "1 to 5000")
	b.within(v.get("bytes"), 1000, maxFeedBytes, f.Bytes, "1kB to 64MB")
	return f
}

// podcast reads what podcast directories ask of a feed.
func (b *builder) podcast(v *value) *Podcast {
	if !v.given || v.bad {
		return nil
	}
	return &Podcast{
		Category: v.get("category").text, Explicit: v.get("explicit").bool(), Owner: b.author(v.get("owner")), Image: b.image(v.get("image")),
	}
}

// What stands in the paths and titles of a feed that is one per value.
const slugMark, valueMark = ":slug", ":value"

// marks checks that each path of a feed that is one per value tells the values apart, and that no other path does.
func (b *builder) marks(v *value, f Feed) {
	each := v.get("each")
	if each.given && f.Name == mainFeed {
		b.faults.of(each, "main is one feed; give one per %s a name of its own", each.text)
		return
	}
	for _, format := range v.key.documents() {
		at := v.get(format)
		switch marked := strings.Contains(at.text, slugMark); {
		case !at.given || at.bad || at.text == "false":
		case each.given && !each.bad && !marked:
			b.faults.of(at, "lacks %s, which stands for the %s: all feeds of %s would lie at one path; write one such as /%s/%s/feed.xml", slugMark, each.text, f.Name, each.text, slugMark)
		case !each.given && marked:
			b.faults.of(at, "holds %s, which means something only in a feed with each: category, tag, author, language or source", slugMark)
		}
	}
	for _, name := range []string{"title", "description"} {
		if at := v.get(name); !each.given && strings.Contains(at.text, valueMark) {
			b.faults.of(at, "holds %s, which means something only in a feed with each: category, tag, author, language or source", valueMark)
		}
	}
}

// claim notes where the documents of a feed lie.
func (b *builder) claim(v *value, f Feed) {
	for _, format := range v.key.documents() {
		if path := f.Paths[format]; path != "" {
			b.feedClaims = append(b.feedClaims, claim{path: path, owner: "the " + f.Name + " feed's " + format, v: v.get(format), feedOrMap: true})
		}
	}
}

// terms reads what articles are picked by.
func (b *builder) terms(v *value, sources []Source) (t Terms) {
	for name, list := range map[string]*[]string{
		"categories": &t.Categories, "tags": &t.Tags, "authors": &t.Authors, "languages": &t.Languages, "sources": &t.Sources,
	} {
		at := v.get(name)
		*list = at.texts()
		if at.given && !at.bad && len(at.items) == 0 {
			b.faults.of(at, "is empty, and so no article could have one of its values; leave it out, or name one")
		}
	}
	t.Languages = nil
	for _, item := range v.get("languages").items {
		t.Languages = append(t.Languages, b.language(item))
	}
	known := make([]string, len(sources))
	for i, s := range sources {
		known[i] = s.Name
	}
	for _, item := range v.get("sources").items {
		if !item.bad && !slices.Contains(known, item.text) {
			b.faults.of(item, "%q is not a source of this config; known: %s%s", item.raw, strings.Join(known, ", "), near.DidYouMean(item.text, known))
		}
	}
	return t
}
