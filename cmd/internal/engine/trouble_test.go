package engine_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
)

// faulty is an output folder whose n-th use fails.
type faulty struct {
	publish.Sink
	left  int
	cause error
}

func (f *faulty) use(op, path string) error {
	if f.left--; f.left == 0 {
		return &os.PathError{Op: op, Path: path, Err: f.cause}
	}
	return nil
}

func (f *faulty) Put(ctx context.Context, docs []publish.Document) error {
	for _, d := range docs { // what stands in front of the fault is put
		if err := f.use("put", d.Path); err != nil {
			return err
		}
		if err := f.Sink.Put(ctx, []publish.Document{d}); err != nil {
			return err
		}
	}
	return nil
}

func (f *faulty) Read(ctx context.Context, path string, limit int64) ([]byte, error) {
	if err := f.use("read", path); err != nil {
		return nil, err
	}
	return f.Sink.Read(ctx, path, limit)
}

func (f *faulty) Stat(path string) (publish.Info, error) {
	if err := f.use("stat", path); err != nil {
		return publish.Info{}, err
	}
	return f.Sink.Stat(path)
}

func (f *faulty) Remove(ctx context.Context, paths []string) error {
	if err := f.use("remove", paths[0]); err != nil {
		return err
	}
	return f.Sink.Remove(ctx, paths)
}

// TestTheOutputsFailAtEveryUse lets each use of the output folder fail in turn: nobody hears of what
// is not out, and the next pass makes everything good.
func TestTheOutputsFailAtEveryUse(t *testing.T) {
	f := &faulty{}
	n := filled(t, 5, killTweaks()...)
	n.options = func(o *options) { f.Sink, o.Sink = o.Sink, f }
	n.open()
	for use, failed := 1, true; failed; use++ {
		cause := []error{syscall.ENOSPC, syscall.EROFS, syscall.EIO, syscall.EACCES}[use%4]
		word := fmt.Sprintf("%d번째 고침", use)
		n.write("기사-01.md", article("마을 소식 1", word))
		n.write(fmt.Sprintf("2025-%02d-01-글.md", 1+use%12), article("글", word))
		n.now = n.now.Add(time.Minute)
		_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
		n.must(err)
		f.left, f.cause = use, cause
		_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
		f.left = 0
		failed = err != nil
		if failed {
			if !errors.Is(err, cause) {
				t.Fatalf("use %d: %v", use, err)
			}
			n.wholeDocuments()
			n.deliver()
			if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
				t.Errorf("use %d: told %q %q of what is not out", use, urls, topics)
			}
		}
		n.pass()
		n.deliver()
		n.sameAsClean()
		if urls, topics := n.world.heard(); !slices.Contains(urls, at("기사-01")) || len(topics) != 3 {
			t.Errorf("use %d: told %q %q", use, urls, topics)
		}
		if !failed && use < 10 {
			t.Errorf("the output folder was used only %d times", use)
		}
	}
}

// TestTheDiskIsFull returns a process room for small files only, of state and outputs alike.
func TestTheDiskIsFull(t *testing.T) {
	for _, room := range []string{"10000", "60000", "200000", "400000"} {
		t.Run(room, func(t *testing.T) {
			t.Parallel()
			n := filled(t, 5, killTweaks()...)
			for i := range 60 {
				n.write(fmt.Sprintf("긴 글 %d.md", i), article(fmt.Sprintf("긴 글 %d", i), strings.Repeat(fmt.Sprintf("%d번째 눈이 내렸다. ", i), 400)))
			}
			n.must(n.ledger.Close())
			n.ledger = nil
			cmd := exec.Command(os.Args[0], "-test.run=^$")
			cmd.Env = append(os.Environ(), killPoint+"=room "+room, killDir+"="+n.dir, killWorld+"="+n.world.URL, killNow+"="+n.now.Format(time.RFC3339))
			said, err := cmd.CombinedOutput()
			if err == nil || strings.Contains(string(said), "panic") {
				t.Fatalf("it went through: %v\n%s", err, said)
			}
			t.Logf("%s", said)
			if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
				t.Errorf("told %q %q", urls, topics)
			}
			n.wholeDocuments()
			n.open()
			n.pass()
			n.deliver()
			n.sameAsClean()
			if urls, _ := n.world.heard(); len(urls) != 60 {
				t.Errorf("%d URLs told", len(urls))
			}
		})
	}
}

// TestAnotherProgramHoldsTheState waits for it, then says so, and goes on when it is free.
func TestAnotherProgramHoldsTheState(t *testing.T) {
	t.Parallel()
	n := filled(t, 3)
	before := n.documents()
	n.write("기사-01.md", article("마을 소식 1", "고친 본문"))
	other, err := ledger.Open(context.Background(), n.path("herald.db"))
	n.must(err)
	defer other.Close()
	n.must(other.Write(context.Background(), func(*ledger.Tx) error {
		_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
		if err == nil || !strings.Contains(err.Error(), "locked") {
			t.Errorf("%v", err)
		}
		return nil
	}))
	if !maps.Equal(before, n.documents()) {
		t.Error("documents changed")
	}
	n.pass()
	if !strings.Contains(n.read("feed.xml"), "고친 본문") {
		t.Error("the change got lost")
	}
	n.sameAsClean()
}

// TestTheClockIsSetBack by a year, and forward again: no date moves, and who is to be told is told
// now, not in a year.
func TestTheClockIsSetBack(t *testing.T) {
	n := filled(t, 12, func(s *settings) {
		s.Notify.Delay, s.Notify.MinInterval = time.Minute, 10*time.Minute
	})
	n.write("기사-01.md", article("마을 소식 1", "고친 본문"))
	n.write("기사-02.md", article("마을 소식 2", "고친 본문"))
	n.pass()
	n.now = n.now.Add(time.Hour)
	n.deliver()
	n.world.heard()
	before := n.items()
	n.write("기사-03.md", article("마을 소식 3", "고친 본문"))
	n.pass() // its notice waits for the delay

	n.now = n.now.AddDate(-1, 0, 0)
	n.open()
	n.deliver()
	if urls, _ := n.world.heard(); !slices.Equal(urls, []string{at("기사-03")}) {
		t.Errorf("what waited was told as %q", urls)
	}
	n.write("기사-01.md", article("마을 소식 1", "또 고친 본문"))
	n.write("새.md", article("새 소식", "본문"))
	n.pass()
	n.wholeDocuments()
	n.sameAsClean()
	n.now = n.now.Add(time.Hour)
	n.deliver()
	urls, _ := n.world.heard()
	slices.Sort(urls)
	if want := []string{at("기사-01"), at("새")}; !slices.Equal(urls, want) {
		t.Errorf("told %q, want %q", urls, want)
	}
	after := map[string]item{}
	for _, i := range n.items() {
		after[i.URL] = i
	}
	for _, b := range before {
		a := after[b.URL]
		if !a.Published.Equal(b.Published) || a.Modified.Before(b.Modified) {
			t.Errorf("%s: %v, %v became %v, %v", b.URL, b.Published, b.Modified, a.Published, a.Modified)
		}
		if b.URL == at("기사-01") && !a.Modified.After(b.Modified) {
			t.Errorf("the edit shows no later time of change than %v", b.Modified)
		}
	}
	n.now = n.now.AddDate(1, 0, 0)
	if _, pub := n.pass(); pub.Edition != 0 || len(pub.Notices) > 0 {
		t.Errorf("the clock set right published %+v", pub)
	}
}

// TestTenThousandRefusals are counted, listed to a bound, and forgotten when they are mended.
func TestTenThousandRefusals(t *testing.T) {
	const count = 10_000
	n := filled(t, 3)
	before := n.documents()
	for i := range count {
		n.write(fmt.Sprintf("깨진/%05d.md", i), "---\ntitle: 깨진 글\ndate: 언젠가\n---\n본문\n")
	}
	for range 2 {
		scan, pub := n.pass()
		if scan.Articles != 3 || scan.RefusedCount != count || len(scan.Refused) == 0 || len(scan.Refused) > 1000 || pub.Edition != 0 || !maps.Equal(before, n.documents()) {
			t.Fatalf("%d articles, %d refused, %+v", scan.Articles, len(scan.Refused), pub)
		}
	}
	status, err := n.rooms.Status(context.Background())
	if n.must(err); status.Sources[0].Refused != count {
		t.Errorf("%d refused", status.Sources[0].Refused)
	}
	n.must(os.RemoveAll(filepath.Join(n.path("articles"), "깨진")))
	if scan, _ := n.pass(); len(scan.Refused) > 0 || scan.Hold != nil {
		t.Errorf("%d are left, %+v", len(scan.Refused), scan.Hold)
	}
}

// TestManyNoticesWait: status counts them all, and lists a bound.
func TestManyNoticesWait(t *testing.T) {
	n := filled(t, 1, func(s *settings) { s.Guard, s.Notify.Hubs = nil, nil })
	for i := range 1100 {
		n.write(fmt.Sprintf("새-%04d.md", i), article(fmt.Sprintf("새 소식 %d", i), "본문"))
	}
	n.pass()
	status, err := n.rooms.Status(context.Background())
	if n.must(err); status.WaitingCount != 1100 || len(status.Waiting) != 1000 || status.DeadCount != 0 {
		t.Errorf("%d waiting, %d listed, %d dead", status.WaitingCount, len(status.Waiting), status.DeadCount)
	}
}

// TestAHalfPutPublicationIsNoticed: what a failed publication had put already is put right, also where
// the change is taken back and the file is as long as before.
func TestAHalfPutPublicationIsNoticed(t *testing.T) {
	f := &faulty{}
	n := filled(t, 3)
	n.options = func(o *options) { f.Sink, o.Sink = o.Sink, f }
	n.open()
	n.write("기사-01.md", "---\ntitle: 글\ndate: 2026-11-01\nlast_modified_at: 2026-11-22\n---\n가나다\n")
	n.pass()
	before := n.documents()
	half := false
	for use := 1; use < 20; use++ {
		n.write("기사-01.md", "---\ntitle: 글\ndate: 2026-11-01\nlast_modified_at: 2026-11-22\n---\n나다가\n")
		_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
		n.must(err)
		f.left, f.cause = use, syscall.ENOSPC
		_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
		f.left = 0
		half = half || err != nil && !maps.Equal(before, n.documents())
		n.write("기사-01.md", "---\ntitle: 글\ndate: 2026-11-01\nlast_modified_at: 2026-11-22\n---\n가나다\n")
		n.pass()
		n.sameAsClean()
	}
	if !half {
		t.Error("no publication failed half way")
	}
}
