package edition

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/weburl"
)

// Explain tells the life of the articles that a file, key, id or URL means. ErrUnknown: none.
func (e *Edition) Explain(ctx context.Context, name string) ([]Explanation, error) {
	var out []Explanation
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		told := map[int64]bool{}
		for _, candidate := range e.meanings(name) {
			rows, err := tx.Find(candidate, 20)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if told[row.ID] || !means(name, candidate, row.Said.Place) {
					continue
				}
				told[row.ID] = true
				x, err := e.life(tx, row)
				if err != nil {
					return err
				}
				out = append(out, *x)
			}
			refused, err := tx.RefusalOf(candidate)
			if err != nil {
				return err
			}
			for _, r := range refused {
				if place, _, _ := strings.Cut(r.Reason, ":"); !r.LastGood && means(name, candidate, place) {
					out = append(out, Explanation{Source: r.Source, Key: r.Key, State: "refused", Why: []string{r.Reason}})
				}
			}
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		out, err = e.heldBack(ctx, name)
	}
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: %w", name, ErrUnknown)
	}
	return out, err
}

// heldBack tells of files that the ledger does not know yet, because their source is held.
func (e *Edition) heldBack(ctx context.Context, name string) ([]Explanation, error) {
	var holds []ledger.Hold
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		holds, err = tx.HoldsOf("", scanHolds()...)
		return err
	})
	var out []Explanation
	for _, h := range holds {
		src, err := e.source(h.Subject)
		if err != nil {
			continue // it left the config
		}
		key, err := listed(ctx, src.Source, e.meanings(name))
		if err != nil || key == "" {
			continue // what cannot be read now is not held, but out of reach
		}
		if a, err := src.Source.Load(ctx, key); err == nil && means(name, key, a.Place) {
			out = append(out, Explanation{
				Source: h.Subject, Key: key, Title: a.Title, State: "held", Why: []string{heldBy(h)}, Documents: []string{}, Told: []Notice{},
			})
		}
	}
	return out, err
}

// listed gives the first of some keys that a source lists, "" if none.
func listed(ctx context.Context, s source.Source, keys []string) (string, error) {
	for entry, err := range s.List(ctx) {
		if err != nil || slices.Contains(keys, entry.Key) {
			return entry.Key, err
		}
	}
	return "", nil
}

func heldBy(h ledger.Hold) string { return fmt.Sprintf("hold %d: %s", h.ID, h.Summary) }

// meanings gives what a name may stand for: itself, the URL it spells, each of its tails as a key.
func (e *Edition) meanings(name string) []string {
	out := []string{name}
	if url, err := weburl.Normal(name); err == nil && strings.Contains(name, "://") {
		return append(out, url)
	}
	if strings.HasPrefix(name, "/") {
		if url, err := e.Site.URL.Join(name); err == nil {
			out = append(out, url)
		}
	}
	tail := path.Clean(name)
	for out = append(out, tail); ; {
		_, rest, more := strings.Cut(tail, "/")
		if !more {
			return out
		}
		if tail = rest; tail != "" {
			out = append(out, tail)
		}
	}
}

// means reports whether a name can mean the file at a place that one of its meanings found: any
// but the tail of a path names it outright.
func means(name, candidate, place string) bool {
	return candidate == name || strings.Contains(candidate, "://") || samePlace(name, place)
}

// samePlace reports whether two paths of one file, of which either may be cut short in front, agree.
func samePlace(a, b string) bool {
	a, b = path.Clean("/"+a), path.Clean("/"+b)
	return strings.HasSuffix(a, b) || strings.HasSuffix(b, a)
}

func (e *Edition) life(tx *ledger.Tx, row *ledger.Article) (*Explanation, error) {
	x := &Explanation{
		Source: row.Source, Key: row.Key, Title: row.Said.Title, ID: row.GUID, URL: row.URL, DatedBy: string(row.DatedBy),
		Published: ledger.Time(row.Published), Updated: ledger.Time(row.Updated), FeedTime: ledger.Time(row.FeedPublished),
		FirstSeen: ledger.Time(row.FirstSeen), Documents: []string{}, Told: []Notice{},
	}
	x.State, x.Why = e.reasons(row)
	refused, err := tx.RefusalOf(row.Key)
	if err != nil {
		return nil, err
	}
	for _, r := range refused {
		if r.Source == row.Source {
			x.Why = append(x.Why, "its present file is refused, the last good version stays: "+r.Reason)
		}
	}
	holds, err := tx.HoldsOf(row.Source, scanHolds()...)
	if err != nil {
		return nil, err
	}
	for _, h := range holds {
		x.Why = append(x.Why, "what its source says now waits for approval: "+heldBy(h))
	}
	if err := e.whereShown(tx, row, x); err != nil {
		return nil, err
	}
	notices, err := tx.NoticesOf(row.URL)
	for _, n := range notices {
		x.Told = append(x.Told, noticeOf(n))
	}
	return x, err
}

// reasons says which state a row is in and every rule that put it there.
func (e *Edition) reasons(row *ledger.Article) (state string, why []string) {
	now := e.nowMillis()
	say := func(format string, args ...any) { why = append(why, fmt.Sprintf(format, args...)) }
	at := func(ms int64) string { return ledger.Time(ms).In(e.Site.Zone).Format(time.RFC3339) }
	state = "public"
	switch {
	case row.RemovedAt != 0:
		state = "removed"
		say("its source listed it no more on %s; its identity is kept", at(row.RemovedAt))
	case row.Flags&ledger.Draft != 0:
		state = "draft"
		say("it is a draft (draft: true or published: false)")
	case row.Expires != 0 && row.Expires <= now:
		state = "expired"
		say("it expired on %s", at(row.Expires))
	case future(row, now):
		state = "future"
		say("it appears on %s", at(row.Published))
	}
	switch row.DatedBy {
	case source.DatedByFrontMatter:
		say("dated by its front matter")
	case source.DatedByFileName:
		say("dated by its file name")
	case source.DatedByFirstSeen:
		say("undated: dated by its first sight")
	case source.DatedByRecovery:
		say("undated: its date was recovered from a published document")
	}
	if row.FirstSight {
		say("no lastmod: all that is known of its age is a first sight in a first scan")
	}
	for _, f := range []struct {
		flag  ledger.Flags
		words string
	}{
		{ledger.NoIndex, "robots: noindex keeps it out of the sitemap"},
		{ledger.NoSitemap, "sitemap: false keeps it out of the sitemap"},
		{ledger.NoFeed, "feed: false, or undated: sitemap_only, keeps it out of feeds"},
		{ledger.Foreign, "its canonical_url is another site's, which keeps it out of the sitemap"},
	} {
		if row.Flags&f.flag != 0 {
			say("%s", f.words)
		}
	}
	return state, why
}

// whereShown finds the documents that hold a row.
func (e *Edition) whereShown(tx *ledger.Tx, row *ledger.Article, x *Explanation) error {
	receipts, err := tx.Receipts()
	if err != nil {
		return err
	}
	inFeed := false
	if e.Feed != nil && row.InFeed {
		s, err := e.show(tx)
		if err != nil {
			return err
		}
		for _, r := range s.rows {
			inFeed = inFeed || r.ID == row.ID
		}
		if !inFeed {
			x.Why = append(x.Why, fmt.Sprintf("older than the newest %d of the feed", e.Feed.Items))
		}
	}
	for _, r := range receipts {
		child := r.Kind == kindShard && strings.HasSuffix(r.Path, strings.TrimPrefix(e.childPath(row.Shard), "/"))
		if isFeed(r.Kind) && inFeed || row.InSitemap && (r.Kind == kindURLSet || child) {
			x.Documents = append(x.Documents, r.Path)
		}
	}
	return nil
}
