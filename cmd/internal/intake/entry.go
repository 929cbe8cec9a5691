package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source"
	"herald/source/permalink"
	"herald/source/reader"
	"herald/source/weburl"
)

// entryMaker makes staged entries of what a source loads.
type entryMaker struct {
	source    Source
	placement placement.Config
	reserved  func(url string) bool // whether no article may stand at a URL; nil: it may anywhere
	start     int64                 // of the scan
}

// fill fills a staged entry with what the article says. The URL waits where it needs a date that
// the article does not give.
func (m entryMaker) fill(st *ledger.Staged, a *source.Article) {
	st.Kind, st.Place = ledger.New, a.Place
	if st.Article != 0 {
		st.Kind = ledger.Changed
	}
	st.ContentDigest, st.DigestVersion, st.Claim, st.Minor = a.ContentDigest, reader.DigestVersion, a.ID, a.Minor
	if a.DatedBy == source.DatedByDateline && ledger.Millis(a.Published) > m.start {
		a.Published, a.DatedBy, a.Zoneless = time.Time{}, "", false // a guess must hide nothing
	}
	st.Published, st.DatedBy = ledger.Millis(a.Published), a.DatedBy
	st.Updated, st.Expires = ledger.Millis(a.Updated), ledger.Millis(a.Expires)
	st.FirstSeen = m.start
	st.Shown = ledger.Shown{
		Title: a.Title, Summary: a.Summary, Language: a.Language, Canonical: a.Canonical, Image: a.Image, Place: a.Place,
		Authors: a.Authors, Categories: a.Categories, Tags: a.Tags, Enclosures: a.Enclosures, Alternates: a.Alternates, Episode: a.Episode, Origin: a.Origin,
		PublicFrom: ledger.Millis(a.PublicFrom), Refs: a.Refs,
	}
	if len(a.Body.Text) > longBody {
		st.Shown, st.Claim = st.Shown.Apart(), strings.Clone(st.Claim)
	}
	st.Flags = m.flags(a)
	if a.Published.IsZero() && m.source.Undated == Refuse && !a.Draft {
		refuse(st, "no date, and the source says undated: refuse; give it a date in its front matter or file name")
		return
	}
	if a.URL == "" && a.Published.IsZero() && permalink.NeedsDate(a.Link.Pattern) {
		link, err := json.Marshal(linked{a.Link, a.Title, a.Categories})
		if err != nil {
			refuse(st, err.Error())
			return
		}
		st.Link = string(link)
		return
	}
	m.locate(st, a)
}

// longBody is the length of a body, in bytes, that must not be kept while thousands of entries wait to be staged.
const longBody = 1 << 12

// linked is what a permalink is expanded from, kept while it waits for a date.
type linked struct {
	Link       source.Link
	Title      string
	Categories []string
}

// zone returns the zone of the dates in permalinks.
func (m entryMaker) zone() *time.Location {
	if m.source.Zone == nil {
		return m.placement.Zone
	}
	return m.source.Zone
}

// elsewhere reports whether an article stands at a URL that is not below the site.
func (m entryMaker) elsewhere(a *source.Article) bool {
	if a.URL == "" {
		return false
	}
	site := m.placement.Site.String()
	url, err := m.placement.Site.Join(a.URL)
	return err != nil || url != site && !strings.HasPrefix(url, site+"/")
}

// locate returns a staged entry its URL, or refuses it. A URL that the source states is the article's, wherever that is.
func (m entryMaker) locate(st *ledger.Staged, a *source.Article) {
	if m.elsewhere(a) {
		st.Path, st.URL = a.URL, a.URL
		return
	}
	if a.URL != "" {
		m.stand(st, a, strings.TrimPrefix(a.URL, m.placement.Site.String()))
		return
	}
	path, err := permalink.Expand(a, m.zone())
	if err != nil {
		refuseAt(st, a.URLAt, "permalink: "+strings.TrimPrefix(err.Error(), "permalink "))
		return
	}
	if own, ok := permalink.Stated(a.Link, m.placement.Site); ok {
		path = own
	}
	m.stand(st, a, path)
}

// stand returns a staged entry the URL of a path below the site, or refuses it.
func (m entryMaker) stand(st *ledger.Staged, a *source.Article, path string) {
	path, _, _ = strings.Cut(path, "#") // a fragment names a place in a page, not a page (RFC 3986 section 3.5)
	where, err := m.placement.Site.Join(path)
	if err != nil {
		refuseAt(st, a.URLAt, fmt.Sprintf("URL %s is %s", path, strings.TrimPrefix(weburl.Cause(err).Error(), "the URL is ")))
		return
	}
	if m.reserved != nil && m.reserved(where) {
		refuseAt(st, a.URLAt, fmt.Sprintf("URL %s is one of our own documents; give the article another permalink", where))
		return
	}
	st.Path, st.URL, st.Link, st.Minted = path, where, "", ""
	if m.source.ID != nil {
		st.Minted = m.source.ID(a, where)
	}
}

// refuse turns a staged entry into a refused one, to be asked again at every scan, for its cause
// may lie outside its file.
func refuse(st *ledger.Staged, why string) { refuseAt(st, source.At{}, why) }

// refuseAt is refuse for what stands at a place of the entry's file.
func refuseAt(st *ledger.Staged, at source.At, why string) {
	st.Kind, st.Fingerprint, st.Reason = ledger.Refused, "", (&source.ArticleError{Place: st.Place, Line: at.Line, Column: at.Column, Reason: why}).Error()
}

func (m entryMaker) flags(a *source.Article) (f ledger.Flags) {
	set := func(flag ledger.Flags, on bool) {
		if on {
			f |= flag
		}
	}
	set(ledger.Draft, a.Draft)
	copied := permalink.IsCopy(a.Link, m.placement.Site)
	set(ledger.NoIndex, a.NoIndex || copied)
	set(ledger.NoSitemap, a.NoSitemap)
	set(ledger.Zoneless, a.Zoneless)
	set(ledger.NoFeed, a.NoFeed || copied || a.Published.IsZero() && m.source.Undated == SitemapOnly)
	set(ledger.Foreign, m.elsewhere(a) || placement.Foreign(m.placement.Site, a.Canonical))
	return f
}

// compare lets a row's stored date stand where the article gives none, and finds out whether the
// article says anything new. Of a row with a digest of an earlier version nobody can know: it is brought up to date as a
// minor change, for a new version of the reader is no change of the article.
func (m entryMaker) compare(st *ledger.Staged, row *ledger.Article) {
	m.inherit(st, row)
	if st.Kind != ledger.Changed {
		return
	}
	st.Minor = st.Minor || st.DigestVersion != row.DigestVersion
	if st.Link == "" && st.DigestVersion == row.DigestVersion && st.ContentDigest == row.ContentDigest && st.URL == row.URL &&
		st.Flags == row.Flags && st.Place == row.Shown.Place && st.Published == row.Published && st.Shown.PublicFrom == row.Shown.PublicFrom && slices.Equal(st.Shown.Refs, row.Shown.Refs) && row.MissingSince == 0 {
		st.Kind = ledger.Same
	}
}

// inherit takes the stored date of an article that gives none itself.
func (m entryMaker) inherit(st *ledger.Staged, row *ledger.Article) {
	if st.Published == 0 && row.Published != 0 {
		st.Published, st.DatedBy = row.Published, row.DatedBy
		if m.source.Undated.pages() {
			st.Flags |= row.Flags & ledger.Page
		}
	}
	if m.source.Live {
		st.Flags |= row.Flags & ledger.Awaited
	}
	st.FirstSeen = row.FirstSeen
	if st.Link != "" && st.Published != 0 {
		m.relocate(st)
	}
}

// relocate expands the permalink of an entry whose date has become known.
func (m entryMaker) relocate(st *ledger.Staged) {
	var l linked
	if err := json.Unmarshal([]byte(st.Link), &l); err != nil {
		refuse(st, err.Error())
		return
	}
	published := st.Published
	if published == 0 {
		published = st.FirstSeen
	}
	m.locate(st, &source.Article{Link: l.Link, Title: l.Title, Categories: l.Categories, Published: ledger.Time(published)})
}
