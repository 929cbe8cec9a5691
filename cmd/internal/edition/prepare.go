package edition

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/weburl"
)

// The names of single values in the ledger.
const (
	metaSiteURL   = "site_url"
	metaAuthority = "authority" // host that tag: ids are minted under, for ever
	metaFeedID    = "feed_id"   // of the default feed
	metaKey       = "indexnow_key"
	metaIndex     = "sitemap_index"    // the sitemap is an index, and stays one
	metaOldest    = "recovered_oldest" // of all dates that came back when the ledger was lost, in milliseconds
)

// prepare comes before every scan and publication. An empty ledger takes up what standing
// documents say; a change of site.url is held until it is released.
func (e *Edition) prepare(ctx context.Context, force bool) (*Hold, error) {
	var before string
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		before, err = tx.Meta(metaSiteURL)
		return err
	})
	now := e.Site.URL.String()
	if err != nil || before == now {
		return nil, errors.Join(err, e.settleSite(ctx))
	}
	if before == "" {
		if err := e.begin(ctx); err != nil {
			return nil, err
		}
		return e.prepare(ctx, force) // the documents may stand for another site.url
	}
	var held *Hold
	err = e.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		hold, approved, err := e.ensureHold(tx, ledger.Hold{
			Kind: HoldSiteURL, Subject: now, Signature: signature(before, now),
			Summary: fmt.Sprintf("site.url changes from %s to %s: every URL moves, ids stay", before, now),
		})
		if err != nil {
			return err
		}
		if !force && !approved {
			held = &hold
			return nil
		}
		// What became due while the move was held is still to be told.
		return errors.Join(tx.DropHold(hold.ID), e.wake(tx, ledger.Millis(e.Now())), e.moveSite(tx))
	})
	return held, err
}

// settleSite drops a hold over a change of site.url that was taken back.
func (e *Edition) settleSite(ctx context.Context) error {
	var stale []ledger.Hold
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		stale, err = tx.HoldsOf("", HoldSiteURL)
		return err
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	return e.Ledger.Write(ctx, func(tx *ledger.Tx) error { return dropHolds(tx, stale) })
}

// begin is the first moment of a ledger.
func (e *Edition) begin(ctx context.Context) error {
	found, err := e.recall(ctx)
	if err != nil {
		return err
	}
	site := first(found.site, e.Site.URL.String())
	return e.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		for _, r := range found.articles {
			if err := tx.PutRecovered(*r); err != nil {
				return err
			}
		}
		for _, r := range found.children {
			if err := tx.PutReceipt(r); err != nil {
				return err
			}
		}
		for name, value := range map[string]string{
			metaSiteURL: site, metaAuthority: first(found.authority(), hostname(site)), metaFeedID: found.feedID, metaKey: found.key,
			metaOldest: found.oldest(),
		} {
			if err := tx.SetMeta(name, value); err != nil {
				return err
			}
		}
		if found.index {
			return tx.SetMeta(metaIndex, "1")
		}
		return nil
	})
}

// unread keeps what stands while the ledger is lost and nothing has been published since, if some source could not
// be read yet: what stands may be its articles.
func (p *publication) unread(tx *ledger.Tx) error {
	if count, err := tx.RecoveredCount(); err != nil || count == 0 || p.force {
		return err
	}
	receipts, err := tx.Receipts()
	ours := func(r ledger.Receipt) bool { return r.Inputs != source.Digest{} } // else it was found standing
	if err != nil || slices.ContainsFunc(receipts, ours) {
		return err
	}
	var names []string
	for _, s := range p.Sources {
		record, err := tx.Source(s.Name)
		if err != nil {
			return err
		}
		if record.LastGood == 0 {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("nothing is published: there was no state, and %s has not been read since; what stands may show its articles: "+
		"make it readable, take it out of the config, or build --force", strings.Join(names, ", "))
}

// hostname gives the host of a URL without its port.
func hostname(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// moveSite gives every article its URL under the new site.url. Ids stay, no time moves, and
// nobody is told: the words are the same.
func (e *Edition) moveSite(tx *ledger.Tx) error {
	if err := tx.ClearShards(); err != nil {
		return err
	}
	shards, err := e.openShards(tx)
	if err != nil {
		return err
	}
	err = tx.All(func(row *ledger.Article) error {
		where, err := e.Site.URL.Join(row.Path)
		if err != nil {
			where, err = e.Site.URL.Join(pathOf(row.Path))
		}
		if err != nil {
			return fmt.Errorf("move %s: %w", row.Said.Place, err)
		}
		row.URL = where
		row.Flags &^= ledger.Foreign
		if e.foreign(row.Said.Canonical) {
			row.Flags |= ledger.Foreign
		}
		row.Digest = digest(row)
		if row.Said.Image != "" {
			row.Image = weburl.Resolve(row.URL, row.Said.Image)
		}
		row.InFeed, row.InSitemap, row.Due = public(row, ledger.Millis(e.Now()))
		for _, told := range []*ledger.Told{&row.ToldURL, &row.ToldTopic} {
			if told.URL != "" {
				*told = ledger.Told{URL: row.URL, Digest: row.Digest}
			}
		}
		shards.add(row)
		return tx.Put(row)
	})
	if err != nil {
		return err
	}
	return errors.Join(shards.close(), e.moveRecovered(tx), tx.SetMeta(metaSiteURL, e.Site.URL.String()))
}

// moveRecovered lets what standing documents said of the former site's URLs speak of the new ones.
func (e *Edition) moveRecovered(tx *ledger.Tx) error {
	former, err := tx.Meta(metaSiteURL)
	if err != nil {
		return err
	}
	all, err := tx.AllRecovered()
	if err != nil {
		return err
	}
	for _, r := range all {
		if rest, ok := strings.CutPrefix(r.URL, former+"/"); ok {
			r.GUID = first(r.GUID, r.URL)
			if err := errors.Join(tx.PutRecovered(r), tx.MoveRecovered(r.URL, e.Site.URL.String()+"/"+rest)); err != nil {
				return err
			}
		}
	}
	return nil
}

// pathOf gives what an absolute URL of the former site has behind its host.
func pathOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.RequestURI()
}
