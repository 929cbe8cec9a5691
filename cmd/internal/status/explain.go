package status

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/copies"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/outbox"
	"herald/source"
	"herald/source/weburl"
)

// ErrUnknown says that nothing of a name is known.
var ErrUnknown = errors.New("nothing is known of it")

// Explain returns the life of the articles that a file, key, id or URL means. ErrUnknown: none.
func (r *Reporter) Explain(ctx context.Context, name string) ([]Explanation, error) {
	var out []Explanation
	err := r.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		told := map[int64]bool{}
		for _, candidate := range r.meanings(name) {
			rows, err := tx.Find(candidate, 20)
			if err != nil {
				return err
			}
			for _, row := range rows {
				copied, err := tx.Copies().Of(row.ID)
				if err != nil {
					return err
				}
				if told[row.ID] || !means(name, candidate, row.Shown.Place) && !meansCopy(name, candidate, copied) {
					continue
				}
				told[row.ID] = true
				x, err := r.life(tx, row, copied)
				if err != nil {
					return err
				}
				out = append(out, *x)
			}
			refused, err := tx.RefusalOf(candidate)
			if err != nil {
				return err
			}
			for _, refusal := range refused {
				if place, _, _ := strings.Cut(refusal.Reason, ":"); !refusal.LastGood && means(name, candidate, place) {
					out = append(out, Explanation{Source: refusal.Source, Key: refusal.Key, Place: rowOf(refusal), State: "refused", Why: []string{refusal.Reason}})
				}
			}
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		out, err = r.heldBack(ctx, name)
	}
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: %w", name, ErrUnknown)
	}
	return out, err
}

// rowOf returns the place of a refused row, which begins its reason as "archive: row 12: …"; "" where it is none.
func rowOf(r ledger.Refusal) string {
	if rest, found := strings.CutPrefix(r.Reason, r.Source+": row "); found {
		id, _, _ := strings.Cut(rest, ": ")
		return r.Source + ": row " + id
	}
	return ""
}

// heldBack tells of files that the ledger does not know yet, because their source is held.
func (r *Reporter) heldBack(ctx context.Context, name string) ([]Explanation, error) {
	var holds []ledger.Hold
	err := r.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		holds, err = tx.HoldsOf("", hold.ScanKinds()...)
		return err
	})
	var out []Explanation
	for _, h := range holds {
		i := slices.IndexFunc(r.config.Sources, func(s intake.Source) bool { return s.Name == h.Subject })
		if i < 0 {
			continue // it left the config
		}
		src := r.config.Sources[i]
		key, err := listed(ctx, src.Source, r.meanings(name))
		if err != nil || key == "" {
			continue // what cannot be read now is not held, but out of reach
		}
		if a, err := src.Source.Load(ctx, key); err == nil && means(name, key, a.Place) {
			out = append(out, Explanation{
				Source: h.Subject, Key: key, Place: a.Place, Title: a.Title, State: "held", Why: []string{heldBy(h)}, Documents: []string{}, Told: []outbox.Notice{},
			})
		}
	}
	return out, err
}

// listed returns the first of some keys that a source lists, "" if none.
func listed(ctx context.Context, s source.Source, keys []string) (string, error) {
	for entry, err := range s.List(ctx) {
		if err != nil || slices.Contains(keys, entry.Key) {
			return entry.Key, err
		}
	}
	return "", nil
}

func heldBy(h ledger.Hold) string { return fmt.Sprintf("hold %d: %s", h.ID, h.Summary) }

// meanings returns what a name may stand for, each once: itself, the URL it spells, each of its tails as a key.
func (r *Reporter) meanings(name string) []string {
	var out []string
	for _, one := range r.spellings(name) {
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

func (r *Reporter) spellings(name string) []string {
	out := []string{name}
	if url, err := weburl.Normal(name); err == nil && strings.Contains(name, "://") {
		return append(out, url)
	}
	if strings.HasPrefix(name, "/") {
		if url, err := r.config.Placement.Site.Join(name); err == nil {
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

// meansCopy is means of the entries of other sources that are the same article.
func meansCopy(name, candidate string, copied []copies.Copy) bool {
	return slices.ContainsFunc(copied, func(c copies.Copy) bool { return c.Key == candidate && means(name, candidate, c.Place) })
}

func (r *Reporter) life(tx *ledger.Tx, row *ledger.Article, copied []copies.Copy) (*Explanation, error) {
	x := &Explanation{
		Source: row.Source, Key: row.Key, Place: row.Shown.Place, Title: row.Shown.Title, ID: row.GUID, URL: row.URL, DatedBy: string(row.DatedBy),
		Published: ledger.Time(row.Published), Updated: ledger.Time(row.Updated), FeedTime: ledger.Time(row.FeedPublished),
		FirstSeen: ledger.Time(row.FirstSeen), Documents: []string{}, Told: []outbox.Notice{},
	}
	x.State, x.Why = r.reasons(row)
	waits, err := r.waits(tx, row)
	if err != nil {
		return nil, err
	}
	x.Why = append(x.Why, waits...)
	for _, c := range copied {
		x.Copies = append(x.Copies, Copy{Source: c.Source, Key: c.Key, Place: c.Place})
		words := fmt.Sprintf("source %s holds it, too: %s; the words and the URL of source %s count", c.Source, cmp.Or(c.Place, c.Key), row.Source)
		x.Why = append(x.Why, words)
	}
	for _, entry := range append([]copies.Copy{{Source: row.Source, Key: row.Key}}, copied...) {
		refused, err := tx.RefusalOf(entry.Key)
		if err != nil {
			return nil, err
		}
		for _, refusal := range refused {
			if refusal.Source == entry.Source {
				x.Why = append(x.Why, "its present file is refused, the last good version stays: "+refusal.Reason)
			}
		}
	}
	holds, err := tx.HoldsOf(row.Source, hold.ScanKinds()...)
	if err != nil {
		return nil, err
	}
	for _, h := range holds {
		x.Why = append(x.Why, "what its source says now waits for approval: "+heldBy(h))
	}
	paths, why, err := r.config.Edition.Holding(tx, row)
	if err != nil {
		return nil, err
	}
	x.Documents, x.Why = append(x.Documents, paths...), append(x.Why, why...)
	named, err := r.config.Links.Of(tx, row)
	if err != nil {
		return nil, err
	}
	for _, a := range named {
		x.Links = append(x.Links, a.String())
	}
	x.Told, err = r.told(tx, row, paths)
	return x, err
}

// told returns who must hear, or heard, of a row: of its URL, and of the feeds that hold it.
func (r *Reporter) told(tx *ledger.Tx, row *ledger.Article, paths []string) ([]outbox.Notice, error) {
	all := []outbox.Notice{}
	urls := []string{row.URL}
	for _, path := range paths {
		url, err := r.config.Placement.Site.Join("/" + path)
		if err != nil {
			return nil, err
		}
		urls = append(urls, url)
	}
	for i, url := range urls {
		notices, err := tx.Notices().Of(url)
		if err != nil {
			return nil, err
		}
		for _, n := range notices {
			if i == 0 || n.Channel == notice.ChannelTopic {
				all = append(all, outbox.NoticeOf(n))
			}
		}
	}
	return all, nil
}
