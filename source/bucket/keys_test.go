package bucket_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/source"
	"herald/source/bucket"
	"herald/source/bucket/storetest"
	"herald/source/preset"
	"herald/source/reader"
	"herald/source/remote"
)

// list lets the bucket be listed with these keys, each an object of one byte.
func (w *world) list(keys ...string) {
	_, path, _ := strings.Cut(strings.TrimPrefix(w.Endpoint, "http://"), "/")
	before := strings.TrimSuffix("/"+path, "/") + "/" + w.Name + "/"
	w.proxy.Let(func(r *http.Request) *storetest.Fault {
		if isListing(r) {
			return &storetest.Fault{Type: "application/xml", Body: w.in.page(keys...)}
		}
		return &storetest.Fault{Body: "x", Header: map[string]string{"ETag": fmt.Sprintf("\"%x\"", strings.TrimPrefix(r.URL.Path, before))}}
	})
}

// Keys that are no paths, markers of folders and names that are never articles are passed over, in whatever order a store lists; what an
// operator should know is noted.
func TestKeysOfAllKinds(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		nfd := "\u1100\u1161\u11bc\u1105\u1173\u11bc.md" // 강릉, decomposed
		w.list("글/", "글/b.md", "글/a b+c&d%.md", "글/folder/", "글//empty.md", "글/../up.md", "글/./here.md", "글/a.md", "글/a.md", "글/a-b.md", "글/a/b.md",
			"글/_drafts/c.md", "글/.hidden.md", "글/README.md", "글/x.jpg", "글/y.mdown", "글/"+nfd, "글/old/z.md", "글/_posts/p.md", "글/ctrl\x01.md")
		w.s = w.open(func(c *bucket.Config) { c.Exclude = []string{"old/**"} })
		all := w.must(nil)
		want := []string{"_posts/p.md", "a b+c&d%.md", "a-b.md", "a.md", "a/b.md", "b.md", "ctrl\x01.md", nfd}
		if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if notes := strings.Join(w.s.Notes(), "\n"); !strings.Contains(notes, "3 keys of objects are no paths") || !strings.Contains(notes, "/글//empty.md") {
			t.Errorf("got notes %q, want the keys that are no paths", notes)
		}
		lines, n := w.s.Overlooked(t.Context(), 5)
		if n != 1 || len(lines) != 1 || !strings.Contains(lines[0], "y.mdown: passed over: its extension is .mdown") {
			t.Errorf("got %d %q, want y.mdown", n, lines)
		}
		if a, err := w.s.Load(t.Context(), nfd); err != nil || a.Key != nfd || a.Link.Name != "강릉" {
			t.Errorf("got %+v, %v, want the key as it is and an address in NFC", a, err)
		}
	})
}

// Keys with any character are asked for as they are.
func TestKeysWithOddCharacters(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		names := []string{"a b+c&d=%25?#.md", "!@$*()',;:[].md", "\u1100\u1161\u11bc\u1105\u1173\u11bc \u1107\u1161\u1103\u1161.md", "서울.md", "깊은/곳/글.md"}
		for _, name := range names {
			w.put(name, name)
		}
		all := w.must(nil)
		for _, name := range names {
			if a, err := w.s.Load(t.Context(), name); err != nil || a.Key != name || all[name] == "" {
				t.Errorf("%q: got %v, %v in %q, want it read", name, a, err, all)
			}
		}
		w.proxy.Log()
		fresh := w.open(nil)
		if a, err := fresh.Load(t.Context(), names[2]); err != nil || a.Title == "" {
			t.Errorf("got %v, want an object read that no listing was made of", err)
		}
	})
}

// The time at which an object was written last is no date of an article, and no change.
func TestI6TheTimeOfAnObjectIsNoDate(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		w.put("a.md", "하나")
		first := w.must(nil)
		a, err := w.s.Load(t.Context(), "a.md")
		if err != nil || !a.Published.IsZero() || !a.Updated.IsZero() {
			t.Errorf("got %v, %v, want no dates", a, err)
		}
		w.put("a.md", "하나")
		w.read()
		if again := w.must(first); in.etagOfBytes && (again["a.md"] != first["a.md"] || len(w.read()) != 0) {
			t.Errorf("got %v, then %v, want an object that is written again as it was unchanged", first, again)
		}
		if b, err := w.s.Load(t.Context(), "a.md"); err != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("got %+v, %v, want the article as it was: %+v", b, err, a)
		}
	})
}

// Objects stored in gzip are read as what they hold; other codings, what is no gzip, a bomb and what is too long refuse the object alone.
func TestObjectsInContentCodings(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		packed := func(text string) string {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = z.Write([]byte(text))
			_ = z.Close()
			return b.String()
		}
		text := "---\ntitle: 눌러 담은 글\n---\n본문\n"
		w.Put(t, "글/gzip.md", packed(text), "gzip")
		w.Put(t, "글/plain.md", text, "")
		w.Put(t, "글/sent.md", text, "aws-chunked")
		for key, want := range map[string]string{"none.md": "is none", "other.md": `Content-Encoding: "zstd", which is not read`, "bomb.md": "larger than 32 MB once it is decompressed", "long.md": "larger than 32 MB"} {
			body, coding := text, "gzip"
			switch key {
			case "other.md":
				coding = "zstd"
			case "bomb.md":
				body = packed(strings.Repeat("글", 12<<20))
			case "long.md":
				body, coding = strings.Repeat("a", 32<<20+1), ""
			}
			w.Put(t, "글/"+key, body, coding)
			defer func() {
				var refusal *source.ArticleError
				if _, err := w.s.Load(t.Context(), key); !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, want) {
					t.Errorf("%s: got %.200v, want it refused: %s", key, err, want)
				}
			}()
		}
		w.read()
		w.must(nil)
		if got := w.read(); slices.Contains(got, "long.md") {
			t.Errorf("got %q asked for, want long.md left alone: the listing says how long it is", got)
		}
		for _, key := range []string{"gzip.md", "plain.md", "sent.md"} {
			if a, err := w.s.Load(t.Context(), key); err != nil || a.Title != "눌러 담은 글" {
				t.Errorf("%s: got %v, want it read", key, err)
			}
		}
	})
}

// A listing of many pages is one; where it breaks off at a later page nothing of it counts.
func TestListingsOfManyPages(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		w := newWorld(t, in, nil)
		const many = 1010
		putMany(t, w.Bucket, many)
		first := w.must(nil)
		if len(first) != many {
			t.Fatalf("got %d objects, want %d", len(first), many)
		}
		w.read()
		if again := w.must(first); !maps.Equal(again, first) || len(w.read()) != 0 {
			t.Error("got another listing, want the same")
		}
		for name, f := range map[string]*storetest.Fault{"cut": {Cut: true}, "page": {Type: "text/html", Body: "<html>"}, "fault": {Status: 500}, "closed": in.denied} {
			w.proxy.Let(func(r *http.Request) *storetest.Fault {
				if hasToken(r) {
					return f
				}
				return nil
			})
			if _, err := w.scan(t.Context(), first); err == nil {
				t.Errorf("%s at the second page: got a listing, want none", name)
			}
		}
	})
}

// putMany writes many short articles.
func putMany(t testing.TB, b *storetest.Bucket, many int) {
	t.Helper()
	var all sync.WaitGroup
	for part := range 8 {
		all.Go(func() {
			for i := part; i < many; i += 8 {
				body := fmt.Sprintf("---\ntitle: 글 %d\ndate: 2026-01-%02d\n---\n본문 %d\n", i, i%28+1, i)
				if err := b.Do(context.Background(), http.MethodPut, fmt.Sprintf("/%%EA%%B8%%80/%03d/%06d.md", i/1000, i), []byte(body), nil); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// A Fetch by schedule ends after a minute; what it has counts, what it has not stays as it was, and the next one goes on.
func TestAFetchGoesOnWhereItEnded(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		var mu sync.Mutex
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		w := newWorld(t, in, func(c *bucket.Config) {
			c.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
		})
		for i := range 40 {
			w.put(fmt.Sprintf("%02d.md", i), "글")
		}
		w.read()
		w.proxy.Let(func(r *http.Request) *storetest.Fault {
			mu.Lock()
			defer mu.Unlock()
			now = now.Add(4 * time.Second)
			return nil
		})
		scheduled := remote.Scheduled(t.Context())
		first, err := w.scan(scheduled, nil)
		if err != nil || len(first) == 0 || len(first) >= 40 || w.s.Left() != fmt.Sprintf("%d of 40 objects read", len(first)) || !w.s.Stays("39.md") || w.s.Stays("40.md") {
			t.Fatalf("got %d objects, %v, left %q, want some, and the others to stay", len(first), err, w.s.Left())
		}
		read := len(w.read())
		second, err := w.scan(scheduled, first)
		for key, print := range first {
			if second[key] != print {
				t.Errorf("%s: got %q, want %q as it was", key, second[key], print)
			}
		}
		for len(second) < 40 && err == nil {
			second, err = w.scan(scheduled, second)
		}
		if read += len(w.read()); err != nil || read != 40 || w.s.Left() != "" {
			t.Errorf("got %v, %d objects read, left %q, want each read once", err, read, w.s.Left())
		}
	})
}

// Files that hold fields for others, and files that articles include, count in the fingerprints of those that they concern.
func TestFilesThatOthersAreReadWith(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		as, err := preset.For("hugo", "content", nil)
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, in, func(c *bucket.Config) { c.Reading = reader.Reading{Preset: as, Pattern: as.Permalink} })
		w.put("news/a.md", "하나")
		w.put("other/b.md", "둘")
		w.Put(t, "글/news/_index.md", "---\ncascade:\n  draft: true\n---\n", "")
		first := w.must(nil)
		if a, err := w.s.Load(t.Context(), "news/a.md"); err != nil || !a.Draft {
			t.Fatalf("got %+v, %v, want a draft by its section", a, err)
		}
		w.Put(t, "글/news/_index.md", "---\ncascade:\n  draft: false\n---\n", "")
		second := w.must(first)
		if second["news/a.md"] == first["news/a.md"] || second["other/b.md"] != first["other/b.md"] {
			t.Errorf("got %v, then %v, want another fingerprint of news/a.md alone", first, second)
		}
		if a, err := w.s.Load(t.Context(), "news/a.md"); err != nil || a.Draft {
			t.Errorf("got %+v, %v, want no draft any more", a, err)
		}
		jekyll := w.open(nil)
		w.Put(t, "글/c.md", "---\ntitle: 셋\n---\n{% include note.html %}\n", "")
		w.Put(t, "글/_includes/note.html", "<p>곁들인 글</p>", "")
		w.s = jekyll
		third := w.must(nil)
		if a, err := jekyll.Load(t.Context(), "c.md"); err != nil || !strings.Contains(a.Body.Text, "곁들인 글") {
			t.Errorf("got %+v, %v, want the included file in it", a, err)
		}
		w.Put(t, "글/_includes/note.html", "<p>고친 글</p>", "")
		if fourth := w.must(third); fourth["c.md"] == third["c.md"] {
			t.Error("got the fingerprint as it was, want another")
		}
		if a, err := jekyll.Load(t.Context(), "c.md"); err != nil || !strings.Contains(a.Body.Text, "고친 글") {
			t.Errorf("got %+v, %v, want the changed file in it", a, err)
		}
	})
}

// Addresses lead to the stores that they name; what is wrong with one is said.
func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"s3://news/글?region=ap-northeast-2":                        "https://news.s3.ap-northeast-2.amazonaws.com/?",
		"s3://news":                                                "https://news.s3.us-east-1.amazonaws.com/?",
		"s3://news.example.org/a?region=cn-north-1":                "https://s3.cn-north-1.amazonaws.com.cn/news.example.org/?",
		"s3://news/a?region=eu-west-1&use_path_style=true":         "https://s3.eu-west-1.amazonaws.com/news/?",
		"s3://news/a?endpoint=minio.example.org:9000":              "https://minio.example.org:9000/news/?",
		"s3://news/a?endpoint=http://192.0.2.1&region=us-east-1":   "http://192.0.2.1/news/?",
		"s3://news/a?endpoint=r2.example.org&use_path_style=false": "https://news.r2.example.org/?",
		"gs://news/a": "https://storage.googleapis.com/news/?",

		"s3://":                        "not a valid bucket name",
		"s3:///a":                      "not a valid bucket name",
		"s3://a:b@news/x":              "holds credentials",
		"s3://news/a#b":                "write it as %23",
		"s3://news/100%":               "% as %25",
		"s3://news/a?regoin=eu-west-1": "did you mean \"region\"?",
		"s3://news/a?region=eu west":   "is not a region",
		"s3://news/a?endpoint=https://minio.example.org/path": "endpoint must be",
		"s3://news/a?endpoint=ftp://minio.example.org":        "endpoint must be",
		"s3://news/a?anonymous=yes":                           "must be true or false",
	} {
		asked := ""
		s, err := bucket.New(bucket.Config{URL: address, Credentials: bucket.Credentials{AccessKey: "a", SecretKey: "b"}, Fetch: func(_ context.Context, r remote.Request) (*remote.Answer, error) {
			asked = r.URL
			if r.Header["Authorization"] == "" {
				t.Errorf("%s: got no signature", address)
			}
			return &remote.Answer{Status: http.StatusForbidden}, nil
		}})
		if err == nil {
			s.Fetch(t.Context(), func(func(string, string) bool) {})
		}
		if got := asked + fmt.Sprint(err); !strings.HasPrefix(asked, want) && (err == nil || !strings.Contains(got, want)) {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

// A bucket that is open to all is read without credentials, and without any nothing is asked.
func TestNoCredentials(t *testing.T) {
	for address, want := range map[string]string{"s3://news/a?anonymous=true": "so ?anonymous=true does not read it", "s3://news/a": "no credentials: set AWS_ACCESS_KEY_ID", "s3://news/a?profile=desk": "no credentials"} {
		s, err := bucket.New(bucket.Config{URL: address, Fetch: func(_ context.Context, r remote.Request) (*remote.Answer, error) {
			if !strings.Contains(address, "anonymous") || len(r.Header) > 0 {
				t.Errorf("%s: got a request with %v, want none, or one that is not signed", address, r.Header)
			}
			return &remote.Answer{Status: http.StatusForbidden}, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		s.Fetch(t.Context(), func(func(string, string) bool) {})
		for _, err := range s.List(t.Context()) {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v, want %s", address, err, want)
			}
		}
	}
}
