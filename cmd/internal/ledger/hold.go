package ledger

import (
	"strconv"

	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
	"herald/source"
)

// Hold is a change that waits for the operator.
type Hold struct {
	ID            int64
	Kind, Subject string
	Signature     source.Digest // equal: the same change
	Summary       string
	Detail        []string
	Since         int64
	Approved      bool
}

var holdTable = records.New("hold", 1, "id, kind, subject, signature, summary, detail, since, approved", func(h *Hold) []any {
	return []any{&h.ID, &h.Kind, &h.Subject, fixed(h.Signature[:]), &h.Summary, records.InJSON(&h.Detail), &h.Since, &h.Approved}
})

// Holds returns all holds by number.
func (t *Tx) Holds() ([]Hold, error) { return holdTable.All(t.conn, "order by id") }

// HoldsOf returns the holds of a subject ("": of any) that are of one of the kinds.
func (t *Tx) HoldsOf(subject string, kinds ...string) ([]Hold, error) {
	args := sqlform.Arguments(subject, kinds)
	return holdTable.All(t.conn, "where ($1 = '' or subject = $1) and kind in ("+sqlform.Placeholders(2, len(args))+") order by id", args...)
}

// PutHold writes a hold; ID 0 is given the next number. Numbers are never used again.
func (t *Tx) PutHold(h *Hold) error {
	if h.ID == 0 {
		last, err := t.LastHold()
		if err != nil {
			return err
		}
		h.ID = last + 1
		if err := t.SetMeta(metaLastHold, strconv.FormatInt(h.ID, 10)); err != nil {
			return err
		}
	}
	return holdTable.Put(t.conn, h)
}

// LastHold returns the last number that was given to a hold; 0: none was.
func (t *Tx) LastHold() (int64, error) {
	return t.count("select coalesce(max(cast(value as integer)), 0) from meta where name = $1", metaLastHold)
}

// DropHold forgets a hold.
func (t *Tx) DropHold(id int64) error { return t.exec("delete from hold where id = $1", id) }

// Request is what another command asks of the daemon.
type Request struct {
	ID            int64
	Kind, Args    string
	Created, Done int64
	Answer        string
}

var requests = records.New("request", 1, "id, kind, args, created, done, answer", func(r *Request) []any {
	return []any{&r.ID, &r.Kind, &r.Args, &r.Created, &r.Done, &r.Answer}
})

// AddRequest asks, and returns the request's number.
func (t *Tx) AddRequest(kind, args string, created int64) (int64, error) {
	last, err := t.count("select coalesce(max(id), 0) from request")
	if err != nil {
		return 0, err
	}
	return last + 1, requests.Put(t.conn, &Request{ID: last + 1, Kind: kind, Args: args, Created: created})
}

// NextRequest returns the oldest request that has no answer.
func (t *Tx) NextRequest() (r Request, found bool, err error) {
	return requests.Found(t.conn, "where done = 0 order by id limit 1")
}

// Request returns a request by its number.
func (t *Tx) Request(id int64) (r Request, found bool, err error) {
	return requests.Found(t.conn, "where id = $1", id)
}

// AnswerRequest answers, and forgets requests that were answered before.
func (t *Tx) AnswerRequest(id int64, answer string, done int64) error {
	if err := t.exec("delete from request where done <> 0 and done < $1", done-3600_000); err != nil {
		return err
	}
	return t.exec("update request set answer = $2, done = $3 where id = $1", id, answer, done)
}

// DropRequest takes a request back.
func (t *Tx) DropRequest(id int64) error { return t.exec("delete from request where id = $1", id) }
