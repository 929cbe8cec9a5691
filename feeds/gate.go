package feeds

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"herald/source/text"
)

// gate holds what the items of one document have in common.
type gate struct {
	hosts []string
	ids   map[string]bool
	last  time.Time
	count int
}

// entry is what the gate asks of an item, whatever its format.
type entry struct {
	id, link, title   string
	published, layout string
	updated           string // "" where the format has none
}

const xmlHeader = `<?xml version="1.0" encoding="UTF-8"?>`

// xml returns root to check once doc is known to be well-formed.
func (g *gate) xml(doc []byte, check func(*xml.Decoder) error) error {
	if !bytes.HasPrefix(doc, []byte(xmlHeader)) {
		return errors.New("it does not begin with " + xmlHeader)
	}
	if !utf8.Valid(doc) {
		return errors.New("it is not UTF-8")
	}
	d := xml.NewDecoder(&bare{rest: doc})
	if err := check(d); err != nil {
		return fmt.Errorf("%w (near byte %d)", err, d.InputOffset())
	}
	for {
		switch t, err := d.Token(); t := t.(type) {
		case nil:
			if err == io.EOF {
				return nil
			}
			return err
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return errors.New("text after the document")
			}
		default:
			return errors.New("something follows the document")
		}
	}
}

// bare reads a document without the insides of its CDATA sections, nearly all of its bytes, which
// it checks itself: encoding/xml takes 10 ns for each.
type bare struct{ rest []byte }

var (
	errCDATA     = errors.New("a CDATA section does not end")
	errCharacter = errors.New("a character that XML 1.0 forbids")
)

func (b *bare) Read(p []byte) (int, error) {
	const open, end = "<![CDATA[", "]]>"
	if len(b.rest) == 0 {
		return 0, io.EOF
	}
	next := bytes.Index(b.rest, []byte(open))
	if next == 0 {
		size := bytes.Index(b.rest[len(open):], []byte(end))
		if size < 0 {
			return 0, errCDATA
		}
		if !text.FitsXML(string(b.rest[len(open) : len(open)+size])) {
			return 0, errCharacter
		}
		b.rest = b.rest[len(open)+size+len(end):]
		return copy(p, "x"), nil // so that the element is not empty
	}
	if next < 0 {
		next = len(b.rest)
	}
	n := copy(p, b.rest[:next])
	b.rest = b.rest[n:]
	return n, nil
}

// item holds one item against the rules that all formats share.
func (g *gate) item(e entry) error {
	g.count++
	if err := g.identity(e); err != nil {
		return fmt.Errorf("item %d: %w", g.count, err)
	}
	if err := g.dates(e); err != nil {
		return fmt.Errorf("item %d (%s): %w", g.count, e.id, err)
	}
	return nil
}

func (g *gate) identity(e entry) error {
	switch {
	case e.id == "":
		return errors.New("no id")
	case g.ids[e.id]:
		return fmt.Errorf("its id %q is another item's", e.id)
	case e.title == "":
		return errors.New("no title")
	}
	g.ids[e.id] = true
	return g.ours(e.link)
}

func (g *gate) dates(e entry) error {
	published, err := time.Parse(e.layout, e.published)
	if err != nil {
		return fmt.Errorf("date of publication: %w", err)
	}
	if g.count > 1 && !published.Before(g.last) {
		return fmt.Errorf("published %s, not before the item above it", e.published)
	}
	g.last = published
	if e.updated == "" {
		return nil
	}
	if _, err := time.Parse(e.layout, e.updated); err != nil {
		return fmt.Errorf("date of change: %w", err)
	}
	return nil
}

// ours reports a URL that is not absolute or not on one of the hosts.
func (g *gate) ours(link string) error {
	u, err := url.Parse(link)
	if err != nil {
		return err
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fmt.Errorf("%q is not an absolute URL", link)
	}
	if !slices.ContainsFunc(g.hosts, func(host string) bool { return strings.EqualFold(u.Host, host) }) {
		return fmt.Errorf("%q is not on a host of the site", link)
	}
	return nil
}

// required reports the first of the named values that is empty: name, value, name, value …
func required(pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if strings.TrimSpace(pairs[i+1]) == "" {
			return errors.New("no " + pairs[i])
		}
	}
	return nil
}
