package sitemap

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"herald/source/remote"
	"herald/source/text"
	"herald/source/weburl"
)

// Limits of sitemaps (sitemaps.org; more than 50,000 URLs in one file only warn).
const (
	MaxBytes    = 50 << 20 // of one file, decompressed
	maxPerFile  = 50_000
	maxFiles    = 10_000    // that are read for one source
	maxPages    = 1_000_000 // of one source
	maxNesting  = 4         // of indexes
	maxModified = 40        // bytes of a lastmod
)

// document is what one sitemap file says.
type document struct {
	index bool // its entries are sitemaps, else they are pages
	all   entries
	bad   int    // entries without an absolute http or https URL
	worst string // the first of them, as written
}

// entry is a URL in normal form, and when it changed last as written; "" where it does not say.
type entry struct{ url, mod string }

// entries are packed, for a file is kept as long as it is unchanged: a line for each with its URL, a space and its lastmod.
type entries struct {
	lines string
	n     int
}

// each returns the entries in the order of their file.
func (e entries) each() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for rest := e.lines; rest != ""; {
			line := ""
			line, rest, _ = strings.Cut(rest, "\n")
			if url, mod, _ := strings.Cut(line, " "); !yield(entry{url, mod}) {
				return
			}
		}
	}
}

// parse reads a sitemap or an index of sitemaps, XML or text, perhaps in gzip. What breaks off is an error, and so is anything else in its
// place.
func parse(a *remote.Answer) (*document, error) {
	body, err := unzipped(a.Body)
	if err != nil {
		return nil, err
	}
	plain := *a
	plain.Body = body
	if instead := remote.Instead(&plain, "a sitemap"); instead != nil {
		return nil, instead
	}
	body, marked := text.DecodeMarked(body)
	if !marked {
		body = plain.Body
	}
	if !bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return parseText(string(body))
	}
	return parseXML(body, marked)
}

// building is a document that is being read.
type building struct {
	document
	lines strings.Builder
}

// done returns the document.
func (b *building) done() *document {
	d := b.document
	d.all.lines = strings.Clone(b.lines.String()) // no longer than it is
	return &d
}

// unzipped returns a body out of its gzip, if it is in one.
func unzipped(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1F, 0x8B}) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(io.LimitReader(z, MaxBytes+1))
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return nil, errors.New("its gzip breaks off before its end")
	case err != nil:
		return nil, err
	case len(body) > MaxBytes:
		return nil, fmt.Errorf("over the limit of %d MiB once it is decompressed", MaxBytes>>20)
	}
	return body, nil
}

// parseText reads a sitemap of one URL a line.
func parseText(all string) (*document, error) {
	d := &building{}
	for line := range strings.Lines(all) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if d.add(line, ""); d.bad > 0 && d.all.n == 0 {
			return nil, errors.New("neither XML nor a list of URLs")
		}
	}
	return d.done(), nil
}

// parseXML reads a urlset or a sitemapindex. decoded: it is in UTF-8, whatever it declares.
func parseXML(body []byte, decoded bool) (*document, error) {
	r := xmlReader{decoder: xml.NewDecoder(bytes.NewReader(body)), doc: &building{}}
	r.decoder.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if decoded {
			return r, nil
		}
		return text.Charset(label, r)
	}
	for {
		token, err := r.decoder.Token()
		if err == io.EOF && r.item != "" && len(r.path) == 0 {
			return r.doc.done(), nil
		}
		if err == io.EOF {
			return nil, errors.New("it holds no element")
		}
		if err != nil {
			return nil, err
		}
		if err := r.token(token); err != nil {
			return nil, err
		}
	}
}

// xmlReader reads a sitemap token by token.
type xmlReader struct {
	decoder  *xml.Decoder
	doc      *building
	path     []string // the open elements; "" is one of another namespace than the root's
	space    string   // the root's namespace
	item     string   // the element that is an entry: url or sitemap
	loc, mod strings.Builder
}

func (r *xmlReader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t.Name)
	case xml.CharData:
		if len(r.path) == 3 && r.path[1] == r.item {
			r.gather(string(t))
		}
	case xml.EndElement:
		if len(r.path) == 2 && r.path[1] == r.item {
			r.doc.add(r.loc.String(), r.mod.String())
			r.loc.Reset()
			r.mod.Reset()
		}
		r.path = r.path[:len(r.path)-1]
	}
	return nil
}

func (r *xmlReader) start(name xml.Name) error {
	if len(r.path) == 0 && r.item == "" {
		items := map[string]string{"urlset": "url", "sitemapindex": "sitemap"}
		if r.item = items[name.Local]; r.item == "" {
			switch name.Local {
			case "rss", "feed", "RDF":
				return errors.New("it is a feed: the source needs type: feed")
			}
			return fmt.Errorf("it is not a sitemap: it begins with <%.40s>", name.Local)
		}
		r.space, r.doc.index = name.Space, r.item == "sitemap"
	}
	if len(r.path) > 100 {
		return errors.New("its elements are nested too deep")
	}
	local := name.Local
	if name.Space != r.space {
		local = ""
	}
	r.path = append(r.path, local)
	return nil
}

// gather adds to a field of an entry. More than any URL holds is not kept.
func (r *xmlReader) gather(s string) {
	switch r.path[2] {
	case "loc":
		if r.loc.Len() <= 4*weburl.MaxLength {
			r.loc.WriteString(s)
		}
	case "lastmod":
		if r.mod.Len() <= maxModified {
			r.mod.WriteString(s)
		}
	}
}

// add takes up an entry.
func (d *building) add(loc, mod string) {
	loc, _, _ = strings.Cut(strings.TrimSpace(loc), "#")
	url, err := weburl.Normal(loc)
	if err != nil || len(url) > weburl.MaxLength {
		if d.bad++; d.worst == "" {
			d.worst = loc[:min(len(loc), 200)]
		}
		return
	}
	mod = strings.Join(strings.Fields(mod), "_") // a part of a fingerprint: without spaces
	if len(mod) > maxModified || strings.HasSuffix(mod, open) {
		mod = ""
	}
	d.all.n++
	d.lines.WriteString(url + " " + strings.ToValidUTF8(mod, "") + "\n") // a URL in normal form has no space
}
