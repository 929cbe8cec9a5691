package edition

import (
	"math"

	"herald/cmd/internal/ledger"
)

// telling moves what the world is taken to know, and queues notices of what it does not.
type telling struct {
	*publication
	tx   *ledger.Tx
	news int64 // the newest feed time of a row of which the hubs know something else; MinInt64: there is none
}

// tell looks at every touched row: is what the world knows of it still true?
func (p *publication) tell(tx *ledger.Tx) error {
	t := &telling{publication: p, tx: tx, news: math.MinInt64}
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

// row brings what is told of a row up to date. It is not done while a feed waits for its body.
func (t *telling) row(row *ledger.Article) (done bool, err error) {
	url, topic := knowable(row)
	if was := row.ToldURL; was != url {
		row.ToldURL = url
		if err := t.url(was, url); err != nil {
			return false, err
		}
	}
	if row.ToldTopic == topic {
		return true, nil
	}
	if waits, err := t.waits(row); err != nil || waits {
		return false, err
	}
	row.ToldTopic = topic
	t.news = max(t.news, row.FeedPublished)
	return true, nil
}

// url tells every engine of a URL that is new, changed or gone. An old URL that another article
// now has is not gone.
func (t *telling) url(was, now ledger.Told) error {
	if now.URL != "" {
		if err := t.queueAll(t.Notify.IndexNow, ledger.ChannelURL, now.URL, false); err != nil {
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
	return t.queueAll(t.Notify.IndexNow, ledger.ChannelURL, was.URL, true)
}

// waits reports whether a feed should show the row in full and has no body of it yet.
func (t *telling) waits(row *ledger.Article) (bool, error) {
	if t.Feed == nil || !row.InFeed || !t.bodied(row) {
		return false, nil
	}
	for _, d := range t.docs {
		if isFeed(d.kind) && row.FeedPublished >= d.oldest {
			found, err := t.tx.HasBody(row.ID, row.Words)
			return !found, err
		}
	}
	return false, nil
}

// topics tells the hubs of each feed whose bytes changed and that shows, or showed, a row of which
// the world knows something else.
func (t *telling) topics() error {
	for _, d := range t.docs {
		if !isFeed(d.kind) || !t.changed[d.path] || t.news < d.oldest {
			continue
		}
		if err := t.queueAll(t.Notify.Hubs, ledger.ChannelTopic, d.url, false); err != nil {
			return err
		}
	}
	return nil
}

func (t *telling) queueAll(targets []string, channel, url string, removed bool) error {
	for _, target := range targets {
		if err := t.queue(target, channel, url, removed); err != nil {
			return err
		}
	}
	return nil
}

// queue puts a notice in the place of what the target was to hear, or heard, of the URL before.
func (t *telling) queue(target, channel, url string, removed bool) error {
	n := &ledger.Notice{Target: target, Channel: channel, URL: url, Created: t.now}
	before, err := t.tx.Notice(target, channel, url)
	if err != nil {
		return err
	}
	if before != nil {
		if before.State == ledger.Waiting {
			// The target fails whatever it is told: it is spared, and its notice left over, as before.
			n.Created, n.NotBefore, n.Attempts = before.Created, before.NotBefore, before.Attempts
		}
		n.Sent, n.Answered, n.Status, n.Detail = before.Sent, before.Answered, before.Status, before.Detail
		if n.Sent != 0 {
			n.NotBefore = max(n.NotBefore, min(n.Sent, t.now)+t.Notify.MinInterval.Milliseconds())
		}
	}
	n.Removed, n.Edition, n.State = removed, t.report.Edition, ledger.Waiting
	n.QuietTill = ledger.Millis(t.Now().Add(t.Notify.Delay))
	t.report.Notices = append(t.report.Notices, noticeOf(n))
	return t.tx.PutNotice(n)
}

func noticeOf(n *ledger.Notice) Notice {
	return Notice{
		Target: n.Target, Channel: n.Channel, URL: n.URL, Removed: n.Removed, State: n.State,
		Due: ledger.Time(max(n.QuietTill, n.NotBefore)), Attempts: n.Attempts, Status: n.Status, Detail: n.Detail,
		Answered: ledger.Time(n.Answered),
	}
}
