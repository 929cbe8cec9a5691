package ledger

import (
	"database/sql"
	"encoding/json"
	"strconv"

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

const holdColumns = "id, kind, subject, signature, summary, detail, since, approved"

// Holds returns all holds by number.
func (t *Tx) Holds() ([]Hold, error) { return t.holds("") }

// HoldsOf returns the holds of a subject ("": of any) that are of one of the kinds.
func (t *Tx) HoldsOf(subject string, kinds ...string) ([]Hold, error) {
	args := []any{subject}
	for _, k := range kinds {
		args = append(args, k)
	}
	return t.holds("where ($1 = '' or subject = $1) and kind in ("+placeholders(2, 1+len(kinds))+")", args...)
}

func (t *Tx) holds(where string, args ...any) ([]Hold, error) {
	var out []Hold
	err := t.each("select "+holdColumns+" from hold "+where+" order by id", args, func(rows *sql.Rows) error {
		var h Hold
		var signature, detail []byte
		if err := rows.Scan(&h.ID, &h.Kind, &h.Subject, &signature, &h.Summary, &detail, &h.Since, &h.Approved); err != nil {
			return err
		}
		copy(h.Signature[:], signature)
		out = append(out, h)
		return json.Unmarshal(detail, &out[len(out)-1].Detail)
	})
	return out, err
}

// PutHold writes a hold; ID 0 is given the next number. Numbers are never used again.
func (t *Tx) PutHold(h *Hold) error {
	if h.ID == 0 {
		last, err := t.count("select coalesce(max(cast(value as integer)), 0) from meta where name = 'last_hold'")
		if err != nil {
			return err
		}
		h.ID = last + 1
		if err := t.exec("insert into meta (name, value) values ('last_hold', $1) on conflict (name) do update set value = excluded.value",
			strconv.FormatInt(h.ID, 10)); err != nil {
			return err
		}
	}
	detail, err := json.Marshal(h.Detail)
	if err != nil {
		return err
	}
	if err := t.DropHold(h.ID); err != nil {
		return err
	}
	return t.exec("insert into hold ("+holdColumns+") values ("+placeholders(1, 8)+")",
		h.ID, h.Kind, h.Subject, h.Signature[:], h.Summary, string(detail), h.Since, bit(h.Approved))
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

// AddRequest asks, and returns the request's number.
func (t *Tx) AddRequest(kind, args string, created int64) (int64, error) {
	max, err := t.count("select coalesce(max(id), 0) from request")
	if err != nil {
		return 0, err
	}
	return max + 1, t.exec("insert into request (id, kind, args, created, done, answer) values ($1, $2, $3, $4, 0, '')",
		max+1, kind, args, created)
}

func (t *Tx) request(where string, args ...any) (r Request, found bool, err error) {
	found, err = t.row("select id, kind, args, created, done, answer from request where "+where, args,
		&r.ID, &r.Kind, &r.Args, &r.Created, &r.Done, &r.Answer)
	return r, found, err
}

// NextRequest returns the oldest request that has no answer.
func (t *Tx) NextRequest() (r Request, found bool, err error) {
	return t.request("done = 0 order by id limit 1")
}

// Request returns a request by its number.
func (t *Tx) Request(id int64) (r Request, found bool, err error) { return t.request("id = $1", id) }

// AnswerRequest answers, and forgets requests that were answered before.
func (t *Tx) AnswerRequest(id int64, answer string, done int64) error {
	if err := t.exec("delete from request where done <> 0 and done < $1", done-3600_000); err != nil {
		return err
	}
	return t.exec("update request set answer = $2, done = $3 where id = $1", id, answer, done)
}

// DropRequest takes a request back.
func (t *Tx) DropRequest(id int64) error { return t.exec("delete from request where id = $1", id) }
