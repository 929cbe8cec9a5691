// Package recovery brings a ledger into step with the site: an empty one takes up ids and dates from the documents
// that stand published, and one of another site.url gives every article its new URL once the operator agrees.
package recovery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/publish"
	"herald/source"
)

// Config is what recovery works on.
type Config struct {
	Ledger    *ledger.Ledger
	Sink      publish.Sink
	Placement placement.Config
	Feeds     []Feed
	Sitemap   string   // config path of the sitemap
	Sources   []string // the configured ones, by name
	Now       func() time.Time
	Log       *slog.Logger // nil: nothing is logged
}

// Feed is a feed whose documents may stand. Paths are config paths; of two that differ the later is believed, which should
// be the one that is put first: it is the newer one where a publication was cut off.
type Feed struct {
	Name  string
	Paths []string
	// Each makes it one feed per value of a kind; Paths and Title are then patterns (placement.SlugMark, placement.ValueMark).
	Each  ledger.TermKind
	Title string
}

// Recovery prepares a ledger. Its methods are not called beside each other, nor beside a scan or a publication.
type Recovery struct{ config Config }

// New returns a Recovery; it touches nothing yet.
func New(c Config) *Recovery {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Recovery{config: c}
}

// now is the moment in whole seconds, in milliseconds.
func (r *Recovery) now() int64 { return ledger.Millis(r.config.Now().Truncate(time.Second)) }

// site returns site.url.
func (r *Recovery) site() string { return r.config.Placement.Site.String() }

// Prepare comes before every scan and publication. An empty ledger takes up what standing
// documents say; a change of site.url is held until it is released, by the operator or by force. While it returns a
// hold, nothing may be scanned or published.
func (r *Recovery) Prepare(ctx context.Context, force bool) (*hold.Hold, error) {
	var before string
	err := r.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		before, err = tx.Meta(ledger.MetaSiteURL)
		return err
	})
	site := r.site()
	if err != nil || before == site {
		return nil, errors.Join(err, r.dropStale(ctx))
	}
	if before == "" {
		if err := r.takeUpDocuments(ctx); err != nil {
			return nil, err
		}
		return r.Prepare(ctx, force) // the documents may stand for another site.url
	}
	var held *hold.Hold
	err = r.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		h, approved, err := hold.Ensure(tx, ledger.Hold{
			Kind: hold.SiteURL, Subject: site, Signature: hold.Signature(before, site),
			Summary: fmt.Sprintf("site.url changes from %s to %s: every URL moves, ids stay", before, site),
		}, r.now())
		if err != nil {
			return err
		}
		if !force && !approved {
			held = &h
			return nil
		}
		// What became due while the move was held is still to be told.
		return errors.Join(tx.DropHold(h.ID), placement.Wake(tx, r.config.Placement, ledger.Millis(r.config.Now())), r.moveSite(tx))
	})
	return held, err
}

// dropStale drops a hold over a change of site.url that was taken back.
func (r *Recovery) dropStale(ctx context.Context) error {
	var stale []ledger.Hold
	err := r.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		stale, err = tx.HoldsOf("", hold.SiteURL)
		return err
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	return r.config.Ledger.Write(ctx, func(tx *ledger.Tx) error { return hold.Drop(tx, stale) })
}

// takeUpDocuments fills an empty ledger with what documents that stand show.
func (r *Recovery) takeUpDocuments(ctx context.Context) error {
	found, err := r.read(ctx)
	if err != nil {
		return err
	}
	site := cmp.Or(found.site, r.site())
	return r.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		for _, url := range slices.Sorted(maps.Keys(found.articles)) {
			row := found.articles[url]
			row.Path = strings.TrimPrefix(url, site)
			if err := tx.Put(row); err != nil {
				return err
			}
		}
		for _, child := range found.leaves {
			if err := tx.PutReceipt(child); err != nil {
				return err
			}
		}
		for name, value := range map[string]string{
			ledger.MetaSiteURL: site, ledger.MetaAuthority: cmp.Or(found.authority(), hostname(site)), ledger.MetaIndexNowKey: found.key,
			ledger.MetaRecoveredOldest: fmt.Sprint(found.oldest(func(a *ledger.Article) int64 { return a.Published })),
		} {
			if err := tx.SetMeta(name, value); err != nil {
				return err
			}
		}
		for name, id := range found.feedIDs {
			if err := tx.PutFeed(ledger.Feed{Name: name, GUID: id}); err != nil {
				return err
			}
		}
		for _, one := range found.values {
			if err := tx.PutSlug(one.Kind, one.Value, one.Slug); err != nil {
				return err
			}
		}
		if found.index {
			return tx.SetMeta(ledger.MetaSitemapIndex, "1")
		}
		return nil
	})
}

// Unread returns an error while what stands must not be replaced: the ledger was lost, nothing has been published
// since, and some source could not be read yet; what stands may show its articles.
func (r *Recovery) Unread(ctx context.Context) error {
	return r.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		if known, err := tx.Known(); err != nil || !known {
			return err
		}
		if count, err := tx.RemovedCount(ledger.Recovered); err != nil || count == 0 {
			return err
		}
		receipts, err := tx.Receipts()
		ours := func(receipt ledger.Receipt) bool { return receipt.Inputs != source.Digest{} } // else it was found standing
		if err != nil || slices.ContainsFunc(receipts, ours) {
			return err
		}
		var names []string
		for _, name := range r.config.Sources {
			record, err := tx.Source(name)
			if err != nil {
				return err
			}
			if record.LastGood == 0 {
				names = append(names, name)
			}
		}
		if len(names) == 0 {
			return nil
		}
		return fmt.Errorf("nothing is published: there was no state, and %s has not been read since; what stands may show its articles: "+
			"make it readable, take it out of the config, or build --force", strings.Join(names, ", "))
	})
}

// hostname returns the host of a URL without its port.
func hostname(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
