package ledger

import (
	"errors"
	"reflect"
	"strconv"

	"herald/cmd/internal/ledger/records"
)

var values = records.New("value", 2, "kind, value, slug, changed", func(v *Value) []any {
	return []any{(*string)(&v.Kind), (*blob)(&v.Value), &v.Slug, &v.Changed}
})

// Values returns all values of a kind that changed after a number, in byte order.
func (t *Tx) Values(kind TermKind, after int64) ([]Value, error) {
	return values.All(t.conn, "where kind = $1 and changed > $2 order by value", string(kind), after)
}

// PutSlug writes what stands for a value in paths.
func (t *Tx) PutSlug(kind TermKind, value, slug string) error {
	return t.exec("insert into value (kind, value, slug, changed) values ($1, $2, $3, 0) on conflict (kind, value) do update set slug = excluded.slug",
		string(kind), []byte(value), slug)
}

// Changes returns the number of the last transaction that changed an article in more than what the world was told of it,
// since terms are kept. It rises.
func (t *Tx) Changes() (int64, error) {
	text, err := t.Meta(metaChanges)
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

// noteChange notes the terms of a row that was written, as it stood, nil for none, and as it is. What the world was told
// of it is no change.
func (t *Tx) noteChange(old, a *Article, terms ...term) {
	if old != nil {
		was := *old
		if was.ToldURL, was.ToldTopic = a.ToldURL, a.ToldTopic; reflect.DeepEqual(&was, a) {
			return
		}
	}
	t.note(terms...)
}

func (t *Tx) note(terms ...term) {
	if t.changed == nil {
		t.changed = map[Value]bool{}
	}
	for _, one := range terms {
		t.changed[Value{Kind: one.kind, Value: one.value}] = true
	}
}

// putChanges writes what was noted under the next number, at the end of a transaction.
func (t *Tx) putChanges() error {
	if t.changed == nil {
		return nil
	}
	last, err := t.Changes()
	err = errors.Join(err, t.SetMeta(metaChanges, strconv.FormatInt(last+1, 10)))
	for v := range t.changed {
		err = errors.Join(err, t.exec("insert into value (kind, value, slug, changed) values ($1, $2, '', $3) on conflict (kind, value) do update set changed = excluded.changed",
			string(v.Kind), []byte(v.Value), last+1))
	}
	return err
}
