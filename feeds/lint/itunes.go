package lint

import (
	"path"
	"slices"
	"strings"

	"herald/source/finding"
	"herald/source/value"
)

// The elements of Apple Podcasts (Apple, "A Podcaster's Guide to RSS"), and of Podcasting 2.0 (podcast-namespace, docs/1.0.md).

var (
	duration = value.Lazy(`^\d+(?::[0-5]?\d(?::[0-5]\d)?)?$`)
	bareUUID = value.Lazy(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
)

// podcast are the elements that a show and an episode share.
func itunesBoth() map[string]*element {
	explicit := &element{holds: untrimmed, text: []check{lower(oneOf("InvalidTrueFalse", "true", "false"))}}
	block := &element{holds: untrimmed, text: []check{lower(oneOf("InvalidYesNoClean", "yes", "no", "clean"))}}
	return map[string]*element{
		"itunes:author":   text(atMost(255), plain).one(),
		"itunes:block":    block.one(),
		"itunes:explicit": explicit.one(),
		"itunes:keywords": text(atMost(255), plain, keywords).one(),
		"itunes:subtitle": text(atMost(255), plain).one(),
		"itunes:summary":  text(atMost(4000), plain).one(),
		"itunes:image":    group(nil).must("href", httpURL, picture).one(),
		"itunes:title":    text(plain).one(),
	}
}

func keywords(c *checker, at spot, s string) {
	if strings.Contains(s, " ") && !strings.Contains(s, ",") {
		c.at(at, "InvalidKeywords", s)
	}
}

// picture is a cover: JPEG or PNG, with that extension.
func picture(c *checker, at spot, s string) {
	if kind := extension(s); kind != "" && !slices.Contains([]string{"jpg", "jpeg", "png"}, kind) {
		c.at(at, "ItunesImageFormat", s)
	}
}

// extension is that of a URL's path, in lower case; "" for none.
func extension(s string) string {
	s, _, _ = strings.Cut(s, "#")
	s, _, _ = strings.Cut(s, "?")
	return strings.ToLower(strings.TrimPrefix(path.Ext(s), "."))
}

func itunesShow() map[string]*element {
	return merged(itunesBoth(), podcastBoth(), map[string]*element{
		"itunes:owner": group(map[string]*element{
			"itunes:email": text(uri(value.Email, "InvalidContact")).one(),
			"itunes:name":  text(atMost(255), plain).one(),
		}).one().onClose(func(c *checker, n *node) { c.require(n, "MissingElement", "itunes:email") }),
		"itunes:category":     itunesCategory(),
		"itunes:pubDate":      text(rfc822).one(),
		"itunes:new-feed-url": text(fullURI()).one(),
		"itunes:type":         text(oneOf("InvalidItunesChannelType", "episodic", "serial")).one(),
		"itunes:complete":     text(lower(oneOf("InvalidYesNo", "yes", "no"))).one(),
		"podcast:guid":        text(form("InvalidPodcastGUID", bareUUID)).one(),
		"podcast:locked":      text(oneOf("InvalidYesNo", "yes", "no")).may("owner").one(),
		"podcast:medium":      text().one(),
		"podcast:funding":     text(atMost(128)).must("url", secure),
		"podcast:trailer":     text(atMost(128)).must("url", secure).must("pubdate", rfc822).may("length type season"),
		"podcast:podping":     group(nil).may("usesPodping").one(),
	})
}

func itunesEpisode() map[string]*element {
	return merged(itunesBoth(), podcastBoth(), map[string]*element{
		"itunes:duration":    text(form("InvalidDuration", duration)).one(),
		"itunes:episode":     text(positive()).one(),
		"itunes:season":      text(positive()).one(),
		"itunes:episodeType": text(oneOf("InvalidItunesEpisodeType", "full", "trailer", "bonus")).one(),
		"podcast:transcript": group(nil).must("url", secure).must("type", mime("InvalidMIMEAttribute")).with("language", language).may("rel"),
		"podcast:chapters":   group(nil).must("url", secure).must("type", mime("InvalidMIMEAttribute")).one(),
		"podcast:season":     text(positive()).may("name").one(),
		"podcast:episode":    text(number("InvalidFloat", 0, 1e9)).may("display").one(),
		"podcast:soundbite":  text(atMost(128)).must("startTime", number("InvalidFloat", 0, 1e9)).must("duration", number("InvalidFloat", 0, 1e9)),
	})
}

// podcastBoth are those of Podcasting 2.0 that a show and an episode share, and those whose inside has no rules here.
func podcastBoth() map[string]*element {
	return merged(map[string]*element{
		"podcast:person":  text(nonBlank, atMost(128)).with("img", secure).with("href", secure).may("role group"),
		"podcast:license": text(atMost(128)).with("url", secure).one(),
		"podcast:txt":     text(atMost(4000)).may("purpose"),
	}, same(eaten, "podcast:value podcast:location podcast:liveItem podcast:remoteItem podcast:podroll podcast:updateFrequency podcast:images podcast:image "+
		"podcast:block podcast:socialInteract podcast:alternateEnclosure podcast:contentLink podcast:integrity podcast:source podcast:chat podcast:publisher"))
}

// secure is an https URL.
func secure(c *checker, at spot, s string) {
	if code := value.HTTP(s); code != "" {
		c.at(at, code, s)
	} else if !strings.HasPrefix(s, "https://") {
		c.at(at, "NotHTTPS", s)
	}
}

func itunesCategory() *element {
	sub := group(nil).must("text", func(c *checker, at spot, s string) {
		within, _ := at.n.parent.attr("text")
		if value.Category(within, "") != "InvalidItunesCategory" {
			c.at(at, value.Category(s, within), s)
		}
	})
	return group(map[string]*element{"itunes:category": sub}).must("text", func(c *checker, at spot, s string) { c.at(at, value.Category(s, ""), s) })
}

// supported are the files that Apple Podcasts plays.
var supported = strings.Fields("m4a mp3 mov mp4 m4v pdf epub")

// show judges a podcast at its end.
func (c *checker) show(n *node) {
	if !c.itunes {
		return
	}
	for _, f := range c.files {
		c.report(f.n, "UnsupportedItunesFormat", f.n.path()+" "+finding.Quote(f.url))
	}
	if n.hasAny("itunes:") { // other feeds may hold episodes, too
		c.directory(n)
	}
}

// directory judges what a channel says to directories.
func (c *checker) directory(n *node) {
	if !n.has("language") && !n.has("dc:language") && n.lang == "" {
		c.report(n, "MissingItunesElement", "<"+n.name+"> has no language")
	}
	for _, name := range []string{"itunes:category", "itunes:explicit", "itunes:image"} {
		if !n.has(name) {
			c.report(n, "MissingItunesElement", "<"+n.name+"> has no <"+name+">")
		}
	}
	if !n.has("itunes:owner") {
		c.report(n, "MissingItunesEmail", "<"+n.name+"> has no <itunes:owner>")
	}
}

// enclosed notes the file of an episode: whether the feed is a podcast may be seen later.
func (c *checker) enclosed(n *node, url string) {
	if kind := extension(url); kind != "" && !slices.Contains(supported, kind) && len(c.files) < maxFiles {
		c.files = append(c.files, file{n, url})
	}
}

// maxFiles bounds what is kept of files that a podcast may not have.
const maxFiles = 1000
