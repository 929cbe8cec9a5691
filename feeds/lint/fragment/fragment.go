// Package fragment says what in a piece of HTML readers take out, cannot show, or get wrong: the bodies and summaries
// of feeds. It touches no disk, clock or network.
package fragment

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"herald/source/finding"
	"herald/source/value"
	"herald/source/weburl"
)

// Report takes one finding: its code and what is wrong.
type Report func(code, what string)

// Check judges HTML that stands escaped in a feed.
func Check(text string, report Report) {
	if !strings.ContainsAny(text, "<&") {
		return
	}
	c := checker{report: report}
	if strings.Contains(text, "<?") && strings.Contains(strings.ToLower(text), "<?import ") {
		report("SecurityRisk", "an <?import> of Internet Explorer")
	}
	c.references(text)
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			c.end(text)
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			c.start(z, kind)
		case html.EndTagToken:
			name, _ := z.TagName()
			c.close(string(name))
		case html.CommentToken:
			if raw := z.Raw(); len(raw) > 1 && raw[1] == '?' {
				report("NotHtml", "<? begins nothing in HTML")
			}
		}
	}
}

// checker reads one fragment.
type checker struct {
	report Report
	open   []string
	broken bool // what is open is no longer known
}

// maxOpen bounds the elements that are followed; deeper ones are not HTML that a reader shows.
const maxOpen = 1000

func (c *checker) start(z *html.Tokenizer, kind html.TokenType) {
	tag, more := z.TagName()
	name := string(tag)
	c.element(name)
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		c.attribute(name, string(key), string(val))
	}
	if kind == html.SelfClosingTagToken || voids()[name] || c.broken {
		return
	}
	if c.open = append(c.open, name); len(c.open) > maxOpen {
		c.misread("elements nest deeper than readers follow")
	}
}

func (c *checker) element(name string) {
	switch {
	case Known(name):
		if !Safe(name) {
			c.report("SecurityRisk", "<"+name+">")
		}
	case !foreign(name):
		c.report("NotHtml", "<"+name+"> is not an HTML element")
	}
}

// addresses are the attributes whose value is a URL that a reader follows.
var addresses = set("href src poster cite data action")

func (c *checker) attribute(tag, name, val string) {
	switch {
	case name == "style":
		for _, evil := range value.Unsafe(val) {
			c.report("DangerousStyleAttr", "style "+finding.Quote(evil))
		}
	case IsHandler(name):
		c.report("SecurityRiskAttr", "the attribute "+name)
	case name == "srcset":
		weburl.MapSrcset(val, func(one string) string { c.address(tag, name, one); return one })
	case addresses()[name]:
		c.address(tag, name, val)
	}
}

// address judges one URL. A fragment stays within the item.
func (c *checker) address(tag, name, url string) {
	url = strings.TrimSpace(url)
	scheme, _, found := weburl.CutScheme(url)
	switch {
	case found && strings.EqualFold(scheme, "javascript"):
		c.report("SecurityRiskAttr", name+" "+finding.Quote(url))
	case found || strings.HasPrefix(url, "#"), url == "" && tag != "img":
	case strings.ContainsAny(url, " \t\n<>\"{}|\\^`"):
		c.report("InvalidUriChar", "<"+tag+" "+name+"> "+finding.Quote(url))
	default:
		c.report("ContainsRelRef", "<"+tag+" "+name+"> "+finding.Quote(url))
	}
}

func (c *checker) close(name string) {
	if c.broken || voids()[name] {
		return
	}
	for i, open := range slices.Backward(c.open) {
		if open == name {
			c.open = c.open[:i]
			return
		}
		if !endless()[open] {
			break
		}
	}
	if name != "p" { // </p> alone is an empty paragraph
		c.misread("</" + name + "> closes nothing that is open")
	}
}

func (c *checker) misread(what string) {
	c.report("NotHtml", what)
	c.broken = true
}

// end judges what is left at the end of the text.
func (c *checker) end(text string) {
	if at := strings.LastIndexByte(text, '<'); at >= 0 && !strings.Contains(text[at:], ">") && beginsTag(text[at+1:]) {
		c.report("NotHtml", "the text ends within a tag")
		return
	}
	if c.broken {
		return
	}
	for _, name := range c.open {
		if !endless()[name] {
			c.misread("<" + name + "> is not closed")
			return
		}
	}
}

func beginsTag(s string) bool {
	s = strings.TrimPrefix(s, "/")
	return s != "" && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z')
}

// references looks for numbers that mean a character in Windows' encoding and none in Unicode.
func (c *checker) references(text string) {
	for rest := text; ; {
		_, after, found := strings.Cut(rest, "&#")
		if !found {
			return
		}
		rest = after
		number, _, closed := strings.Cut(after[:min(len(after), 8)], ";")
		if closed && len(number) == 3 && number >= "128" && number <= "159" {
			c.report("NotHtml", "&#"+number+"; is no character: it is one of Windows-1252")
			return
		}
	}
}
