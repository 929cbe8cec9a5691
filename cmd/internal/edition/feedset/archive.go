package feedset

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/cmd/internal/placement"
	"herald/feeds"
	"herald/source"
)

// archiveKind is a format as a kind of archive documents. Who follows a feed back holds their URLs, so one that is replaced
// stands on for a while.
func (s *Set) archiveKind(f feeds.Format) document.Kind {
	k := s.kind(f)
	k.Name, k.Topic, k.Leaving = ledger.KindArchive+k.Name, false, document.Lingers
	return k
}

// archived returns the formats of a feed that have archive documents: those for readers.
func (s *Set) archived(f Feed) []feeds.Format {
	if f.Archive == 0 {
		return nil
	}
	return slices.DeleteFunc(s.list.Formats(f), func(format feeds.Format) bool { return format.Kind == feeds.Page })
}

// hasArchives reports whether the config asks for archive documents.
func (s *Set) hasArchives() bool {
	return slices.ContainsFunc(s.config.Feeds, func(f Feed) bool { return f.Archive > 0 })
}

// withArchive returns the feeds that have an archive, as placement knows them.
func (s *Set) withArchive(tx *ledger.Tx) (some []placement.Feed, err error) {
	if !s.hasArchives() {
		return nil, nil
	}
	all, err := s.list.Read(tx)
	for _, f := range all {
		if f.Archive > 0 {
			some = append(some, f.Part())
		}
	}
	return some, err
}

// archivePath returns where an archive document stands whose feed stands at a path: beside it, with the number of the page and
// a digest of its items in the name.
func archivePath(at string, p ledger.ArchivePage) string {
	ext := path.Ext(at)
	return fmt.Sprintf("%s-archive-%d-%.10s%s", strings.TrimSuffix(at, ext), p.Number, p.Sum.String(), ext)
}

// pagesOf returns the pages of a feed's archive, the oldest first; none where all its articles stand in the feed itself.
func (s *Set) pagesOf(tx *ledger.Tx, f Feed) ([]ledger.ArchivePage, error) {
	if f.Archive == 0 {
		return nil, nil
	}
	if pages, known := s.pages[f.Name]; known {
		return pages, nil
	}
	pages, err := tx.ArchivePages(f.Name)
	if err != nil {
		return nil, err
	}
	total := int64(0)
	for _, p := range pages {
		total += p.Items
	}
	if total <= int64(f.Items) && (f.Bytes == 0 || f.Bytes >= roomy) {
		w, err := s.windowOf(tx, f)
		if err != nil {
			return nil, err
		}
		if int64(len(w.rows)) == total {
			pages = nil
		}
	}
	s.pages[f.Name] = pages
	return pages, nil
}

// roomy is how large a document may grow for it to hold as many articles as it may show: the default of the config. In a
// smaller one some may find no room, and so it is never complete.
const roomy = 64_000_000

// history returns the place of the document that stands before pages in the history of its feed.
func (s *Set) history(f Feed, pages []ledger.ArchivePage) (h feeds.History, err error) {
	if f.Archive == 0 || len(pages) == 0 {
		return feeds.History{Complete: f.Archive > 0}, nil
	}
	h.Previous, err = s.pageURLs(f, pages[len(pages)-1])
	return h, err
}

// pageURLs returns the URLs of an archive page in each format.
func (s *Set) pageURLs(f Feed, p ledger.ArchivePage) (map[feeds.Kind]string, error) {
	urls := map[feeds.Kind]string{}
	for _, format := range s.archived(f) {
		var err error
		if urls[format.Kind], err = s.config.Placement.Site.Join(archivePath(f.Paths[format.Kind], p)); err != nil {
			return nil, err
		}
	}
	return urls, nil
}

// archives returns the archive documents of a feed, the oldest first.
func (s *Set) archives(tx *ledger.Tx, v *view, f Feed, known ledger.Feed) (docs []*document.Document, err error) {
	pages, err := s.pagesOf(tx, f)
	if err != nil || len(pages) == 0 {
		return nil, err
	}
	base, err := s.head(tx, f, known)
	if err != nil {
		return nil, err
	}
	for i, p := range pages {
		head := *base
		head.Hubs, head.Updated = nil, ledger.Time(p.Updated)
		head.History = feeds.History{Archive: true, Current: base.Self}
		if head.Self, err = s.pageURLs(f, p); err != nil {
			return nil, err
		}
		if i > 0 {
			if head.History.Previous, err = s.pageURLs(f, pages[i-1]); err != nil {
				return nil, err
			}
		}
		holds := func(row *ledger.Article) bool {
			return row.In(f.Where) && placement.PageOf(pages, row.FeedPublished) == i
		}
		some, err := s.archivePage(tx, v, f, &head, p, holds)
		if err != nil {
			return nil, err
		}
		docs = append(docs, some...)
	}
	return docs, nil
}

// archivePage returns the documents of one page. Where nothing that they are made from can have changed, their receipts say
// what that was.
func (s *Set) archivePage(tx *ledger.Tx, v *view, f Feed, head *feeds.Feed, p ledger.ArchivePage, holds func(*ledger.Article) bool) (docs []*document.Document, err error) {
	changes := int64(0)
	if p.Linked > 0 {
		changes = v.changes // what links lead to may be elsewhere
	}
	stamp := stampOf(fmt.Appendf(nil, "archive %x %q %q %d %s %d %d %q %q", s.fixed(), f.Name, head.ID, p.Number, p.Sum, p.Updated, changes, head.History.Previous, v.host))
	var named [][]links.Answer
	for _, format := range s.archived(f) {
		var elsewhere []string // hosts of what was rendered
		d, err := document.Document{
			Kind: s.archiveKind(format), Stamp: stamp, Holds: func(row *ledger.Article) bool { return row.InFeed && holds(row) }, Concerns: holds,
			Render: func(tx *ledger.Tx) ([]byte, error) {
				w, err := s.page(tx, f, p)
				if err != nil {
					return nil, err
				}
				elsewhere = w.hosts()
				return s.renderPage(tx, f, head, p, format)
			},
			Check: func(doc []byte) error { return s.check(format, doc, elsewhere) },
		}.At(s.config.Placement.Site, archivePath(f.Paths[format.Kind], p))
		if err != nil {
			return nil, err
		}
		if r, stands := v.receipts[d.Path]; stands && r.Kind == d.Kind.Name && r.Stamp == stamp {
			d.Inputs = r.Inputs
		} else {
			if named == nil && p.Linked > 0 {
				w, err := s.page(tx, f, p)
				if err != nil {
					return nil, err
				}
				for _, row := range w.rows {
					named = append(named, w.links[row.ID])
				}
			}
			d.Inputs = document.InputsOf(d.Kind.Name, head, p.Sum, named)
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// fetchArchives loads the bodies that archive documents lack which do not stand yet, page by page.
func (s *Set) fetchArchives(ctx context.Context) error {
	if !s.hasArchives() {
		return nil
	}
	var missing []pageOfFeed
	err := s.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		missing, err = s.missingPages(tx)
		return err
	})
	for _, p := range missing {
		wanted := map[int64]*ledger.Article{}
		if err == nil {
			err = s.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
				return tx.OldestOf(p.feed.Where, p.page.Oldest, int(p.page.Items), func(row *ledger.Article) error {
					lacks, err := lacksBody(p.feed, tx, row)
					if lacks {
						wanted[row.ID] = row
					}
					return err
				})
			})
		}
		if err != nil {
			return err
		}
		if len(wanted) > 0 {
			_, err = s.take(ctx, wanted)
		}
	}
	return err
}

type pageOfFeed struct {
	feed Feed
	page ledger.ArchivePage
}

// missingPages returns the pages of which a document does not stand.
func (s *Set) missingPages(tx *ledger.Tx) (missing []pageOfFeed, err error) {
	all, err := s.list.Read(tx)
	if err != nil {
		return nil, err
	}
	receipts, err := tx.Receipts()
	if err != nil {
		return nil, err
	}
	standing := map[string]bool{}
	for _, r := range receipts {
		standing[r.Path] = r.Stamp != source.Digest{} // none: it was taken up from a lost ledger, and is to be made anew
	}
	for _, f := range all {
		if f.Archive == 0 || f.Content == feeds.None {
			continue
		}
		pages, err := tx.ArchivePages(f.Name)
		if err != nil {
			return nil, err
		}
		for _, p := range pages {
			stands := true
			for _, format := range s.archived(f) {
				at, err := s.config.Placement.Site.FilePath(archivePath(f.Paths[format.Kind], p))
				if err != nil {
					return nil, err
				}
				stands = stands && standing[at]
			}
			if !stands {
				missing = append(missing, pageOfFeed{f, p})
			}
		}
	}
	return missing, nil
}

// page returns the articles of an archive page, the newest first, with what their links name.
func (s *Set) page(tx *ledger.Tx, f Feed, p ledger.ArchivePage) (*archivedPage, error) {
	if last := s.lastPage; last != nil && last.feed == f.Name && last.sum == p.Sum {
		return last, nil
	}
	w := &archivedPage{sum: p.Sum, feed: f.Name, bodies: &bodyCache{rendered: map[int64]renderedBody{}}}
	err := tx.OldestOf(f.Where, p.Oldest, int(p.Items), func(row *ledger.Article) error { w.rows = append(w.rows, row); return nil })
	if err != nil {
		return nil, err
	}
	slices.Reverse(w.rows)
	s.lastPage = w
	return w, s.findLinks(tx, f, &w.window)
}

// renderPage writes one archive document.
func (s *Set) renderPage(tx *ledger.Tx, f Feed, head *feeds.Feed, p ledger.ArchivePage, format feeds.Format) ([]byte, error) {
	w, err := s.page(tx, f, p)
	if err != nil {
		return nil, err
	}
	for _, row := range w.rows {
		lacks, err := lacksBody(f, tx, row)
		if err != nil {
			return nil, err
		}
		if lacks {
			return nil, fmt.Errorf("the text of %s is not there yet; it is loaded again with the next scan", row.Shown.Place)
		}
	}
	return s.written(tx, f, *head, &w.window, w.bodies, format)
}
