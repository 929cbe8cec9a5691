package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
)

// pageSize is that of SQLite.
const pageSize = 4096

// TestADamagedStateHarmsNoDocument: wherever the state is damaged, a pass either does its work or says what is wrong and
// what to do. What stands stays whole, with its ids and dates, and so it is when the file was moved away.
func TestADamagedStateHarmsNoDocument(t *testing.T) {
	t.Parallel()
	n := filled(t, 40)
	n.write("기사-01.md", article("마을 소식 1", "고친 본문"))
	n.must(n.ledger.Close())
	n.ledger = nil
	sound, err := os.ReadFile(n.path("herald.db"))
	n.must(err)
	before := n.documents()
	known := map[string]item{}
	for _, i := range n.items() {
		known[i.ID] = i
	}
	random := rand.New(rand.NewPCG(1, 2))
	noise := func(size int) []byte {
		out := make([]byte, size)
		for i := range out {
			out[i] = byte(random.Uint32())
		}
		return out
	}
	damages := map[string]func(){
		"cut in half":  func() { n.must(os.WriteFile(n.path("herald.db"), sound[:len(sound)/2], 0o644)) },
		"cut short":    func() { n.must(os.WriteFile(n.path("herald.db"), sound[:len(sound)-1000], 0o644)) },
		"header of 0":  func() { n.must(os.WriteFile(n.path("herald.db"), append(make([]byte, 100), sound[100:]...), 0o644)) },
		"foreign text": func() { n.must(os.WriteFile(n.path("herald.db"), []byte("오늘 할 일: 신문 읽기\n"), 0o644)) },
		"noise as WAL": func() { n.must(os.WriteFile(n.path("herald.db-wal"), noise(50_000), 0o644)) },
		"no bytes":     func() { n.must(os.WriteFile(n.path("herald.db"), nil, 0o644)) },
	}
	for page := 0; page < len(sound)/pageSize; page += 1 + page/8 { // the first hold the schema and what is always read
		damages[fmt.Sprint("page ", page)] = func() {
			damaged := bytes.Clone(sound)
			copy(damaged[page*pageSize:], noise(pageSize))
			n.must(os.WriteFile(n.path("herald.db"), damaged, 0o644))
		}
	}
	named := 0
	for _, name := range slices.Sorted(maps.Keys(damages)) {
		n.restore(before, sound)
		damages[name]()
		if err := n.try(); err != nil {
			named++
			if !strings.Contains(err.Error(), "move the file away") {
				t.Errorf("%s: %v", name, err)
			}
		}
		n.sameIdentities(name, known)

		n.must(errors.Join(os.Remove(n.path("herald.db")), ignoreMissing(os.Remove(n.path("herald.db-wal"))), ignoreMissing(os.Remove(n.path("herald.db-shm")))))
		n.must(n.try())
		n.sameIdentities(name+", moved away", known)
	}
	if named < 8 || named == len(damages) {
		t.Errorf("%d of %d damages were named", named, len(damages))
	}
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// restore puts documents and state back.
func (n *newsroom) restore(documents map[string]string, state []byte) {
	n.t.Helper()
	n.must(os.RemoveAll(n.path("public")))
	n.must(os.MkdirAll(n.path("public"), 0o755))
	for name, body := range documents {
		n.must(os.WriteFile(n.path("public", name), []byte(body), 0o644))
	}
	for _, end := range []string{"-wal", "-shm"} {
		n.must(ignoreMissing(os.Remove(n.path("herald.db" + end))))
	}
	n.must(os.WriteFile(n.path("herald.db"), state, 0o644))
}

// try is one pass on what lies on disk, by a process of its own, and what went wrong with it.
func (n *newsroom) try() error {
	l, err := ledger.Open(context.Background(), n.path("herald.db"))
	if err != nil {
		return err
	}
	n.must(l.Close())
	n.ledger = nil // closed at the end of the pass before
	n.open()
	defer func() { n.must(n.ledger.Close()) }()
	_, scanErr := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	return errors.Join(scanErr, err)
}

// sameIdentities checks that every document is whole and no id or date is another one.
func (n *newsroom) sameIdentities(name string, known map[string]item) {
	n.t.Helper()
	n.wholeDocuments()
	items := n.items()
	if len(items) != len(known) {
		n.t.Errorf("%s: %d items, there were %d", name, len(items), len(known))
	}
	for _, i := range items {
		if was, found := known[i.ID]; !found || was.URL != i.URL || !was.Published.Equal(i.Published) {
			n.t.Errorf("%s: %s %s %v was %s %v", name, i.ID, i.URL, i.Published, was.URL, was.Published)
		}
	}
}
