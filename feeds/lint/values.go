package lint

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"herald/feeds/lint/fragment"
	"herald/source/value"
)

// The checks of single values. A check that other formats share stands here; one that a format has alone, beside its table.

// uri is a check of a URI by one of value's judges.
func uri(judge func(s, other string) string, other string) check {
	return func(c *checker, at spot, s string) { c.at(at, judge(s, other), s) }
}

func fullURI() check { return uri(value.FullURI, "InvalidFullLink") }

// link20 is a full URI in an element of RSS itself.
func link20() check { return uri(value.FullURI, "InvalidLink") }

func httpURL(c *checker, at spot, s string) { c.at(at, value.HTTP(s), s) }

func nonBlank(c *checker, at spot, s string) {
	if s == "" {
		code := "NotBlank"
		c.at(at, code, s)
	}
}

// tight is a text without space around it.
func tight(c *checker, at spot, _ string) {
	if text := at.n.text; len(bytes.TrimSpace(text)) != len(text) {
		c.at(at, "UnexpectedWhitespace", string(text))
	}
}

func rfc822(c *checker, at spot, s string)  { c.at(at, value.RFC822(s, c.now), s) }
func rfc3339(c *checker, at spot, s string) { c.at(at, value.RFC3339(s, c.now), s) }
func w3cdtf(c *checker, at spot, s string)  { c.at(at, value.W3C(s, c.now), s) }
func iso8601(c *checker, at spot, s string) { c.at(at, value.ISO(s, c.now), s) }

func language(c *checker, at spot, s string) { c.at(at, value.Language(s), s) }
func email(c *checker, at spot, s string)    { c.at(at, value.Email(s, "InvalidAddrSpec"), s) }

func mime(code string) check {
	return func(c *checker, at spot, s string) { c.at(at, value.MIME(s, code), s) }
}

// integer is a whole number of at least least.
func integer(code string, least int64) check {
	return func(c *checker, at spot, s string) {
		if n, err := strconv.ParseInt(s, 10, 64); err != nil || n < least {
			c.at(at, code, s)
		}
	}
}

func positive() check    { return integer("InvalidPositiveInteger", 1) }
func notNegative() check { return integer("InvalidNonNegativeInteger", 0) }

// number is a number between two.
func number(code string, least, most float64) check {
	return func(c *checker, at spot, s string) {
		if f, err := strconv.ParseFloat(s, 64); err != nil || f < least || f > most {
			c.at(at, code, s)
		}
	}
}

// form is a value of a pattern.
func form(code string, pattern func() *regexp.Regexp) check {
	return func(c *checker, at spot, s string) {
		if !pattern().MatchString(s) {
			c.at(at, code, s)
		}
	}
}

// oneOf is one of the words.
func oneOf(code string, words ...string) check {
	return func(c *checker, at spot, s string) {
		for _, w := range words {
			if s == w {
				return
			}
		}
		c.at(at, code, s)
	}
}

// atMost bounds a text in characters.
func atMost(n int) check {
	return func(c *checker, at spot, s string) {
		if utf8.RuneCountInString(s) > n {
			c.at(at, "TooLong", s)
		}
	}
}

// distinct is a value that stands once in a document.
func distinct(kind, code string) check {
	return func(c *checker, at spot, s string) {
		if s != "" {
			c.unique(at, kind, code, s)
		}
	}
}

// plain is a text without HTML.
func plain(c *checker, at spot, s string) { plainText(c, at, s, "ContainsHTML") }

// plainText reports HTML in a text that is shown as it is. A feed of RSS that escapes with &#x26; says that it means the text.
func plainText(c *checker, at spot, s, code string) {
	tag, references, likeTag := fragment.InPlain(s)
	meant := func() bool { return at.attr == "" && bytes.Contains(c.raw(at.n), []byte("&#x")) }
	switch {
	case tag != "" && !meant():
		c.at(at, code, tag)
	case references != "" && !meant():
		c.at(at, code, references)
	case references == "" && likeTag && c.format == formatRSS && strings.HasPrefix(c.version, "2.") && !meant():
		c.at(at, "CharacterData", s)
	}
}

// safeHTML is HTML that readers show as it is meant.
func safeHTML(c *checker, at spot, s string) {
	fragment.Check(s, func(code, what string) { c.report(at.n, code, at.n.path()+": "+what) })
}

// person is an address with a name as RSS has it.
func person(c *checker, at spot, s string) {
	if rest, found := strings.CutPrefix(s, "mailto:"); found {
		rest, _, _ = strings.Cut(rest, "?")
		if plain, err := url.PathUnescape(rest); err == nil {
			rest = plain
		}
		s = rest
	}
	if strings.IndexByte(s, '@') > 0 && !strings.HasSuffix(s, ")") {
		if strings.IndexByte(s, ' ') > 0 {
			c.at(at, "EmailFormat", s)
		} else {
			c.at(at, "MissingRealName", s)
		}
		return
	}
	plain(c, at, s)
	c.at(at, value.Contact(s), s)
}

// coordinates is one point, or pairs of them.
var (
	point     = value.Lazy(`^[-+]?\d+\.?\d*[ ,][-+]?\d+\.?\d*$`)
	pointList = value.Lazy(`^[-+]?\d+\.?\d*[ ,][-+]?\d+\.?\d*(?: [-+]?\d+\.?\d*[ ,][-+]?\d+\.?\d*)+$`)
)

func coordinates(code string, pattern func() *regexp.Regexp) check {
	return func(c *checker, at spot, s string) {
		switch s = strings.Join(strings.Fields(s), " "); {
		case !pattern().MatchString(s):
			c.at(at, code, s)
		case strings.Contains(s, ","):
			c.at(at, "CoordComma", s)
		}
	}
}

// lower is a value whose capitals do not count.
func lower(f check) check {
	return func(c *checker, at spot, s string) { f(c, at, strings.ToLower(s)) }
}
