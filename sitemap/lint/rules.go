package lint

import (
	"bufio"
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"herald/source/finding"
	"herald/source/value"
)

func anyText(*checker, *node, string) {}

func oneOf(code string, words ...string) func(c *checker, n *node, s string) {
	return func(c *checker, n *node, s string) {
		if !slices.Contains(words, strings.ToLower(s)) {
			c.report(n, code, n.path()+" "+finding.Quote(s))
		}
	}
}

func number(code string, least, most float64) func(c *checker, n *node, s string) {
	return func(c *checker, n *node, s string) {
		if f, err := strconv.ParseFloat(s, 64); err != nil || !(f >= least && f <= most) {
			c.report(n, code, n.path()+" "+finding.Quote(s))
		}
	}
}

func atMost(size int) func(c *checker, n *node, s string) {
	return func(c *checker, n *node, s string) {
		if utf8.RuneCountInString(s) > size {
			c.report(n, "TooLong", n.path()+" "+finding.Quote(s))
		}
	}
}

// address is a whole URL.
func address(c *checker, n *node, s string) {
	code := value.FullURI(s, "InvalidLink")
	if code == "" && !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		code = "InvalidLink"
	}
	if code != "" {
		c.report(n, code, n.path()+" "+finding.Quote(s))
	}
}

// location is the address of a page or a sitemap: on one host, once, where the sitemap may list it.
func location(c *checker, n *node, s string) {
	if utf8.RuneCountInString(s) > maxLoc {
		c.report(n, "TooLong", n.path()+" "+finding.Quote(s))
	}
	before := c.faults
	address(c, n, s)
	if c.faults > before {
		return
	}
	u, err := url.Parse(s)
	if err != nil {
		c.report(n, "InvalidLink", n.path()+" "+finding.Quote(s))
		return
	}
	if u.Fragment != "" {
		c.report(n, "FragmentInLoc", n.path()+" "+finding.Quote(s))
	}
	c.scope(n, u)
	if c.seen[s] {
		c.report(n, "DuplicateLoc", n.path()+" "+finding.Quote(s))
	} else if len(c.seen) < 2*maxURLs {
		c.seen[s] = true
	}
}

// scope asks that an address lies on the sitemap's host, at or below its folder; where that is not known, on the first one's.
func (c *checker) scope(n *node, u *url.URL) {
	site := strings.ToLower(u.Scheme + "://" + u.Host)
	switch own := c.place; {
	case own != nil && own.Host != "":
		folder := own.Path[:strings.LastIndexByte(own.Path, '/')+1]
		switch {
		case site != strings.ToLower(own.Scheme+"://"+own.Host):
			c.report(n, "OtherHost", finding.Quote(u.String())+" is not on "+own.Scheme+"://"+own.Host)
		case !strings.HasPrefix(u.Path+"/", folder):
			c.report(n, "OutOfScope", finding.Quote(u.String())+" is not below "+folder)
		}
	case c.first == "":
		c.first = site
	case site != c.first:
		c.report(n, "OtherHost", finding.Quote(u.String())+" is not on "+c.first)
	}
}

// moment is a time of the past; date one that may lie ahead.
func moment(c *checker, n *node, s string) { c.dated(n, value.W3C(s, c.options.Now), s) }

func date(c *checker, n *node, s string) {
	if code := value.W3C(s, c.options.Now); code != "ImplausibleDate" {
		c.dated(n, code, s)
	}
}

func (c *checker) dated(n *node, code, s string) {
	if code != "" {
		c.report(n, code, n.path()+" "+finding.Quote(s))
	}
}

// openURL counts the entries.
func openURL(c *checker, n *node) {
	if c.urls++; c.urls == maxURLs+1 {
		c.report(n, "TooManyURLs", fmt.Sprintf("more than %d entries", maxURLs))
	}
}

// closeURL judges what the parts of an entry say together.
func closeURL(c *checker, n *node) {
	if n.kids["image:image"] > maxImages {
		c.report(n, "TooManyImages", fmt.Sprintf("%d images", n.kids["image:image"]))
	}
	if n.kids["xhtml:link"] > 0 && n.texts["self "+n.texts["loc"]] == "" {
		c.report(n, "MissingSelfAlternate", finding.Quote(n.texts["loc"]))
	}
}

func closeSet(c *checker, n *node) {
	if c.urls == 0 {
		c.report(n, "EmptySitemap", "<"+n.name+"> lists nothing")
	}
}

// openLanguage judges a link to a version in another language.
func openLanguage(c *checker, n *node) {
	language, href := n.attr("hreflang"), n.attr("href")
	if rel := n.attr("rel"); rel != "alternate" {
		c.report(n, "InvalidAlternate", n.path()+" rel "+finding.Quote(rel))
	}
	if language != "x-default" && value.Language(language) != "" {
		c.report(n, "InvalidLanguage", n.path()+" hreflang "+finding.Quote(language))
	}
	if key := "language " + strings.ToLower(language); n.parent.texts[key] != "" {
		c.report(n, "DuplicateAlternate", n.path()+" hreflang "+finding.Quote(language))
	} else {
		n.parent.texts[key] = href
	}
	n.parent.texts["self "+href] = "yes"
	address(c, n, href)
}

func openNews(c *checker, n *node) {
	if c.news++; c.news == maxNews+1 {
		c.report(n, "TooManyNews", fmt.Sprintf("more than %d <news:news>", maxNews))
	}
}

// closeNews asks that an article of the news is new.
func closeNews(c *checker, n *node) {
	t := value.Time(n.texts["news:publication_date"])
	if now := c.options.Now; !now.IsZero() && !t.IsZero() && now.Sub(t) > newsAge+value.Soon {
		c.report(n, "OldNews", n.path()+" of "+n.texts["news:publication_date"])
	}
}

func publication(c *checker, n *node, s string) {
	if strings.ContainsAny(s, "()") {
		c.report(n, "ParenthesesInName", n.path()+" "+finding.Quote(s))
	}
}

// newsLanguage is a language of two or three letters, or one of the two Chinese ones.
func newsLanguage(c *checker, n *node, s string) {
	switch low := strings.ToLower(s); {
	case low == "zh-cn", low == "zh-tw":
	case len(s) > 3, value.Language(s) != "":
		c.report(n, "InvalidLanguage", n.path()+" "+finding.Quote(s))
	}
}

func closeVideo(c *checker, n *node) {
	content, player := n.texts["video:content_loc"], n.texts["video:player_loc"]
	if n.kids["video:content_loc"] == 0 && n.kids["video:player_loc"] == 0 {
		c.report(n, "MissingElement", "<"+n.name+"> has neither <video:content_loc> nor <video:player_loc>")
	}
	if page := n.parent.texts["loc"]; page != "" && (page == content || page == player) {
		c.report(n, "VideoIsPage", finding.Quote(page))
	}
	if n.kids["video:tag"] > maxTags {
		c.report(n, "TooManyTags", fmt.Sprintf("%d tags", n.kids["video:tag"]))
	}
}

// lines judges a plain list: one address a line, in UTF-8.
func (c *checker) lines(doc []byte) {
	if !utf8.Valid(doc) {
		c.found.Add(1, 1, "UnicodeError", "bytes that are no UTF-8")
	}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(doc, []byte("\ufeff"))))
	lines.Buffer(nil, len(doc)+1)
	n := &node{name: "line"}
	for lines.Scan() {
		c.row++
		s := string(bytes.TrimSpace(lines.Bytes()))
		if s == "" {
			continue
		}
		openURL(c, n)
		location(c, n, s)
	}
}
