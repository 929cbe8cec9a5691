// Package publishtest is the suite that each publish.Sink must pass. A new sink starts with a test that calls Test.
package publishtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"testing"
	"time"

	"herald/cmd/internal/publish"
)

// Test holds a sink against the contract of publish.Sink. open returns a new one without documents.
func Test(t *testing.T, open func(t *testing.T) publish.Sink) {
	for name, test := range map[string]func(*testing.T, publish.Sink){
		"Empty": empty, "PutAndRead": putAndRead, "Overwrite": overwrite, "SameBytes": sameBytes, "Batch": batch, "ReadLimit": readLimit,
		"Missing": missing, "BadPaths": badPaths, "Remove": remove, "Names": names, "EndedContext": endedContext, "WholeAndInOrder": wholeAndInOrder,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// paths are such as publications have: of other scripts, with blanks, in folders of folders.
func paths() []string {
	return []string{"feed.xml", "정치/외교/feed.xml", "a b/c d.xml", "sitemap-2026-01.xml", "깊은/깊은/깊은/깊은/곳.json", "percent%20.txt", "+&=.txt"}
}

func put(t *testing.T, s publish.Sink, pairs ...string) {
	t.Helper()
	if err := s.Put(t.Context(), documents(pairs...)); err != nil {
		t.Fatal(err)
	}
}

// documents makes documents of path, body, path, body …
func documents(pairs ...string) (docs []publish.Document) {
	for i := 0; i < len(pairs); i += 2 {
		docs = append(docs, publish.Document{Path: pairs[i], Body: []byte(pairs[i+1]), MediaType: "text/plain"})
	}
	return docs
}

// want compares what stands at a path, by Read and by Stat.
func want(t *testing.T, s publish.Sink, path, body string) {
	t.Helper()
	got, err := s.Read(t.Context(), path, 1<<20)
	if err != nil || string(got) != body {
		t.Errorf("Read(%q): got %q, %v, want %q", path, got, err, body)
	}
	info, err := s.Stat(path)
	if err != nil || info.Size != int64(len(body)) {
		t.Errorf("Stat(%q): got %+v, %v, want %d bytes", path, info, err, len(body))
	}
}

// wantNone holds that nothing stands at a path.
func wantNone(t *testing.T, s publish.Sink, path string) {
	t.Helper()
	if got, err := s.Read(t.Context(), path, 1<<20); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read(%q): got %q, %v, want fs.ErrNotExist", path, got, err)
	}
	if got, err := s.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Stat(%q): got %+v, %v, want fs.ErrNotExist", path, got, err)
	}
}

func empty(t *testing.T, s publish.Sink) {
	wantNone(t, s, "feed.xml")
	if got, err := s.Names("."); err != nil || len(got) != 0 {
		t.Errorf("Names: got %q, %v, want none", got, err)
	}
	if err := s.Put(t.Context(), nil); err != nil {
		t.Errorf("Put of nothing: got %v, want nil", err)
	}
	if err := s.Remove(t.Context(), nil); err != nil {
		t.Errorf("Remove of nothing: got %v, want nil", err)
	}
}

func putAndRead(t *testing.T, s publish.Sink) {
	for _, p := range paths() {
		put(t, s, p, "본문 "+p)
	}
	put(t, s, "empty.xml", "")
	for _, p := range paths() {
		want(t, s, p, "본문 "+p)
	}
	want(t, s, "empty.xml", "")
}

func overwrite(t *testing.T, s publish.Sink) {
	put(t, s, "정치/feed.xml", "하나", "feed.xml", "둘")
	put(t, s, "정치/feed.xml", "더 긴 하나")
	want(t, s, "정치/feed.xml", "더 긴 하나")
	want(t, s, "feed.xml", "둘")
	put(t, s, "정치/feed.xml", "")
	want(t, s, "정치/feed.xml", "")
}

// sameBytes holds that a document whose bytes stand already is not written: caches go by its time.
func sameBytes(t *testing.T, s publish.Sink) {
	put(t, s, "feed.xml", "같은 글")
	before, err := s.Stat("feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond) // the grain of file times
	put(t, s, "feed.xml", "같은 글", "other.xml", "다른 글")
	after, err := s.Stat("feed.xml")
	if err != nil || !after.ModTime.Equal(before.ModTime) {
		t.Errorf("got time %v, %v, want %v as before", after.ModTime, err, before.ModTime)
	}
	want(t, s, "feed.xml", "같은 글")
}

// batch holds that a batch may name a path once, and that the caller may change its bytes later.
func batch(t *testing.T, s publish.Sink) {
	put(t, s, "feed.xml", "old")
	if err := s.Put(t.Context(), documents("feed.xml", "new", "other.xml", "1", "other.xml", "2")); err == nil {
		t.Error("Put of one path twice: got nil, want an error")
	}
	want(t, s, "feed.xml", "old")
	wantNone(t, s, "other.xml")
	docs := documents("feed.xml", "ours")
	if err := s.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	copy(docs[0].Body, "####")
	want(t, s, "feed.xml", "ours")
}

func readLimit(t *testing.T, s publish.Sink) {
	put(t, s, "feed.xml", "소식")
	for limit, tooLarge := range map[int64]bool{0: true, 5: true, 6: false, 1<<63 - 1: false} {
		got, err := s.Read(t.Context(), "feed.xml", limit)
		if tooLarge && !errors.Is(err, publish.ErrTooLarge) || !tooLarge && (err != nil || string(got) != "소식") {
			t.Errorf("Read of 6 bytes within %d: got %q, %v, want ErrTooLarge: %t", limit, got, err, tooLarge)
		}
	}
}

func missing(t *testing.T, s publish.Sink) {
	put(t, s, "정치/feed.xml", "x")
	for _, p := range []string{"none.xml", "none/feed.xml", "정치/none.xml", "정치/feed.xml/feed.xml"} {
		wantNone(t, s, p)
	}
	// Where folders are things of their own, no document can stand at one.
	for name, err := range map[string]error{"Read": errOf(s.Read(t.Context(), "정치", 10)), "Stat": errOf(s.Stat("정치"))} {
		if !errors.Is(err, publish.ErrNotFile) && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s of a folder: got %v, want ErrNotFile or fs.ErrNotExist", name, err)
		}
	}
}

func errOf[T any](_ T, err error) error { return err }

func badPaths(t *testing.T, s publish.Sink) {
	put(t, s, "feed.xml", "old")
	for _, p := range []string{"", ".", "/feed.xml", "../feed.xml", "a/../feed.xml", "a//feed.xml", "a\x00b", "\xff"} {
		if err := s.Put(t.Context(), documents("feed.xml", "new", p, "x")); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("Put(%q): got %v, want fs.ErrInvalid", p, err)
		}
		want(t, s, "feed.xml", "old")
		if _, err := s.Read(t.Context(), p, 10); err == nil {
			t.Errorf("Read(%q): got nil, want an error", p)
		}
		if _, err := s.Stat(p); err == nil {
			t.Errorf("Stat(%q): got nil, want an error", p)
		}
		if err := s.Remove(t.Context(), []string{p}); err == nil {
			t.Errorf("Remove(%q): got nil, want an error", p)
		}
	}
}

func remove(t *testing.T, s publish.Sink) {
	for _, p := range paths() {
		put(t, s, p, "x")
	}
	put(t, s, "정치/keep.xml", "stays")
	if err := s.Remove(t.Context(), append(paths(), "gone.xml", "nowhere/gone.xml", "정치/keep.xml/x")); err != nil {
		t.Errorf("Remove: got %v, want nil, also of what is missing", err)
	}
	for _, p := range paths() {
		wantNone(t, s, p)
	}
	want(t, s, "정치/keep.xml", "stays")
	put(t, s, "정치/외교/feed.xml", "다시")
	want(t, s, "정치/외교/feed.xml", "다시")
}

func names(t *testing.T, s publish.Sink) {
	put(t, s, "b.txt", "b", "a.txt", "a", "ㄱ.txt", "ㄱ", "정치/feed.xml", "x", "정치/a b.xml", "x", "정치/외교/y.xml", "y")
	if err := s.Remove(t.Context(), []string{"b.txt"}); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string][]string{
		".": {"a.txt", "ㄱ.txt"}, "정치": {"a b.xml", "feed.xml"}, "정치/외교": {"y.xml"}, "none": nil,
	} {
		if got, err := s.Names(folder); err != nil || !slices.Equal(got, want) {
			t.Errorf("Names(%q): got %q, %v, want %q", folder, got, err, want)
		}
	}
	for folder, want := range map[string][]string{".": {"정치"}, "정치": {"외교"}, "정치/외교": nil, "none": nil} {
		if got, err := s.Folders(folder); err != nil || !slices.Equal(got, want) {
			t.Errorf("Folders(%q): got %q, %v, want %q", folder, got, err, want)
		}
	}
}

func endedContext(t *testing.T, s publish.Sink) {
	put(t, s, "feed.xml", "old")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range map[string]error{
		"Put":    s.Put(ended, documents("feed.xml", "new", "other.xml", "x")),
		"Read":   errOf(s.Read(ended, "feed.xml", 10)),
		"Remove": s.Remove(ended, []string{"feed.xml"}),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want context.Canceled", name, err)
		}
	}
	want(t, s, "feed.xml", "old")
	wantNone(t, s, "other.xml")
}

// wholeAndInOrder reads while documents are put: each is whole, and an index is never ahead of the leaf that it names.
func wholeAndInOrder(t *testing.T, s publish.Sink) {
	done := make(chan error, 1)
	go func() {
		for n := range 60 {
			if err := s.Put(t.Context(), []publish.Document{{Path: "leaf.xml", Body: sealed(n)}, {Path: "index.xml", Body: sealed(n)}}); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for {
		index, wholeIndex := unsealed(t, s, "index.xml")
		leaf, wholeLeaf := unsealed(t, s, "leaf.xml")
		if !wholeIndex || !wholeLeaf || leaf < index {
			t.Fatalf("got index %d (whole: %t), then leaf %d (whole: %t), want both whole and the leaf no older", index, wholeIndex, leaf, wholeLeaf)
		}
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			return
		default:
		}
	}
}

// sealed is a body that proves by itself that it is whole: a line with number and digest, then filler.
func sealed(n int) []byte {
	filler := bytes.Repeat([]byte(strconv.Itoa(n)+" "), 8<<10)
	return fmt.Appendf(nil, "%d %x\n%s", n, sha256.Sum256(filler), filler)
}

// unsealed reads a sealed body: its number, and whether it is whole; -1 where there is none yet.
func unsealed(t *testing.T, s publish.Sink, path string) (n int, whole bool) {
	body, err := s.Read(t.Context(), path, 1<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return -1, true
	}
	head, filler, _ := bytes.Cut(body, []byte("\n"))
	var digest string
	if _, serr := fmt.Sscanf(string(head), "%d %s", &n, &digest); err != nil || serr != nil {
		return 0, false
	}
	return n, digest == fmt.Sprintf("%x", sha256.Sum256(filler))
}
