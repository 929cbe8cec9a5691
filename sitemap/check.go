package sitemap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Check is the gate before a sitemap or an index of ours is published: it returns what is wrong with
// it, or nil. It is a scanner of exactly what WriteURLSet and WriteIndex write, which makes it
// fast and lets nothing else through. It holds the limits of the protocol; every loc absolute, in
// ASCII, on one of hosts (host, or host:port) and there once; every lastmod in UTC; at least one
// entry.
func Check(doc []byte, hosts []string) error {
	if err := check(doc, hosts); err != nil {
		return fmt.Errorf("check sitemap: %w", err)
	}
	return nil
}

func check(doc []byte, hosts []string) error {
	if len(doc) > MaxBytes {
		return fmt.Errorf("%d bytes, over the limit of %d", len(doc), MaxBytes)
	}
	s := &scanner{rest: string(doc)}
	g := &gate{hosts: hosts, seen: make(map[string]struct{}, len(doc)/200)}
	switch {
	case s.take(setHead):
		g.entries(s, "url", setFoot)
	case s.take(indexHead):
		g.entries(s, "sitemap", indexFoot)
	default:
		return errors.New("it does not begin as a sitemap or index of ours")
	}
	if s.err != nil {
		return fmt.Errorf("entry %d: %w", len(g.seen)+1, s.err)
	}
	if len(g.seen) == 0 {
		return errors.New("it is empty")
	}
	return nil
}

// gate holds what the entries of one document have in common.
type gate struct {
	hosts []string
	seen  map[string]struct{}
}

// entries checks entries up to the foot, which ends the document.
func (g *gate) entries(s *scanner, name, foot string) {
	for s.err == nil && !s.take(foot) {
		if len(g.seen) == MaxURLs {
			s.fail(fmt.Errorf("over the limit of %d", MaxURLs))
			return
		}
		s.want("  <" + name + ">\n")
		g.entry(s)
		s.want("  </" + name + ">\n")
	}
	if s.rest != "" {
		s.fail(errors.New("something follows the document"))
	}
}

func (g *gate) entry(s *scanner) {
	loc := s.leaf("    ", "loc")
	if err := g.loc(loc); err != nil {
		s.fail(fmt.Errorf("loc %.200q: %w", loc, err))
		return
	}
	if s.at("    <lastmod>") {
		if _, err := time.Parse(lastModLayout, s.leaf("    ", "lastmod")); err != nil {
			s.fail(err)
		}
	}
	for n := 1; s.at("    <image:image>"); n++ {
		s.want("    <image:image>\n")
		image := s.leaf("      ", "image:loc")
		s.want("    </image:image>\n")
		if host, err := hostOf(image); err != nil || host == "" || n > MaxImages {
			s.fail(fmt.Errorf("image %d, %.200q: no absolute URL, or too many", n, image))
		}
	}
}

// loc checks one address and remembers it.
func (g *gate) loc(loc string) error {
	host, err := hostOf(loc)
	switch {
	case err != nil:
		return err
	case len(loc) > MaxLoc:
		return fmt.Errorf("%d characters, over the limit of %d", len(loc), MaxLoc)
	case !slices.ContainsFunc(g.hosts, func(h string) bool { return strings.EqualFold(h, host) }):
		return errors.New("not on a host of the site")
	}
	if _, double := g.seen[loc]; double {
		return errors.New("there twice")
	}
	g.seen[loc] = struct{}{}
	return nil
}

// scanner reads a document from the left and keeps the first error.
type scanner struct {
	rest string
	err  error
}

func (s *scanner) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *scanner) at(text string) bool { return strings.HasPrefix(s.rest, text) }

func (s *scanner) take(text string) (ok bool) {
	s.rest, ok = strings.CutPrefix(s.rest, text)
	return ok
}

func (s *scanner) want(text string) {
	if !s.take(text) {
		s.fail(fmt.Errorf("%s is missing", strings.TrimSpace(text)))
	}
}

// leaf reads <name>text</name> on a line of its own and returns the text, with its entities resolved.
func (s *scanner) leaf(indent, name string) string {
	if !s.take(indent) || !s.take("<") || !s.take(name) || !s.take(">") {
		s.fail(fmt.Errorf("<%s> is missing", name))
		return ""
	}
	text, rest, _ := strings.Cut(s.rest, "<")
	s.rest = rest
	if !s.take("/") || !s.take(name) || !s.take(">\n") {
		s.fail(fmt.Errorf("</%s> is missing", name))
	}
	if strings.IndexByte(text, '&') >= 0 {
		return s.resolve(text)
	}
	return text
}

func (s *scanner) resolve(text string) string {
	var b strings.Builder
	for {
		plain, rest, found := strings.Cut(text, "&")
		b.WriteString(plain)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, ";")
		c := entityNamed(name)
		if c == 0 {
			s.fail(fmt.Errorf("&%.10s is not an XML entity", rest))
			return ""
		}
		b.WriteByte(c)
		text = after
	}
}

// entityNamed returns the character of one of the entities that XML knows; 0 for any other name.
func entityNamed(name string) byte {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "apos":
		return '\''
	case "quot":
		return '"'
	}
	return 0
}
