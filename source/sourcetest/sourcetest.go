// Package sourcetest is the suite that each kind of source must pass. A new kind starts with a test that calls Test.
package sourcetest

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"herald/source"
)

// Origin is a source with a hand on what it reads. Open makes one that holds nothing.
type Origin struct {
	Source source.Source
	// Put writes an article, in the place of the one of that name, and returns its key. The next listing must see it.
	Put func(t *testing.T, name, title, body string) (key string)
	// Refused writes an entry that is refused, and returns its key.
	Refused func(t *testing.T, name string) (key string)
	// Remove takes away what has a key.
	Remove func(t *testing.T, key string)
	// Break makes the origin as a whole unreadable.
	Break func(t *testing.T)
	// NoArticle writes what is listed never, or refused as no article, and returns its key; for Explainers, nil: nothing is.
	NoArticle func(t *testing.T) (key string)
	// Otherwise returns a source of the same origin that reads it by other settings; for Stamped.
	Otherwise func(t *testing.T) source.Source
}

// Test holds a kind of source against the contract of source.Source, and of Watched, Settling, Explainer and Stamped where it is one.
func Test(t *testing.T, open func(t *testing.T) *Origin) {
	for name, test := range map[string]func(*testing.T, *Origin){
		"Order": order, "Fingerprints": fingerprints, "Load": load, "Refused": refused, "Vanished": vanished, "Broken": broken,
		"EarlyEnd": earlyEnd, "EndedContext": endedContext, "Concurrent": concurrent, "Watched": watched, "Settling": settling, "Explainer": explainer, "Stamped": stamped,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// names are such that the order of bytes is another than that of folders, cases and languages.
func names() []string {
	return []string{"b", "a", "a-b", "a b", "Z", "나", "가", "a/b", "a/가", "ab"}
}

// listing lists a source as a scan does: one that is a source.Fetching has asked its origin before.
func listing(ctx context.Context, s source.Source) iter.Seq2[source.Entry, error] {
	fetch(ctx, s)
	return s.List(ctx)
}

func fetch(ctx context.Context, s source.Source) {
	if fetching, is := s.(source.Fetching); is {
		fetching.Fetch(ctx, func(func(string, string) bool) {})
	}
}

// list returns what a source holds.
func list(t *testing.T, s source.Source) (all []source.Entry) {
	t.Helper()
	for e, err := range listing(t.Context(), s) {
		if err != nil {
			t.Fatalf("List: got %v, want no error", err)
		}
		all = append(all, e)
	}
	return all
}

// entry returns one entry of a listing.
func entry(t *testing.T, s source.Source, key string) source.Entry {
	t.Helper()
	all := list(t, s)
	i := slices.IndexFunc(all, func(e source.Entry) bool { return e.Key == key })
	if i < 0 {
		t.Fatalf("List: got %q, want %q in it", all, key)
	}
	return all[i]
}

func order(t *testing.T, o *Origin) {
	if got := list(t, o.Source); len(got) != 0 {
		t.Errorf("List of nothing: got %q, want none", got)
	}
	var want []string
	for _, name := range names() {
		want = append(want, o.Put(t, name, "제목", "본문"))
	}
	slices.Sort(want)
	var got []string
	for _, e := range list(t, o.Source) {
		got = append(got, e.Key)
	}
	if !slices.Equal(got, want) {
		t.Errorf("List: got keys\n%q\nwant all in ascending byte order, each once\n%q", got, want)
	}
}

func fingerprints(t *testing.T, o *Origin) {
	changed := o.Put(t, "changed", "제목", "본문")
	o.Put(t, "same", "제목", "본문")
	before := list(t, o.Source)
	if again := list(t, o.Source); !slices.Equal(before, again) {
		t.Errorf("List twice: got %q, then %q, want the same", before, again)
	}
	was := entry(t, o.Source, changed).Fingerprint
	o.Put(t, "changed", "제목", "다른 본문")
	if got := entry(t, o.Source, changed).Fingerprint; got == was && got != "" {
		t.Errorf("got the fingerprint %q before and after a change, want another or none", got)
	}
	for _, e := range before {
		if e.Key != changed && entry(t, o.Source, e.Key).Fingerprint != e.Fingerprint {
			t.Errorf("%s: got another fingerprint, want the same of what did not change", e.Key)
		}
	}
}

func load(t *testing.T, o *Origin) {
	keys := map[string]string{}
	for _, name := range names() {
		keys[o.Put(t, name, "제목 "+name, "본문 "+name)] = name
	}
	for _, e := range list(t, o.Source) {
		a, err := o.Source.Load(t.Context(), e.Key)
		if err != nil {
			t.Errorf("Load(%q): got %v, want an article", e.Key, err)
			continue
		}
		if a.Key != e.Key || a.Title != "제목 "+keys[e.Key] || a.Place == "" || a.ContentDigest == (source.Digest{}) {
			t.Errorf("Load(%q): got key %q, title %q, place %q, digest %v, want all of them set", e.Key, a.Key, a.Title, a.Place, a.ContentDigest)
		}
		again, err := o.Source.Load(t.Context(), e.Key)
		if err != nil || again.ContentDigest != a.ContentDigest {
			t.Errorf("Load(%q) twice: got another content digest, %v, want the same", e.Key, err)
		}
	}
	key := o.Put(t, "a", "제목 a", "본문 a")
	before, err := o.Source.Load(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	o.Put(t, "a", "제목 a", "다른 본문")
	fetch(t.Context(), o.Source)
	if after, err := o.Source.Load(t.Context(), key); err != nil || after.ContentDigest == before.ContentDigest {
		t.Errorf("Load after a change: got %v, the same content digest, want another", err)
	}
}

func refused(t *testing.T, o *Origin) {
	good := o.Put(t, "good", "제목", "본문")
	bad := o.Refused(t, "bad")
	entry(t, o.Source, bad)
	_, err := o.Source.Load(t.Context(), bad)
	var refusal *source.ArticleError
	if !errors.As(err, &refusal) || refusal.Place == "" || refusal.Reason == "" {
		t.Errorf("Load of a bad entry: got %v, want an *ArticleError with place and reason", err)
	}
	if _, err := o.Source.Load(t.Context(), good); err != nil {
		t.Errorf("Load beside a bad entry: got %v, want an article", err)
	}
}

func vanished(t *testing.T, o *Origin) {
	key := o.Put(t, "gone", "제목", "본문")
	o.Put(t, "stays", "제목", "본문")
	o.Remove(t, key)
	for _, key := range []string{key, "never/was"} {
		if _, err := o.Source.Load(t.Context(), key); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Load(%q): got %v, want fs.ErrNotExist", key, err)
		}
	}
	if got := list(t, o.Source); len(got) != 1 || got[0].Key == key {
		t.Errorf("List: got %q, want what stays", got)
	}
}

// broken holds that a listing ends with an error, so that nothing is taken to be gone.
func broken(t *testing.T, o *Origin) {
	key := o.Put(t, "a", "제목", "본문")
	o.Break(t)
	var last error
	errs := 0
	for _, err := range listing(t.Context(), o.Source) {
		if last = err; err != nil {
			errs++
		}
	}
	if last == nil || errs != 1 {
		t.Errorf("List of a broken origin: got %d errors, the last entry with %v, want one error, which ends it", errs, last)
	}
	_, err := o.Source.Load(t.Context(), key)
	var refusal *source.ArticleError
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.As(err, &refusal) {
		t.Errorf("Load of a broken origin: got %v, want an error that is neither fs.ErrNotExist nor an *ArticleError", err)
	}
}

func earlyEnd(t *testing.T, o *Origin) {
	for _, name := range names() {
		o.Put(t, name, "제목", "본문")
	}
	for range listing(t.Context(), o.Source) {
		break // a sequence that goes on panics
	}
	if got := list(t, o.Source); len(got) != len(names()) {
		t.Errorf("List after one that was broken off: got %d entries, want %d", len(got), len(names()))
	}
}

func endedContext(t *testing.T, o *Origin) {
	key := o.Put(t, "a", "제목", "본문")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	var last error
	for _, err := range listing(ended, o.Source) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("List: got %v last, want context.Canceled", last)
	}
	if _, err := o.Source.Load(ended, key); !errors.Is(err, context.Canceled) {
		t.Errorf("Load: got %v, want context.Canceled", err)
	}
}

func concurrent(t *testing.T, o *Origin) {
	titles := map[string]string{}
	for _, name := range names() {
		titles[o.Put(t, name, "제목 "+name, "본문 "+name)] = "제목 " + name
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for e, err := range listing(t.Context(), o.Source) {
				if err != nil {
					t.Errorf("List: got %v, want no error", err)
					return
				}
				if a, err := o.Source.Load(t.Context(), e.Key); err != nil || a.Title != titles[e.Key] {
					t.Errorf("Load(%q): got %+v, %v, want %q", e.Key, a, err, titles[e.Key])
				}
			}
		})
	}
	all.Wait()
}

func watched(t *testing.T, o *Origin) {
	w, ok := o.Source.(source.Watched)
	if !ok {
		t.Log("it is no source.Watched, which is for it to say")
		return
	}
	folder := w.Folder()
	if !filepath.IsAbs(folder.Root) {
		t.Errorf("got the root %q, want an absolute path", folder.Root)
	}
	if folder.Key == nil { // entries are no files of the folder
		return
	}
	for _, name := range names() {
		key := o.Put(t, name, "제목", "본문")
		path := filepath.Join(folder.Root, filepath.FromSlash(key))
		if got, inside := folder.Key(path); got != key || !inside || !folder.Watchable(path) {
			t.Errorf("%s: got key %q, inside %t, watchable %t, want %q, inside and watched", path, got, inside, folder.Watchable(path), key)
		}
	}
	entered := map[string]bool{}
	w.OnEnter(func(path string) { entered[path] = true })
	defer w.OnEnter(nil)
	for e, err := range listing(t.Context(), o.Source) {
		path := filepath.Dir(filepath.Join(folder.Root, filepath.FromSlash(e.Key)))
		if err != nil || !entered[path] || !entered[folder.Root] {
			t.Errorf("%q: got %v, entered %v, want the folder %s entered before", e.Key, err, entered, path)
		}
	}
	if key, inside := folder.Key(filepath.Join(filepath.Dir(folder.Root), "elsewhere")); inside {
		t.Errorf("got key %q of a path beside the folder, want none", key)
	}
}

// settling takes entries that were written long ago by the source's clock; one that has gone is for Load to tell.
func settling(t *testing.T, o *Origin) {
	s, ok := o.Source.(source.Settling)
	if !ok {
		t.Log("it is no source.Settling, which is for it to say")
		return
	}
	for _, key := range []string{o.Put(t, "a", "제목", "본문"), "never/was"} {
		s.Taken(key)
		for range 2 { // the answer stays
			if !s.Settled(key) {
				t.Errorf("Settled(%q): got false, want true", key)
			}
		}
	}
}

func explainer(t *testing.T, o *Origin) {
	x, ok := o.Source.(source.Explainer)
	if !ok {
		t.Log("it is no source.Explainer, which is for it to say")
		return
	}
	wanted := map[string]string{o.Put(t, "a", "제목", "본문"): "found, an article", "never/was": "not found"}
	if o.NoArticle != nil {
		wanted[o.NoArticle(t)] = "found, none"
	}
	for key, want := range wanted {
		got := "not found"
		if why, found := x.WhyNot(t.Context(), key); found && why == "" {
			got = "found, an article"
		} else if found {
			got = "found, none"
		}
		if got != want {
			t.Errorf("WhyNot(%q): got %s, want %s", key, got, want)
		}
	}
}

func stamped(t *testing.T, o *Origin) {
	s, ok := o.Source.(source.Stamped)
	if !ok {
		t.Log("it is no source.Stamped, which is for it to say")
		return
	}
	stamp := s.ReadAs()
	if again := s.ReadAs(); stamp == "" || again != stamp {
		t.Errorf("ReadAs: got %q, then %q, want one that is not empty", stamp, again)
	}
	if other, ok := o.Otherwise(t).(source.Stamped); !ok || other.ReadAs() == stamp {
		t.Errorf("ReadAs by other settings: got %q as before, want another", stamp)
	}
}
