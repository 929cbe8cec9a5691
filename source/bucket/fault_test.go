package bucket_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/source"
	"herald/source/bucket"
	"herald/source/bucket/storetest"
)

// world is a bucket, a proxy before it and a source of it.
type world struct {
	*storetest.Bucket
	in    store
	t     *testing.T
	proxy *storetest.Proxy
	s     *bucket.Source
}

func newWorld(t *testing.T, in store, change func(*bucket.Config)) *world {
	t.Helper()
	w := &world{Bucket: storetest.New(t, in.Kind), in: in, t: t}
	w.proxy = storetest.NewProxy(w.Bucket)
	t.Cleanup(w.proxy.Close)
	w.s = w.open(change)
	return w
}

// open returns a source of the bucket.
func (w *world) open(change func(*bucket.Config)) *bucket.Source {
	w.t.Helper()
	return open(w.t, w.in, w.Bucket, "글", change)
}

// place names an object as messages do.
func (w *world) place(key string) string { return w.Scheme + "://" + w.Name + "/글/" + key }

// put writes an article below the prefix.
func (w *world) put(key, title string) {
	w.t.Helper()
	w.Put(w.t, "글/"+key, "---\ntitle: "+title+"\n---\n본문\n", "")
}

// scan lists as a scan does that applied what seen holds, and returns keys and fingerprints.
func (w *world) scan(ctx context.Context, seen map[string]string) (map[string]string, error) {
	keys := make([]string, 0, len(seen))
	for key := range seen {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	w.s.Fetch(ctx, func(yield func(string, string) bool) {
		for _, key := range keys {
			if !yield(key, seen[key]) {
				return
			}
		}
	})
	all, last := map[string]string{}, ""
	for e, err := range w.s.List(ctx) {
		if err != nil {
			return nil, err
		}
		if e.Key <= last {
			w.t.Errorf("got %q behind %q, want ascending keys", e.Key, last)
		}
		all[e.Key], last = e.Fingerprint, e.Key
	}
	return all, nil
}

// must scans without a fault.
func (w *world) must(seen map[string]string) map[string]string {
	w.t.Helper()
	all, err := w.scan(w.t.Context(), seen)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// read returns the names of the objects that were asked for since the last call.
func (w *world) read() (names []string) {
	for _, line := range w.proxy.Log() {
		if !strings.Contains(line, "list-type") && !strings.Contains(line, "comp=list") {
			names = append(names, path.Base(line))
		}
	}
	slices.Sort(names)
	return names
}

// What goes wrong with a listing voids it, in words that say what to do, and shows no credentials. What was known goes on.
func TestAListingThatCannotBeRead(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		w.put("a.md", "하나")
		seen := w.must(nil)
		faults := in.ofListing(w.Bucket)
		maps.Copy(faults, map[string]*storetest.Fault{
			"is the endpoint that of a":                          {Status: 404, Type: "text/html", Body: "<h1>없음</h1>"},
			"answered 500 Internal Server Error (InternalError)": xmlError(500, "InternalError", ""),
			"answered 403 Forbidden":                             {Status: 403, Body: "닫힘"},
			"answered with nothing":                              {Type: "application/xml"},
			"broke off before its end":                           {Cut: true},
		})
		for want, f := range faults {
			w.proxy.Let(func(*http.Request) *storetest.Fault { return f })
			_, err := w.scan(t.Context(), seen)
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "list "+strings.TrimSuffix(w.place(""), "/")+": ") {
				t.Errorf("got %v, want a listing that is void: %s", err, want)
				continue
			}
			for _, secret := range in.secrets {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("got %v, want no credentials", err)
				}
			}
			if strings.Contains(err.Error(), "http://127") && !strings.Contains(want, "has no ") {
				t.Errorf("got %v, want it without the address of the request", err)
			}
		}
		w.proxy.Let(nil)
		if got := w.must(seen); got["a.md"] != seen["a.md"] {
			t.Errorf("got %v, want %v as before", got, seen)
		}
	})
}

// A store that does not answer is given up with the scan, which says so.
func TestAStoreThatHangs(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		w.put("a.md", "하나")
		for _, listing := range []bool{true, false} {
			w.proxy.Let(func(r *http.Request) *storetest.Fault {
				if isListing(r) == listing {
					return &storetest.Fault{Hang: true}
				}
				return nil
			})
			cause := errors.New("no answer within the time")
			ctx, cancel := context.WithTimeoutCause(t.Context(), 100*time.Millisecond, cause)
			defer cancel()
			w.s.Fetch(ctx, func(func(string, string) bool) {})
			for _, err := range w.s.List(t.Context()) {
				if !errors.Is(err, cause) {
					t.Errorf("listing %t: got %v, want %v", listing, err, cause)
				}
			}
		}
	})
}

// Of an object that breaks off, is a page or cannot be read nothing is known: the scan is void, and what was read before is not asked for again.
func TestAnObjectThatCannotBeRead(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		for i := range 20 {
			w.put(fmt.Sprintf("a%02d.md", i), "글")
		}
		faults := in.ofObject(w.Bucket)
		maps.Copy(faults, map[string]*storetest.Fault{
			"broke off before its end": {Cut: true}, "answered with a page (text/html), not with an object": {Type: "text/html", Body: "<html>점검</html>"},
			"answered 500": {Status: 500}, "answered with 5 bytes of an object of 26": {Short: true},
		})
		for want, f := range faults {
			w.proxy.Let(func(r *http.Request) *storetest.Fault {
				if strings.HasSuffix(r.URL.Path, "a19.md") {
					return f
				}
				return nil
			})
			if _, err := w.scan(t.Context(), nil); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "read "+w.place("a19.md")+": ") {
				t.Errorf("got %v, want %s of a19.md", err, want)
			}
		}
		w.read()
		w.proxy.Let(nil)
		if all := w.must(nil); len(all) != 20 {
			t.Errorf("got %d objects, want 20", len(all))
		}
		if got := w.read(); !slices.Equal(got, []string{"a19.md"}) {
			t.Errorf("got %q asked for, want a19.md alone", got)
		}
	})
}

// What is wrong with one object refuses it alone. What may be mended without a change of the object is looked at again by every scan.
func TestAnObjectThatIsRefused(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		w.put("a.md", "하나")
		w.put("b.md", "둘")
		for _, want := range []string{"access denied", "it is archived"} {
			w.proxy.Let(func(r *http.Request) *storetest.Fault {
				switch {
				case !strings.HasSuffix(r.URL.Path, "b.md"):
					return nil
				case want == "access denied":
					return in.denied
				}
				return in.archived
			})
			all := w.must(nil)
			var refusal *source.ArticleError
			if _, err := w.s.Load(t.Context(), "b.md"); !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, want) || all["b.md"] != "" {
				t.Errorf("got %v, fingerprint %q, want b.md refused without one: %s", err, all["b.md"], want)
			}
			if a, err := w.s.Load(t.Context(), "a.md"); err != nil || a.Title != "하나" {
				t.Errorf("got %v, want a.md read", err)
			}
		}
		w.proxy.Let(nil)
		if all := w.must(map[string]string{"b.md": ""}); all["b.md"] == "" {
			t.Error("got no fingerprint, want one of an object that can be read again")
		}
		if a, err := w.s.Load(t.Context(), "b.md"); err != nil || a.Title != "둘" {
			t.Errorf("got %v, want b.md read", err)
		}
	})
}

// Credentials that list and may read nothing are at fault themselves.
func TestCredentialsThatOnlyList(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		for i := range 6 {
			w.put(fmt.Sprintf("%d.md", i), "글")
		}
		w.proxy.Let(func(r *http.Request) *storetest.Fault {
			if isListing(r) {
				return nil
			}
			return in.denied
		})
		if _, err := w.scan(t.Context(), nil); err == nil || !strings.Contains(err.Error(), in.reading) {
			t.Errorf("got %v, want the scan void for want of %s", err, in.reading)
		}
	})
}

// An object that changes between listing and reading is the new one, and is not read again; one that vanishes is gone.
func TestObjectsThatChangeMeanwhile(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		for _, key := range []string{"changes.md", "goes.md", "stays.md"} {
			w.put(key, "먼저")
		}
		var met sync.Map // objects are asked for beside each other
		w.proxy.Let(func(r *http.Request) *storetest.Fault {
			name := path.Base(r.URL.Path)
			if isListing(r) || name == "stays.md" {
				return nil
			}
			if _, again := met.LoadOrStore(name, true); again {
				return nil
			}
			if name == "goes.md" {
				w.Remove(t, "글/goes.md")
			} else {
				w.put(name, "나중")
			}
			return nil
		})
		w.s = w.open(nil)
		all, err := w.scan(t.Context(), nil)
		if err != nil || len(all) != 2 || w.s.Left() != "" {
			t.Fatalf("got %v, %v, left %q, want what changes and what stays", all, err, w.s.Left())
		}
		if a, err := w.s.Load(t.Context(), "changes.md"); err != nil || a.Title != "나중" {
			t.Errorf("got %v, %v, want the later version", a, err)
		}
		if w.s.Stays("goes.md") {
			t.Error("got an object that is gone kept, want it gone")
		}
		w.proxy.Let(nil)
		w.read()
		if w.must(all); len(w.read()) != 0 {
			t.Error("got objects read again, want none")
		}
		if _, err := w.s.Load(t.Context(), "goes.md"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, want fs.ErrNotExist", err)
		}
	})
}
