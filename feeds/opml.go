package feeds

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"herald/source/text"
)

// OPMLType is the media type of OPML.
const OPMLType = "text/x-opml"

// opmlMark is the comment that every list of ours bears.
const opmlMark = "<!-- " + Mark + " -->"

// Outline is one feed of a list.
type Outline struct {
	Title string // required
	URL   string // of the feed, in the format that most readers take; required
	Page  string // that the feed is of
}

// WriteOPML writes a list of feeds as OPML 2.0 (opml.org/spec2.opml, "Subscription lists"). It returns errors of w only.
func WriteOPML(w io.Writer, title string, all []Outline) error {
	m := newMarkup(nil)
	m.b = append(append(m.b, '\n'), opmlMark+"\n"...)
	m.open("opml", attr{"version", "2.0"})
	m.open("head")
	m.element("title", title)
	m.shut("head")
	m.open("body")
	for _, o := range all { // of the type rss, whatever the format is: "type" tells only that it is a feed
		m.empty("outline", attr{"type", "rss"}, attr{"text", o.Title}, attr{"title", o.Title}, attr{"xmlUrl", o.URL}, attr{"htmlUrl", o.Page})
	}
	m.shut("body")
	m.shut("opml")
	_, err := w.Write(append(m.b, '\n'))
	return err
}

// IsOPML reports whether a document is a list of ours.
func IsOPML(doc []byte) bool {
	begin, _, opml := bytes.Cut(doc, []byte("<opml"))
	return opml && bytes.Contains(begin, []byte(opmlMark))
}

// CheckOPML is the gate before a list is published: it returns what is wrong with one that WriteOPML made, or nil.
func CheckOPML(doc []byte) error {
	var list struct {
		XMLName  xml.Name `xml:"opml"`
		Version  string   `xml:"version,attr"`
		Outlines []struct {
			Type string `xml:"type,attr"`
			Text string `xml:"text,attr"`
			URL  string `xml:"xmlUrl,attr"`
		} `xml:"body>outline"`
	}
	switch err := xml.Unmarshal(doc, &list); {
	case err != nil:
		return fmt.Errorf("check OPML: %w", err)
	case !IsOPML(doc) || list.Version != "2.0":
		return errors.New("check OPML: it bears no mark or another version than 2.0")
	}
	for i, o := range list.Outlines {
		if o.Type != "rss" || strings.TrimSpace(text.ForXML(o.Text)) == "" || !strings.HasPrefix(o.URL, "http") {
			return fmt.Errorf("check OPML: outline %d lacks a type, a text or a URL", i+1)
		}
	}
	return nil
}
