package placement

import (
	"errors"
	"slices"

	"herald/cmd/internal/ledger"
)

// Writer writes article rows as the rules want them, during one transaction: public state, feed times, sitemap
// file. It is for one goroutine. Close writes the sums of the sitemap's files, and how many articles of each source readers have.
type Writer struct {
	tx     *ledger.Tx
	config Config
	keeps  bool // some feed keeps articles for a while
	times  *feedTimes
	shards *shards
	past   *archives // nil: no feed has an archive

	readers map[string]int64 // source -> how many of its articles more, or fewer, documents show
}

// Open returns a Writer over tx.
func Open(tx *ledger.Tx, c Config) (*Writer, error) {
	if err := tx.KeepTerms(c.TermKinds()...); err != nil {
		return nil, err
	}
	shards, err := openShards(tx, c)
	if err != nil {
		return nil, err
	}
	past, err := openArchives(tx)
	if err != nil {
		return nil, err
	}
	keeps := slices.ContainsFunc(c.Feeds, func(f Feed) bool { return f.Keep > 0 })
	return &Writer{tx: tx, config: c, keeps: keeps, times: &feedTimes{tx: tx}, shards: shards, past: past, readers: map[string]int64{}}, nil
}

// Close writes what the files of the sitemap hold now, moves elsewhere what they cannot, and writes what archives and readers
// have of each feed and source.
func (w *Writer) Close() error {
	for source, n := range w.readers {
		if n != 0 && source != ledger.Recovered {
			if err := w.tx.AddReaders(source, n); err != nil {
				return err
			}
		}
	}
	return errors.Join(w.shards.fitDirty(), w.shards.close(), w.past.close())
}

// Count counts a row that is written by other means than the Writer's: old is the row as it stands.
func (w *Writer) Count(old, row *ledger.Article) {
	if old.InFeed || old.InSitemap {
		w.readers[old.Source]--
	}
	if row.InFeed || row.InSitemap {
		w.readers[row.Source]++
	}
}

// Put brings a row's public state up to the moment at, gives it feed times when it is first public, keeps the sum
// of its sitemap file, and writes it. old is the row as it stands. With quiet the world is taken to
// know of the row already; else the row is to be told of.
func (w *Writer) Put(old, row *ledger.Article, at int64, quiet bool) error {
	w.shards.at = max(w.shards.at, at)
	was := old.InFeed || old.InSitemap
	row.InFeed, row.InSitemap, row.Due = Public(row, at)
	w.Count(old, row)
	is := row.InFeed || row.InSitemap
	if is || row.FeedPublished != 0 { // a change of a row that is not public moves its time, too
		if err := w.times.assign(old, row); err != nil {
			return err
		}
	}
	switch {
	case is:
		row.LeftAt = 0
	case was:
		row.LeftAt = at
	}
	if err := w.file(row); err != nil {
		return err
	}
	if err := w.leaveFeeds(old, row, at); err != nil {
		return err
	}
	w.shards.subtract(old)
	if old.InSitemap && !row.InSitemap {
		w.shards.entryLeft(old, at)
	}
	w.shards.add(row)
	if err := w.past.moved(w.config, old, row); err != nil {
		return err
	}
	if quiet {
		row.ToldURL, row.ToldTopic = Told(row)
		return w.tx.Put(row)
	}
	if err := w.tx.Put(row); err != nil {
		return err
	}
	if err := w.Keep(old, row, at); err != nil {
		return err
	}
	return w.tx.Touch(row.ID)
}

// Add writes a new row as if its id and the feed times that it most likely gets were free. Where they are not, it writes
// nothing and returns false: then Put is to find what is free. To try is cheaper than to ask.
func (w *Writer) Add(row *ledger.Article, at int64, quiet bool) (added bool, err error) {
	w.shards.at = max(w.shards.at, at)
	row.InFeed, row.InSitemap, row.Due = Public(row, at)
	took := func() {}
	if row.InFeed || row.InSitemap {
		took = w.times.guess(row)
	}
	if err := w.file(row); err != nil {
		return false, err
	}
	if quiet {
		row.ToldURL, row.ToldTopic = Told(row)
	}
	if added, err = w.tx.Add(row); err != nil || !added {
		row.FeedPublished, row.FeedUpdated = 0, 0
		return false, err
	}
	took()
	w.Count(&ledger.Article{}, row)
	w.shards.add(row)
	if err := w.past.moved(w.config, &ledger.Article{}, row); err != nil {
		return true, err
	}
	if quiet {
		return true, nil
	}
	if err := w.Keep(&ledger.Article{}, row, at); err != nil {
		return true, err
	}
	return true, w.tx.Touch(row.ID)
}

// leaveFeeds notes when a feed no longer shows a row and the row itself does not tell so, as one that left the public
// documents does: it stays public, or left as one that the feed would not have picked. The feed changes without it.
func (w *Writer) leaveFeeds(old, row *ledger.Article, at int64) (err error) {
	if !old.InFeed {
		return nil
	}
	left := row.LeftAt != 0 && row.Flags&ledger.OffFeeds == 0
	for _, f := range w.config.feedsOf(old) {
		stays := row.In(f.Where)
		if stays && row.InFeed {
			continue
		}
		kept := false
		if f.Keep > 0 {
			if kept, err = w.tx.DropKept(f.Name, row.ID); err != nil {
				return err
			}
		}
		if !kept && stays && left {
			continue
		}
		older, err := w.isOlder(f, row)
		if err != nil {
			return err
		}
		known, err := w.tx.Feed(f.Name)
		if err != nil {
			return err
		}
		if older && !kept || known.GUID == "" && f.value {
			continue
		}
		known.LeftAt = max(known.LeftAt+1, at)
		if err := w.tx.PutFeed(known); err != nil {
			return err
		}
	}
	return nil
}

// isOlder reports whether a row is older than all that a feed shows, and there is no room for it.
func (w *Writer) isOlder(f Feed, row *ledger.Article) (bool, error) {
	oldest, shown := int64(0), 0
	err := w.tx.NewestOf(f.Where, f.Items, func(a *ledger.Article) error { shown, oldest = shown+1, a.FeedPublished; return nil })
	return shown == f.Items && row.FeedPublished < oldest, err
}

// Keep notes the feeds that a row enters and that keep it for a while. Put does so but where it is quiet: a minor change, which
// is told nobody, is not of the first scan of a source, of whose articles no feed keeps any.
func (w *Writer) Keep(old, row *ledger.Article, at int64) error {
	if !w.keeps || !row.InFeed {
		return nil
	}
	for _, f := range w.config.feedsOf(row) {
		if f.Keep <= 0 || old.InFeed && old.In(f.Where) {
			continue
		}
		if err := w.tx.PutKept(ledger.Kept{Feed: f.Name, Article: row.ID, Since: at}); err != nil {
			return err
		}
	}
	return nil
}

// file returns a row that the sitemap lists its file, once.
func (w *Writer) file(row *ledger.Article) error {
	if !row.InSitemap || row.Shard != "" {
		return nil
	}
	return w.shards.assign(row)
}

// Move writes a row whose URL moved with the site's: no time moves, and what the world was told of it counts as told
// of the new URL.
func (w *Writer) Move(row *ledger.Article, at int64) error {
	w.shards.at = max(w.shards.at, at)
	old := *row
	row.InFeed, row.InSitemap, row.Due = Public(row, at)
	w.Count(&old, row)
	for _, told := range []*ledger.Told{&row.ToldURL, &row.ToldTopic} {
		if told.URL != "" {
			*told = ledger.Told{URL: row.URL, Digest: row.Digest}
		}
	}
	w.shards.add(row)
	if err := w.past.moved(w.config, &ledger.Article{}, row); err != nil { // all that its feeds say of it is new
		return err
	}
	return w.tx.Put(row)
}
