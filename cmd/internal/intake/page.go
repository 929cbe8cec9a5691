package intake

import (
	"herald/cmd/internal/ledger"
	"herald/source"
)

// pages reports whether there can be pages: articles without a date that stand in the sitemap only.
func (u Undated) pages() bool { return u != "" && u != FirstSeen }

// besideDated finds out, in the first scan of a source, whether its undated articles stand beside dated ones, which an earlier scan that
// was not complete may have brought.
func (r *resolver) besideDated() (err error) {
	if !r.scan.first || r.scan.source.Undated != Auto {
		return nil
	}
	if r.beside, err = r.tx.StagedDated(r.source); err == nil && !r.beside {
		r.beside, err = r.tx.Dated(r.source)
	}
	return err
}

// page makes an entry a page, or none, while no rule but first sight dates it: a new one beside dated ones, and every one
// that is dated now where the source keeps all such to the sitemap. What a feed has shown is no page, nor is what was known
// before.
func (r *resolver) page(s *ledger.Staged, shown bool) {
	if !firstSight(s.DatedBy) {
		return
	}
	s.Flags &^= ledger.Page
	if !shown && (r.beside && s.Kind == ledger.New || r.scan.source.Undated == SitemapOnly) {
		s.Flags |= ledger.Page
	}
}

// firstSight reports whether a date is no more than a first sight, of now or of before the ledger was lost.
func firstSight(rule source.DateRule) bool {
	return rule == "" || rule == source.DatedByFirstSeen || rule == source.DatedByRecovery
}

// leavePages sets on a page that has got a date the times of that date: no feed has shown it, so it has none yet.
func leavePages(row, old *ledger.Article) {
	if old.Flags&ledger.Page == 0 || row.Flags&ledger.Page != 0 || firstSight(row.DatedBy) {
		return
	}
	row.FeedPublished, row.FeedUpdated = 0, 0
	if row.FirstSight {
		row.Updated, row.FirstSight = row.Published, false
	}
}
