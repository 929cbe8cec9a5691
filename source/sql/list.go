package sql

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"iter"
	"strings"
	"time"

	"herald/source"
)

// List returns the rows in ascending byte order of their keys. Fingerprints are cursors, or, without a cursor column, digests of the rows. What
// cannot be read, does not come in order, or has no column that is asked for is an error: what the database holds is then unknown, not gone.
//
// With a cursor column a listing between two full ones holds the rows alone that are not below the last cursor, less some time; Stays then
// reports that all others are there.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		if err := s.takeFailure(); err != nil && ctx.Err() == nil {
			yield(source.Entry{}, err)
			return
		}
		err := s.session(ctx, func(c *sql.Conn) error {
			l, err := s.begin(ctx, c)
			if err != nil {
				return err
			}
			l.yield = func(e source.Entry) bool { return yield(e, nil) }
			if err := l.run(ctx, c); err != nil {
				return err
			}
			l.end()
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(source.Entry{}, err)
		}
	}
}

// Fetch asks the database for the columns of its rows: one that cannot be reached, or is locked, keeps other sources from nothing.
// What goes wrong is returned by the next List. See source.Fetching.
func (s *Source) Fetch(ctx context.Context, _ iter.Seq2[string, string]) {
	err := s.session(ctx, func(c *sql.Conn) error {
		_, err := s.describe(ctx, c)
		return err
	})
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = err
}

// takeFailure returns what went wrong in the last Fetch, once.
func (s *Source) takeFailure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.failed
	s.failed = nil
	return err
}

// listing is one listing.
type listing struct {
	source *Source
	shape  *shape
	now    time.Time
	full   bool   // every row is listed
	wide   bool   // rows are read whole: most are new, or nothing else tells what changed
	since  string // cursor from which on rows are listed, where they are not all
	memory memory // of what is listed
	hash   hash.Hash
	yield  func(source.Entry) bool

	pending *listed // waits for the next row, which may have its key
	unkeyed int
	rows    int
}

// listed is a row that is about to be listed.
type listed struct {
	key, fingerprint string
	row              *row // nil: not read whole
}

// begin decides what is listed.
func (s *Source) begin(ctx context.Context, c *sql.Conn) (*listing, error) {
	x, err := s.describe(ctx, c)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &listing{source: s, shape: x, now: s.config.Now(), hash: sha256.New(), memory: memory{Of: x.of, As: s.ReadAs()}}
	unknown := x.cursor == nil || s.known.Of != l.memory.Of || s.known.As != l.memory.As
	if l.wide = unknown; unknown || s.anew || s.isDue(l.now) {
		l.full = true
		l.memory.Full = l.now.UnixMilli()
	} else {
		l.memory.Full, l.memory.Cursor = s.known.Full, s.known.Cursor
	}
	if !l.full && s.known.Cursor != "" {
		l.since = since(s.known.Cursor, l.now, s.config.Reading.Zone)
	}
	s.window, s.notes, s.memory = !l.full, nil, s.known
	s.rows.clear()
	s.listed.clear()
	return l, nil
}

// isDue reports whether everything is to be listed by the schedule. A clock that was set back does not put it off.
func (s *Source) isDue(now time.Time) bool {
	last := time.UnixMilli(s.known.Full)
	if s.known.Full == 0 || last.After(now) {
		return true
	}
	if s.config.Full == nil {
		return false
	}
	next := s.config.Full.Next(last)
	return !next.IsZero() && !now.Before(next)
}

// statement returns what is asked of the database.
func (l *listing) statement() (statement string, args []any) {
	d, x := l.source.base.dialect, l.shape
	reads := []string{x.key.read}
	where, order := "", x.key.order
	if x.cursor != nil {
		reads = append(reads, d.read(*x.cursor))
		if l.since != "" {
			where, args = d.from(*x.cursor, l.since)
			where = " where " + where + " or " + d.quote(x.cursor.name) + " is null"
			order = cmp.Or(x.key.sort, order)
		}
	}
	if l.wide {
		reads = append(reads, x.reads(d)...)
	}
	return "select " + strings.Join(reads, ", ") + " from " + l.source.from + where + " order by " + order, args
}

// reads returns the expressions by which all columns are read.
func (x *shape) reads(d dialect) (all []string) {
	for _, c := range x.columns {
		all = append(all, d.read(c))
	}
	return all
}

// run lists the rows.
func (l *listing) run(ctx context.Context, c *sql.Conn) error {
	statement, args := l.statement()
	err := l.source.base.dialect.each(ctx, c, statement, args, func(values [][]byte) error {
		if l.rows++; l.rows%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return l.add(values)
	})
	if err != nil {
		return err
	}
	return l.flush()
}

// add takes up a row: its key, its cursor where there is one, and all its values where it is read whole.
func (l *listing) add(values [][]byte) error {
	key, fingerprint := l.shape.key.keyOf(values[0]), ""
	if values[0] == nil || key == "" || len(key) > maxKeyBytes {
		l.unkeyed++
		return nil
	}
	all := values[1:]
	if l.shape.cursor != nil {
		fingerprint, all = l.byCursor(values[1]), values[2:]
	} else {
		fingerprint = l.byDigest(all)
	}
	if p := l.pending; p != nil && p.key == key {
		if p.row == nil { // Load sees whether they say the same
			p.fingerprint = ""
		} else if !p.row.same(all) {
			p.fingerprint, p.row.twice = "", true
		}
		return nil
	} else if p != nil && p.key > key {
		return faulty("the row %s comes after the row %s: the ids do not come in the order of their bytes; write the id as a text in the query",
			brief(l.shape.key.valueOf(key)), brief(l.shape.key.valueOf(p.key)))
	}
	if err := l.flush(); err != nil {
		return err
	}
	l.pending = &listed{key: key, fingerprint: fingerprint}
	if l.wide {
		l.pending.row = newRow(all, l.source.config.Now())
	}
	return nil
}

// flush lists the row that waits.
func (l *listing) flush() error {
	p := l.pending
	if p == nil {
		return nil
	}
	l.pending = nil
	if p.row != nil {
		l.source.rows.put(p.key, p.row)
	}
	l.source.listed.add(p.key)
	if !l.yield(source.Entry{Key: p.key, Fingerprint: p.fingerprint}) {
		return errStop
	}
	return nil
}

// byCursor returns the fingerprint of a row by its cursor. One that has none is looked at once, and again when it gets one.
func (l *listing) byCursor(cursor []byte) string {
	value := string(cursor)
	l.memory.Cursor = greater(l.memory.Cursor, value)
	if isFresh(value, l.now, l.source.config.Reading.Zone) {
		return ""
	}
	return l.shape.of + "/" + value
}

// byDigest returns the fingerprint of a row by all its values.
func (l *listing) byDigest(values [][]byte) string {
	l.hash.Reset()
	var size [8]byte
	for _, v := range values {
		binary.LittleEndian.PutUint64(size[:], uint64(len(v)+1))
		if v == nil {
			size = [8]byte{}
		}
		l.hash.Write(size[:])
		l.hash.Write(v)
	}
	var sum [sha256.Size]byte
	return l.shape.of + "/" + base64.RawURLEncoding.EncodeToString(l.hash.Sum(sum[:0])[:16])
}

// end notes what a listing that came to its end has seen.
func (l *listing) end() {
	s := l.source
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory = l.memory
	if l.unkeyed > 0 {
		s.notes = append(s.notes, fmt.Sprintf("%d rows have no %s, or one that is longer than %d bytes, and are left out", l.unkeyed, l.shape.key.column.name, maxKeyBytes))
	}
}

// brief cuts a text that a message repeats.
func brief(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
