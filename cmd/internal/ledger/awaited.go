package ledger

import "herald/cmd/internal/ledger/records"

// Wait is an article that enters the documents once its URL answers 200, with the last answer. Times are milliseconds.
type Wait struct {
	Article int64
	Quiet   bool   // that it enters is no news: its source was scanned for the first time
	Next    int64  // when it is to be asked
	Asks    int64  // how often it was
	Asked   int64  // when it last was; 0: never
	URL     string // where
	Answer  string // in words; "" where it was never asked, and for 200
	Live    bool   // the last answer was 200
}

var waits = records.New("awaited", 1, "article, quiet, next, asks, asked, url, answer, live", func(w *Wait) []any {
	return []any{&w.Article, &w.Quiet, &w.Next, &w.Asks, &w.Asked, (*blob)(&w.URL), &w.Answer, &w.Live}
})

// PutWait writes that an article waits.
func (t *Tx) PutWait(w *Wait) error { return waits.Put(t.conn, w) }

// DropWait forgets that an article waits.
func (t *Tx) DropWait(article int64) error {
	return t.exec("delete from awaited where article = $1", article)
}

// Wait returns what an article waits with, nil if it does not wait.
func (t *Tx) Wait(article int64) (*Wait, error) {
	return waits.One(t.conn, "where article = $1", article)
}

// Arrived returns the articles that wait and whose URL has answered 200.
func (t *Tx) Arrived() ([]Wait, error) { return waits.All(t.conn, "where live = 1 order by article") }

// askable is the condition that an article a waits for nothing but its URL, at the moment $1.
var askable = `exists (select 1 from article a where a.id = awaited.article and a.removed_at = 0 and a.published <> 0 and a.published <= $1
	and (a.expires = 0 or a.expires > $1) and not ` + Draft.in("a.flags") + `)`

// ToAsk returns the articles whose URL is to be asked: that wait for nothing else now, and are due by a moment. Those that
// have waited longest go first, at most limit.
func (t *Tx) ToAsk(now, due int64, limit int) ([]Wait, error) {
	return waits.All(t.conn, "where live = 0 and next <= $2 and "+askable+" order by next, article limit $3", now, due, limit)
}

// Waits returns the articles that wait for nothing but their URL, those that were asked for most often first, at most limit.
func (t *Tx) Waits(now int64, limit int) ([]Wait, error) {
	return waits.All(t.conn, "where live = 0 and "+askable+" order by asks desc, article limit $2", now, limit)
}

// Waiting counts the articles that wait for nothing but their URL, and returns when the next is to be asked for; 0: none is.
func (t *Tx) Waiting(now int64) (count, next int64, err error) {
	_, err = t.row("select count(*), coalesce(min(next), 0) from awaited where live = 0 and "+askable, []any{now}, &count, &next)
	return count, next, err
}
