package feeds

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"herald/source"
	"herald/source/text"
	"herald/source/weburl"
)

const (
	nsItunes  = "http://www.itunes.com/dtds/podcast-1.0.dtd"
	nsPodcast = "https://podcastindex.org/namespace/1.0"
)

// PodcastGUID returns what Podcasting 2.0 calls the guid of a feed: a UUID of version 5 (RFC 9562) of its first URL without
// scheme and without slashes at the end.
func PodcastGUID(url string) string {
	const namespace = "\xea\xd4\xc2\x36\xbf\x58\x58\xc6\xa2\xc6\xa6\xb2\x8d\x12\x8c\xb6"
	_, name, _ := strings.Cut(url, "://")
	sum := sha1.Sum([]byte(namespace + strings.TrimRight(name, "/")))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0F|0x50, id[8]&0x3F|0x80
	digits := hex.EncodeToString(id)
	return strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}

// isPodcast reports whether podcast apps have something to read in a feed.
func (f *Feed) isPodcast() bool {
	return f.Podcast != nil || slices.ContainsFunc(f.Items, func(a *source.Article) bool { return a.Episode != nil })
}

// podcastHead writes what directories ask of a channel.
func podcastHead(m *markup, f *Feed) {
	p := f.Podcast
	if p == nil {
		return
	}
	author := person(f.Author, f.Title)
	owner := p.Owner
	if owner == (source.Author{}) {
		owner = f.Author
	}
	owner.Name = cmp.Or(line(owner.Name), author.Name)
	owner = person(owner, "")
	m.element("itunes:author", author.Name)
	m.open("itunes:owner")
	m.element("itunes:name", owner.Name)
	m.element("itunes:email", owner.Email)
	m.shut("itunes:owner")
	if outer, inner, nested := strings.Cut(p.Category, ">"); nested {
		m.open("itunes:category", attr{"text", strings.TrimSpace(outer)})
		m.empty("itunes:category", attr{"text", strings.TrimSpace(inner)})
		m.shut("itunes:category")
	} else if p.Category != "" {
		m.empty("itunes:category", attr{"text", p.Category})
	}
	m.element("itunes:explicit", strconv.FormatBool(p.Explicit))
	if image := text.ForXML(p.Image); image != "" {
		m.empty("itunes:image", attr{"href", image})
	} else if f.Image != "" {
		m.empty("itunes:image", attr{"href", f.Image})
	}
	m.element("itunes:type", "episodic")
	m.element("podcast:guid", p.GUID)
	m.element("podcast:medium", "podcast")
}

// podcastItem writes what podcast apps show of an episode.
func podcastItem(m *markup, a *source.Article) {
	e := a.Episode
	if e == nil {
		return
	}
	m.element("itunes:duration", count(e.Seconds))
	m.element("itunes:episode", count(e.Number))
	m.element("itunes:season", count(e.Season))
	m.element("itunes:episodeType", e.Type)
	m.element("itunes:explicit", e.Explicit)
	if image := image(a); image != "" {
		m.empty("itunes:image", attr{"href", image})
	}
	for _, t := range e.Transcripts {
		if url := resolved(a, t.URL); url != "" {
			m.empty("podcast:transcript", attr{"url", url}, attr{"type", mediaType(t.Type)}, attr{"language", language(t.Language)})
		}
	}
	if url := resolved(a, e.Chapters); url != "" {
		m.empty("podcast:chapters", attr{"url", url}, attr{"type", "application/json+chapters"})
	}
	for _, p := range e.People {
		m.element("podcast:person", line(p.Name), attr{"role", p.Role}, attr{"group", p.Group}, attr{"img", resolved(a, p.Image)}, attr{"href", resolved(a, p.URL)})
	}
	if e.Value != nil {
		m.open("podcast:value", attributes(e.Value.Attributes)...)
		for _, r := range e.Value.Recipients {
			m.empty("podcast:valueRecipient", attributes(r)...)
		}
		m.shut("podcast:value")
	}
}

// resolved returns an absolute URL; "" of "".
func resolved(a *source.Article, url string) string {
	if url == "" {
		return ""
	}
	return weburl.Resolve(a.URL, url)
}

// attributes returns those whose names can stand in XML, each name once.
func attributes(all []source.Attribute) []attr {
	var out []attr
	for _, a := range all {
		if isName(a.Name) && !slices.ContainsFunc(out, func(other attr) bool { return other.name == a.Name }) {
			out = append(out, attr{a.Name, a.Value})
		}
	}
	return out
}

// isName reports whether a name is one of letters, digits, "_", "-" and "." that needs and makes no namespace.
func isName(s string) bool {
	for i, c := range []byte(s) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '-' && c != '.') {
			return false
		}
	}
	return s != "" && !strings.EqualFold(s, "xmlns")
}

// mainFile returns the place of the file that is the enclosure where a format allows one: the first that is audio or video,
// else the first.
func mainFile(files []source.Enclosure) int {
	return max(0, slices.IndexFunc(files, source.Enclosure.Plays))
}

// duration is how long the main file plays, in seconds.
func duration(a *source.Article) int64 {
	if a.Episode == nil {
		return 0
	}
	return a.Episode.Seconds
}
