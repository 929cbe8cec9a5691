package edition

import (
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
	"herald/cmd/internal/placement"
)

// teller moves what the world is taken to know, and queues notices of what it does not.
type teller struct {
	publication *publication
	tx          *ledger.Tx
	news        map[*Document]bool // documents that a row concerns of which the world knows something else
}

// tell looks at every touched row: is what the world knows of it still true?
func (p *publication) tell(tx *ledger.Tx) error {
	t := &teller{publication: p, tx: tx, news: map[*Document]bool{}}
	touched, err := tx.Touched()
	if err != nil {
		return err
	}
	for _, id := range touched {
		row, err := tx.Article(id)
		if err != nil {
			return err
		}
		done, err := t.row(row)
		if err != nil {
			return err
		}
		if err := tx.Put(row); err != nil {
			return err
		}
		if done {
			if err := tx.Untouch(row.ID); err != nil {
				return err
			}
		}
	}
	return t.topics()
}

// row brings what is told of a row up to date. It is not done while a document that shows it failed, or waits for its
// body.
func (t *teller) row(row *ledger.Article) (done bool, err error) {
	if t.failed(row) {
		return false, nil
	}
	url, topic := placement.Told(row)
	if was := row.ToldURL; was != url {
		row.ToldURL = url
		if err := t.url(was, url); err != nil {
			return false, err
		}
	}
	if row.ToldTopic == topic {
		return true, nil
	}
	for _, d := range t.publication.docs {
		if waits, err := waits(t.tx, d, row); err != nil || waits {
			return false, err
		}
	}
	row.ToldTopic = topic
	for _, d := range t.publication.docs {
		if t.publication.changed[d.Path] && concerns(d, row) {
			t.news[d] = true
		}
	}
	return true, nil
}

// lost reports whether a document lost a row of which its last version knew nothing.
func (t *teller) lost(d *Document) bool {
	before, known := t.publication.receipts[d.Path]
	return known && d.LeftAt > before.LeftAt
}

// failed reports whether a document that a row concerns is kept at its last good version.
func (t *teller) failed(row *ledger.Article) bool {
	for _, d := range t.publication.failed {
		if concerns(d, row) {
			return true
		}
	}
	return false
}

// url tells the targets of URLs of one that is new, changed or gone. An old URL that another article
// now has is not gone.
func (t *teller) url(was, now ledger.Told) error {
	if now.URL != "" {
		if err := t.queue(notify.URLs, notify.Change{URL: now.URL}); err != nil {
			return err
		}
	}
	if was.URL == "" || was.URL == now.URL {
		return nil
	}
	holder, err := t.tx.ByURL(was.URL)
	if err != nil || holder != nil && holder.InSitemap {
		return err
	}
	return t.queue(notify.URLs, notify.Change{URL: was.URL, Removed: true})
}

// topics tells the hubs of each feed whose bytes changed and that has news: a row that the world knows otherwise, or
// one that left the feed since its last version.
func (t *teller) topics() error {
	for _, d := range t.publication.docs {
		if !d.Kind.Topic || !t.publication.changed[d.Path] || !t.news[d] && !t.lost(d) {
			continue
		}
		if err := t.queue(notify.Topics, notify.Change{URL: d.URL}); err != nil {
			return err
		}
	}
	return nil
}

// queue notes that the targets of a channel must hear of a change.
func (t *teller) queue(channel notify.Channel, change notify.Change) error {
	p := t.publication
	queued, err := p.config.Outbox.Queue(t.tx, channel, change, p.report.Edition, p.now)
	p.report.Notices = append(p.report.Notices, queued...)
	return err
}

// concerns is Concerns of a document, or false where it is nil.
func concerns(d *Document, row *ledger.Article) bool { return d.Concerns != nil && d.Concerns(row) }

// waits is Waits of a document, or false where it is nil.
func waits(tx *ledger.Tx, d *Document, row *ledger.Article) (bool, error) {
	if d.Waits == nil {
		return false, nil
	}
	return d.Waits(tx, row)
}
