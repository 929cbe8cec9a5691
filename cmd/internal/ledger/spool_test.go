package ledger_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"herald/cmd/internal/ledger"
)

// full sets everything in a value to something, and lists to two of it.
func full(t *testing.T, v reflect.Value, n int64) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Repeat("글\xff\x00", int(n)))
	case reflect.Int64:
		v.SetInt(-n << 40)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(uint64(n))
	case reflect.Array:
		for i := range v.Len() {
			full(t, v.Index(i), n+int64(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		full(t, v.Index(1), n)
	case reflect.Struct:
		for i := range v.NumField() {
			full(t, v.Field(i), n+int64(i))
		}
	default:
		t.Fatalf("a finding holds a %s", v.Type())
	}
}

func TestSpoolGivesBackWhatItTook(t *testing.T) {
	l := openFile(t)
	want := []*ledger.Staged{{}, {}, {Key: "글.md", Kind: ledger.New}}
	full(t, reflect.ValueOf(want[1]).Elem(), 1)
	spool := func() *ledger.Spool {
		s, err := l.NewSpool()
		must(t, err)
		t.Cleanup(func() { must(t, s.Close()) })
		for _, st := range want {
			must(t, s.Add(st))
		}
		return s
	}
	all := func(s *ledger.Spool) (got []*ledger.Staged, err error) {
		for st, err := range s.All() {
			if err != nil {
				return got, err
			}
			got = append(got, st)
		}
		return got, nil
	}
	got, err := all(spool())
	must(t, err)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	cut := spool()
	must(t, cut.Cut(3))
	if got, err := all(cut); len(got) != 2 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("of a spool that was cut: %d, %v", len(got), err)
	}
	garbled := spool()
	must(t, garbled.Garble(2)) // the length of the first key
	if got, err := all(garbled); len(got) != 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("of a garbled spool: %d, %v", len(got), err)
	}
}
