package files_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/source"
	"herald/source/files"
	"herald/source/reader"
)

// write puts files below root; a name's folders are made.
func write(t *testing.T, root string, contents map[string]string) {
	t.Helper()
	for name, text := range contents {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func named(names ...string) map[string]string {
	m := map[string]string{}
	for _, n := range names {
		m[n] = "제목\n본문"
	}
	return m
}

func open(t *testing.T, c files.Config) *files.Source {
	t.Helper()
	if c.Place == "" {
		c.Place = "articles"
	}
	s, err := files.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func list(s *files.Source) (keys []string, err error) {
	for e, err := range s.List(context.Background()) {
		if err != nil {
			return keys, err
		}
		keys = append(keys, e.Key)
	}
	return keys, nil
}

func wantKeys(t *testing.T, s *files.Source, want ...string) {
	t.Helper()
	got, err := list(s)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed %q\nwant   %q", got, want)
	}
}

func link(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
}

func TestListIsInOrderOfWholePaths(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a/z.md", "a.md", "a-b.md", "a/b/c.md", "a/b.md", "a0.md", "B.md", "나/글.md", "나.md", "a/b-c/d.md"))
	want := []string{"B.md", "a-b.md", "a.md", "a/b-c/d.md", "a/b.md", "a/b/c.md", "a/z.md", "a0.md", "나.md", "나/글.md"}
	if !slices.IsSorted(want) {
		t.Fatal("the wanted order is no byte order")
	}
	wantKeys(t, open(t, files.Config{Root: root}), want...)
}

func TestListOfALargeFolder(t *testing.T) {
	root := t.TempDir()
	names := make([]string, 0, 10_000)
	for i := range 10_000 {
		names = append(names, fmt.Sprintf("%d.md", i*7919%10_007))
	}
	write(t, root, named(names...))
	write(t, root, named("5000/a.md", "9/b.md"))
	got, err := list(open(t, files.Config{Root: root}))
	if err != nil || len(got) != 10_002 || !slices.IsSorted(got) {
		t.Errorf("%d keys, sorted %t, %v", len(got), slices.IsSorted(got), err)
	}
}

func TestWhichFiles(t *testing.T) {
	root := t.TempDir()
	write(t, root, named(
		"글.md", "a.markdown", "b.html", "c.htm", "d.txt", "_posts/e.md", "정치/_posts/f.md",
		"g.jpg", "h", ".hidden.md", ".git/i.md", "j.md~", "~k.md", "~l/m.md", "_drafts/n.md", "_site/o.html", "p/_layouts/q.html",
		"node_modules/r.md", "s/vendor/t.md", "README.md", "README", "LICENSE.txt", "CHANGELOG.md", "robots.txt", "ads.txt",
		"llms.txt", "404.html", "google1234.html", "naverabcd.html", "u/README.ko.md", "google-map.md"))
	wantKeys(t, open(t, files.Config{Root: root}),
		"_posts/e.md", "a.markdown", "b.html", "c.htm", "d.txt", "google-map.md", "글.md", "정치/_posts/f.md")
	wantKeys(t, open(t, files.Config{Root: root, Include: []string{"**"}, Exclude: []string{"*.html", "정치/**", "d.*", "p"}}),
		"_posts/e.md", "a.markdown", "c.htm", "g.jpg", "google-map.md", "h", "글.md")
	wantKeys(t, open(t, files.Config{Root: root, Include: []string{"./정치/**/*.md", "README.md"}}), "정치/_posts/f.md")
}

func TestPatternsMeetBothUnicodeForms(t *testing.T) {
	const nfd = "\u1112\u1161\u11ab\u1100\u1173\u11af"
	root := t.TempDir()
	write(t, root, named(nfd+"/가.md", nfd+".md"))
	s := open(t, files.Config{Root: root, Include: []string{"한글/*.md", "한글.md"}})
	wantKeys(t, s, nfd+".md", nfd+"/가.md")
	a, err := s.Load(context.Background(), nfd+".md")
	if err != nil || a.Key != nfd+".md" || a.Link.Name != "한글" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestSkip(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a.md", "public/b.html", "public-news/c.md", "state.txt", "state.txt-wal", "real/d.md"))
	link(t, filepath.Join(root, "real"), filepath.Join(root, "out"))
	s := open(t, files.Config{Root: root, Include: []string{"**"}, Skip: []string{filepath.Join(root, "public"), filepath.Join(root, "state.txt"), filepath.Join(root, "out")}})
	wantKeys(t, s, "a.md", "public-news/c.md")
	if _, err := files.New(files.Config{Root: filepath.Join(root, "real"), Skip: []string{root}}); err == nil {
		t.Error("a root inside a skipped folder is taken")
	}
}

func TestSymbolicLinks(t *testing.T) {
	outside, root := t.TempDir(), t.TempDir()
	write(t, outside, named("secret.md"))
	write(t, root, named("a.md", "dir/b.md"))
	link(t, "a.md", filepath.Join(root, "relative.md"))
	link(t, filepath.Join(root, "dir", "b.md"), filepath.Join(root, "absolute.md"))
	link(t, filepath.Join(outside, "secret.md"), filepath.Join(root, "outside.md"))
	link(t, "../"+filepath.Base(outside)+"/secret.md", filepath.Join(root, "escape.md"))
	link(t, "loop.md", filepath.Join(root, "loop.md"))
	link(t, "nowhere.md", filepath.Join(root, "dangling.md"))
	link(t, ".", filepath.Join(root, "self"))
	link(t, root, filepath.Join(root, "dir", "up"))
	link(t, "dir", filepath.Join(root, "folder.md"))
	s := open(t, files.Config{Root: root})
	wantKeys(t, s, "a.md", "absolute.md", "dir/b.md", "relative.md")
	for _, key := range []string{"a.md", "absolute.md", "relative.md", "dir/b.md"} {
		if a, err := s.Load(context.Background(), key); err != nil || a.Title != "제목" {
			t.Errorf("%s: %+v, %v", key, a, err)
		}
	}
	for _, key := range []string{"outside.md", "escape.md", "loop.md", "dangling.md", "folder.md", "../" + filepath.Base(outside) + "/secret.md"} {
		if a, err := s.Load(context.Background(), key); err == nil {
			t.Errorf("%s: loaded %+v", key, a)
		}
	}
	alias := filepath.Join(t.TempDir(), "alias")
	link(t, root, alias)
	wantKeys(t, open(t, files.Config{Root: alias}), "a.md", "absolute.md", "dir/b.md", "relative.md")
}

func TestOnlyRegularFiles(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a.md", "folder.md/b.md"))
	if err := syscall.Mkfifo(filepath.Join(root, "pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := open(t, files.Config{Root: root})
	wantKeys(t, s, "a.md", "folder.md/b.md")
	for _, key := range []string{"pipe.md", "folder.md", "a.md/b.md"} {
		if _, err := s.Load(context.Background(), key); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v, want fs.ErrNotExist", key, err)
		}
	}
}

func TestRootFaults(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a.md"))
	tests := []struct{ root, want string }{
		{filepath.Join(root, "gone"), "list articles: no such file or directory"},
		{filepath.Join(root, "a.md"), "list articles: not a folder"},
	}
	for _, tt := range tests {
		s := open(t, files.Config{Root: tt.root})
		if _, err := list(s); err == nil || err.Error() != tt.want {
			t.Errorf("%v, want %s", err, tt.want)
		}
		var refused *source.ArticleError
		if _, err := s.Load(context.Background(), "a.md"); err == nil || errors.As(err, &refused) || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Load below %s: %v, want an error of the source", tt.root, err)
		}
	}
	if _, err := files.New(files.Config{Root: "articles"}); err == nil {
		t.Error("a relative root is taken")
	}
	if _, err := files.New(files.Config{Root: root, Include: []string{"[a"}}); err == nil {
		t.Error("a broken pattern is taken")
	}
}

func TestListEndsWithItsContext(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a.md", "b.md"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range open(t, files.Config{Root: root}).List(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
	}
	for range open(t, files.Config{Root: root}).List(context.Background()) {
		break // a consumer may stop
	}
}

func TestFingerprint(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a.md", "b.md"))
	print := func(now time.Time) map[string]string {
		all := map[string]string{}
		for e, err := range open(t, files.Config{Root: root, Now: func() time.Time { return now }}).List(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			all[e.Key] = e.Fingerprint
		}
		return all
	}
	later := time.Now().Add(time.Hour)
	if fresh := print(time.Now()); fresh["a.md"] != "" {
		t.Errorf("a file written just now has the fingerprint %q", fresh["a.md"])
	}
	first := print(later)
	if first["a.md"] == "" || first["a.md"] == first["b.md"] || first["a.md"] != print(later)["a.md"] {
		t.Errorf("fingerprints %q", first)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(root, "a.md"), old, old); err != nil {
		t.Fatal(err)
	}
	if second := print(later); second["a.md"] == first["a.md"] || second["b.md"] != first["b.md"] {
		t.Errorf("after a touch: %q, before: %q", second, first)
	}
	if fresh := print(time.Now()); fresh["a.md"] != "" {
		t.Error("an old mtime hides a fresh ctime")
	}
}

func TestLoadFaults(t *testing.T) {
	root := t.TempDir()
	key := strings.Repeat("a1-B", 8)
	write(t, root, map[string]string{
		"bad.md": "---\ntitle: 제목\ndate: 어제\n---\n", key + ".txt": key + "\n", "bare.md": "제목", "huge.md": "",
	})
	if err := os.Truncate(filepath.Join(root, "huge.md"), 33<<20); err != nil {
		t.Fatal(err)
	}
	s := open(t, files.Config{Root: root, Reading: reader.Reading{FrontMatterRequired: true}})
	tests := []struct {
		key, want string
		is        error
	}{
		{"gone.md", "read articles/gone.md: file does not exist", fs.ErrNotExist},
		{"bare.md", "not an article: it has no front matter, and the source wants it (front_matter: required)", reader.ErrNotArticle},
		{key + ".txt", "not an article: it is an IndexNow key", reader.ErrNotArticle},
		{"huge.md", "articles/huge.md:1:1: the file is larger than 32 MB", nil},
		{"bro\xffken.md", `articles/bro\xffken.md:1:1: the name of the file or of a folder above it is not UTF-8: rename it`, nil},
		{`"a"\b.md`, `read articles/"a"\b.md: file does not exist`, fs.ErrNotExist},
		{"two\nlines.md", `read articles/two\nlines.md: file does not exist`, fs.ErrNotExist},
	}
	for _, tt := range tests {
		_, err := s.Load(context.Background(), tt.key)
		var refused *source.ArticleError
		if err == nil || err.Error() != tt.want || tt.is != nil && !errors.Is(err, tt.is) || tt.is == nil && !errors.As(err, &refused) {
			t.Errorf("%q: %v, want %s", tt.key, err, tt.want)
		}
	}
	_, err := s.Load(context.Background(), "bad.md")
	var refused *source.ArticleError
	if !errors.As(err, &refused) || refused.Line != 3 || refused.Column != 7 || refused.Place != "articles/bad.md" {
		t.Errorf("bad.md: %v", err)
	}
}

func TestBrokenNamesAreListed(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("bro\xffken.md", "two\nlines.md"))
	s := open(t, files.Config{Root: root})
	wantKeys(t, s, "bro\xffken.md", "two\nlines.md")
	if a, err := s.Load(context.Background(), "two\nlines.md"); err != nil || a.Place != `articles/two\nlines.md` {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestReadAs(t *testing.T) {
	root := t.TempDir()
	seen := map[string]bool{}
	for _, r := range []reader.Reading{
		{}, {Pattern: "/:name/"}, {Zone: time.FixedZone("Asia/Seoul", 9*3600)}, {Markup: source.HTML}, {FrontMatterRequired: true},
		{Dates: []source.DateRule{source.DatedByFileName}}, {Defaults: reader.Defaults{Categories: []string{"뉴스"}}},
		{Defaults: reader.Defaults{Tags: []string{"뉴스"}}},
	} {
		digest := open(t, files.Config{Root: root, Reading: r}).ReadAs()
		if seen[digest] || digest != open(t, files.Config{Root: root, Reading: r, Exclude: []string{"x"}}).ReadAs() {
			t.Errorf("%+v: %s", r, digest)
		}
		seen[digest] = true
	}
}

func TestWatchable(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a.md", "dir/b.md", "pic.jpg", "public/c.html", "v1.2/d.md"))
	s := open(t, files.Config{Root: root, Skip: []string{filepath.Join(root, "public")}})
	tests := map[string]bool{
		".": true, "a.md": true, "dir": true, "dir/b.md": true, "v1.2": true, "gone.md": true, "gone": false, "gone/x.md": true,
		"pic.jpg": false, "gone.jpg": false, "public": false, "public/c.html": false, ".git": false, ".git/index": false,
		"dir/.a.md.swp": false, "a.md~": false, "_site/e.html": false, "README.md": false, "../other/a.md": false,
	}
	for path, want := range tests {
		if got := s.Watchable(filepath.Join(root, path)); got != want {
			t.Errorf("Watchable(%s) = %t", path, got)
		}
	}
}

// Extensions count in any case, in patterns too; names do not.
func TestExtensionsInAnyCase(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"NEWS.MD", "old.Htm", "a.md", "b.TXT", "robots.TXT", "404.HTML", "google1.Html", "Drafts/c.MD", "drafts/d.Md", "e.PDF", "notes/f.Text"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("제목"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		include, exclude []string
		want             string
	}{
		{nil, nil, "Drafts/c.MD NEWS.MD a.md b.TXT drafts/d.Md old.Htm"},
		{[]string{"**/*.MD", "notes/*.{TEXT,x}"}, []string{"drafts/*.md"}, "Drafts/c.MD NEWS.MD a.md notes/f.Text"},
	} {
		s, err := files.New(files.Config{Root: dir, Include: tt.include, Exclude: tt.exclude})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for e, err := range s.List(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, e.Key)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%v: got %s, want %s", tt.include, strings.Join(got, " "), tt.want)
		}
	}
}

// A file is an IndexNow key where its whole content is its own name: 8 to 128 letters, digits and hyphens.
func TestKeyFilesAreNoArticles(t *testing.T) {
	root := t.TempDir()
	tests := map[string]struct {
		content string
		is      bool
	}{
		"abcdEF-8.txt": {"abcdEF-8", true}, "deep/12345678.txt": {"12345678\r\n", true}, "ABCDefgh.TXT": {"ABCDefgh", true},
		strings.Repeat("k", 128) + ".txt": {strings.Repeat("k", 128), true}, strings.Repeat("k", 129) + ".txt": {strings.Repeat("k", 129), false},
		"abcdEF7.txt": {"abcdEF7", false}, "abcdefgh.txt": {"ABCDEFGH", false}, "abcd_fgh.txt": {"abcd_fgh", false}, "sentence.txt": {"sentence of a text", false},
		"abcdefgh.md": {"abcdefgh", false},
	}
	for name, tt := range tests {
		write(t, root, map[string]string{name: tt.content})
	}
	s := open(t, files.Config{Root: root})
	for name, tt := range tests {
		if _, err := s.Load(context.Background(), name); errors.Is(err, reader.ErrNotArticle) != tt.is {
			t.Errorf("%.20s: got %v, want a key: %t", name, err, tt.is)
		}
	}
}
