package engine_test

import (
	"context"
	"iter"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/guard"
	"herald/cmd/internal/hold"
	"herald/source"
)

// two is a newsroom with the sources 가, which comes first, and 나, each with files, published once; nobody has heard of anything yet.
func two(t *testing.T, first, second map[string]string, tweak ...func(*settings)) *shared {
	s := newShared(t, 1)
	s.order = sharedFolders[:2]
	s.tweak = append(s.tweak, tweak...)
	s.open()
	for i, all := range []map[string]string{first, second} {
		for name, text := range all {
			s.file(sharedFolders[i], name, text)
		}
	}
	s.published()
	return s
}

// file writes a file of a source.
func (s *shared) file(folder, name, text string) {
	s.must(os.WriteFile(s.path(folder, name), []byte(text), 0o644))
}

// gone removes one.
func (s *shared) gone(folder, name string) { s.must(os.Remove(s.path(folder, name))) }

// published is a build that tells, and returns its report.
func (s *shared) published() *engine.BuildReport {
	s.t.Helper()
	r := s.build(engine.BuildOptions{Notify: true})
	if r.Status != engine.StatusDone || len(r.Failed)+len(r.Errors) > 0 {
		s.t.Fatalf("%+v", r)
	}
	s.sameAsClean()
	return r
}

// titles returns what the feed shows, by URL behind the site's.
func (s *shared) titles() map[string]string {
	out := map[string]string{}
	for _, i := range s.items() {
		out[i.URL[len(base):]] = i.Title
	}
	return out
}

func (s *shared) want(when string, titles map[string]string, told ...string) {
	s.t.Helper()
	if got := s.titles(); !maps.Equal(got, titles) {
		s.t.Fatalf("%s: shown %q, want %q", when, got, titles)
	}
	heard, _ := s.world.heard()
	slices.Sort(heard)
	for i := range told {
		told[i] = base + told[i]
	}
	if !slices.Equal(heard, told) {
		s.t.Fatalf("%s: told of %q, want %q", when, heard, told)
	}
}

// matter is a file with some front matter.
func matter(title, more string) string {
	return "---\ntitle: " + title + "\n" + more + "---\n\n본문\n"
}

const onDay = "date: 2026-11-01T09:00:00Z\n"

func TestAnArticleMovesFromAndToTheURLOfAnother(t *testing.T) {
	s := two(t, map[string]string{"a.md": matter("첫째", onDay)}, map[string]string{"a.md": matter("둘째", onDay)})
	s.want("at first", map[string]string{"/a/": "첫째"})
	first := s.ids()[base+"/a/"]

	s.file("가", "a.md", matter("첫째", onDay+"permalink: /b/\n"))
	s.published()
	s.want("moved away", map[string]string{"/b/": "첫째", "/a/": "둘째"}, "/a/", "/b/")
	ids := s.ids()
	if ids[base+"/b/"] != first || ids[base+"/a/"] == first {
		t.Errorf("ids %q, the first was %q", ids, first)
	}

	s.file("가", "a.md", matter("첫째", onDay+"permalink: /a/\n"))
	s.published()
	s.want("moved back", map[string]string{"/a/": "첫째"}, "/a/", "/b/")
	if got := s.ids()[base+"/a/"]; got != first {
		t.Errorf("id %q, want %q", got, first)
	}

	s.file("나", "c.md", matter("셋째", onDay))
	s.published()
	s.want("another one", map[string]string{"/a/": "첫째", "/c/": "셋째"}, "/c/")
	s.file("가", "d.md", matter("넷째", onDay))
	s.published()
	s.want("and one more", map[string]string{"/a/": "첫째", "/c/": "셋째", "/d/": "넷째"}, "/d/")
	s.file("나", "c.md", matter("셋째", onDay+"permalink: /d/\n"))
	s.published()
	s.want("the later source's moves onto it", map[string]string{"/a/": "첫째", "/d/": "넷째"}, "/c/")
	s.gone("가", "d.md")
	s.published()
	s.want("and is what stays", map[string]string{"/a/": "첫째", "/d/": "셋째"}, "/d/")
}

// An undated copy whose URL has a date in it is a copy on the day after, too.
func TestACopyThatIsReadAgainIsOneStill(t *testing.T) {
	dated := matter("같은 글", "permalink: /:year/:month/:day/same/\n")
	s := two(t, map[string]string{"a.md": dated}, map[string]string{"b.md": dated})
	s.now = s.now.Add(48 * time.Hour)
	s.file("나", "b.md", matter("같은 글", "tags: [장터]\npermalink: /:year/:month/:day/same/\n"))
	s.published()
	s.want("two days later", map[string]string{"/2026/11/22/same/": "같은 글"})
}

// What another source holds is no removal: the guard holds nothing. Nor is a source empty that still holds copies.
func TestTheGuardCountsWhatReadersLose(t *testing.T) {
	first, second := map[string]string{}, map[string]string{"own.md": matter("혼자", onDay)}
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"} {
		first[name+".md"], second[name+".md"] = matter("글 "+name, onDay), matter("글 "+name, onDay)
	}
	limits := &guard.Limits{Removed: guard.Limit{Share: 200_000}, Changed: guard.Limit{Share: 500_000}, Added: guard.Limit{Share: 500_000}}
	s := two(t, first, second, func(c *settings) { c.Guard = limits })
	s.gone("나", "own.md")
	r := s.published()
	if got := r.Sources[1]; got.Removed != 1 || got.Articles != 0 || got.Merged != 11 || got.Empty {
		t.Errorf("the one of its own left: %+v", got)
	}
	s.world.heard()
	for name := range first {
		s.gone("가", name)
	}
	r = s.published()
	if got := r.Sources[0]; got.Removed != 0 || got.HandedOver != 11 {
		t.Errorf("the first source: %+v", got)
	}
	if len(s.titles()) != 11 {
		t.Errorf("shown: %q", s.titles())
	}
	if heard, _ := s.world.heard(); len(heard) > 0 {
		t.Errorf("told of %q", heard)
	}
	for name := range first {
		s.gone("나", name)
	}
	if r := s.build(engine.BuildOptions{}); r.Status != engine.StatusHeld || r.Sources[1].Hold == nil || r.Sources[1].Hold.Kind != hold.Emptied {
		t.Errorf("the last one is emptied: %+v", r.Sources[1])
	}
	if len(s.titles()) != 11 {
		t.Errorf("shown: %q", s.titles())
	}
}

// The first scan of a source that holds copies is its first: what it adds later is told.
func TestCopiesMakeAFirstScan(t *testing.T) {
	s := two(t, map[string]string{"a.md": matter("글", onDay)}, map[string]string{"a.md": matter("사본", onDay)})
	s.want("at first", map[string]string{"/a/": "글"})
	s.file("나", "new.md", matter("새 글", onDay))
	s.published()
	s.want("then", map[string]string{"/a/": "글", "/new/": "새 글"}, "/new/")
}

// A copy that is refused now was one when it was good: the article stays.
func TestARefusedCopyStays(t *testing.T) {
	s := two(t, map[string]string{"a.md": matter("글", onDay), "b.md": matter("다른 글", onDay)}, map[string]string{"a.md": matter("사본", onDay)})
	s.file("나", "a.md", matter("사본", "date: 언젠가\n"))
	s.published()
	s.gone("가", "a.md")
	s.published()
	s.want("without the first", map[string]string{"/a/": "글", "/b/": "다른 글"})
	s.file("나", "a.md", matter("고친 사본", onDay))
	s.published()
	s.want("mended", map[string]string{"/a/": "고친 사본", "/b/": "다른 글"}, "/a/")
}

// The state is lost: what was one is one again, under its id and date.
func TestCopiesAfterALostState(t *testing.T) {
	s := two(t, map[string]string{"a.md": matter("글", "")}, map[string]string{"a.md": matter("사본", onDay), "b.md": matter("다른 글", "id: urn:x:b\n")})
	s.gone("가", "a.md")
	s.published()
	s.file("가", "a.md", matter("글", ""))
	s.published()
	s.world.heard()
	before := s.items()
	s.closeState()
	s.now = s.now.Add(time.Hour)
	s.open()
	s.published()
	s.want("again", map[string]string{"/a/": "글", "/b/": "다른 글"})
	for i, item := range s.items() {
		if item.ID != before[i].ID || !item.Published.Equal(before[i].Published) {
			t.Errorf("got %+v, want %+v", item, before[i])
		}
	}
	if r := s.published(); r.Sources[1].Merged != 1 {
		t.Errorf("%+v", r.Sources[1])
	}
}

// windowed lists what of a source begins with one of some names, and what it has listed stays.
type windowed struct {
	source.Source
	shows *[]string
}

func (w windowed) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for e, err := range w.Source.List(ctx) {
			if err == nil && !slices.Contains(*w.shows, e.Key) {
				continue
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func (windowed) Stays(string) bool { return true }

// What a window showed once is held, and stays when the other source has it no more; its last words do, until it is shown again.
func TestAWindowHoldsWhatItShowed(t *testing.T) {
	shows := []string{"a.md", "b.md"}
	window := func(c *settings) { c.Sources[1].Source = windowed{c.Sources[1].Source, &shows} }
	s := two(t, map[string]string{"a.md": matter("글", onDay)}, map[string]string{"a.md": matter("사본", onDay), "b.md": matter("다른 글", onDay)}, window)
	shows = []string{"b.md"}
	s.published()
	s.gone("가", "a.md")
	s.published()
	s.want("behind the window", map[string]string{"/a/": "글", "/b/": "다른 글"})
	shows = []string{"a.md", "b.md"}
	s.published()
	s.want("in it again", map[string]string{"/a/": "사본", "/b/": "다른 글"}, "/a/")
}

// A missing article stays as it is for the grace of its source; then the other one takes over.
func TestGraceGoesBeforeACopy(t *testing.T) {
	s := two(t, map[string]string{"a.md": matter("글", onDay), "b.md": matter("다른 글", onDay)}, map[string]string{"a.md": matter("사본", onDay)},
		func(c *settings) { c.Sources[0].Grace = time.Hour })
	s.gone("가", "a.md")
	s.published()
	s.want("in its grace", map[string]string{"/a/": "글", "/b/": "다른 글"})
	s.now = s.now.Add(2 * time.Hour)
	s.published()
	s.want("after it", map[string]string{"/a/": "사본", "/b/": "다른 글"}, "/a/")
}

// Under run the other source, which is to be scanned once a day, is looked at as soon as the first lets go of an article.
func TestCopiesUnderRun(t *testing.T) {
	s := two(t, map[string]string{"a.md": matter("글 하나", onDay), "b.md": matter("다른 글", onDay)},
		map[string]string{"a.md": matter("사본 하나", onDay), "b.md": matter("사본 둘", onDay)})
	d := runDaemon(s.newsroom, func(c *engine.Config) { c.Sources[1].Schedule = every(24 * time.Hour) })
	d.wantLines("at the start", "source=나", 1)
	s.gone("가", "a.md")
	d.move(5 * time.Minute)
	d.wantFeed("the first is gone", "사본 하나")
	s.file("가", "b.md", matter("다른 글", onDay+"permalink: /d/\n"))
	d.move(5 * time.Minute)
	d.wantFeed("the URL is free", "사본 둘")
}
