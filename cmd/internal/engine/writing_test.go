package engine_test

import (
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/source/files"
	"herald/source/reader"
)

// skewed is the system's clock, moved on by the test.
type skewed struct{ by atomic.Int64 }

func (s *skewed) now() time.Time              { return time.Now().Add(time.Duration(s.by.Load())) }
func (s *skewed) move(d time.Duration)        { s.by.Add(int64(d)) }
func (s *skewed) tweak(n *newsroom) *newsroom { return n.reading(s.now) }

// reading lets the newsroom's folder tell by a clock how long ago its files changed.
func (n *newsroom) reading(now func() time.Time) *newsroom {
	n.t.Helper()
	n.tweak = append(n.tweak, func(s *settings) {
		src, err := files.New(files.Config{Root: n.path("articles"), Place: "articles", Reading: reader.Reading{Pattern: "/:path/"}, Now: now})
		n.must(err)
		s.Sources[0].Source = src
	})
	n.open()
	return n
}

// feedNow is the feed as it stands.
func (d *daemon) feedNow() string {
	feed, _ := os.ReadFile(d.path("public", "feed.xml"))
	return string(feed)
}

// wantWithout waits until the feed does not hold a text.
func (d *daemon) wantWithout(when, text string) {
	d.t.Helper()
	for end := time.Now().Add(time.Minute); strings.Contains(d.feedNow(), text); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatalf("%s: got %q in the feed, want it gone", when, text)
		}
	}
}

const halfPost, restOfPost = "---\ntitle: 예산\n---\n\n<p>시장이 물러났다고", " 하나 헛소문이다.</p>\n"

// A file is published once, whole, however it is written.
func TestAFileThatIsBeingWrittenWaits(t *testing.T) {
	for name, save := range map[string]func(d *daemon, path string, pause func()) (steady bool){
		"opened once": func(d *daemon, path string, pause func()) bool {
			f, err := os.Create(path)
			d.must(err)
			_, err = f.WriteString(halfPost)
			d.must(err)
			pause()
			_, err = f.WriteString(restOfPost)
			d.must(err)
			d.must(f.Close())
			return true
		},
		"letter by letter": func(d *daemon, path string, pause func()) bool {
			d.must(os.WriteFile(path, []byte(halfPost), 0o644))
			last, longest := time.Now(), time.Duration(0)
			for _, letter := range restOfPost {
				f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
				d.must(err)
				_, err = f.WriteString(string(letter))
				d.must(err)
				d.must(f.Close())
				time.Sleep(30 * time.Millisecond) // well within the time that a file must stand still
				longest, last = max(longest, time.Since(last)), time.Now()
			}
			return longest < 200*time.Millisecond // else a busy machine kept the writer from it
		},
		"written over": func(d *daemon, path string, pause func()) bool {
			d.must(os.WriteFile(path, []byte(article("예산", "옛 글")), 0o644))
			d.wantFeed("the old words", "옛 글")
			f, err := os.Create(path)
			d.must(err)
			pause()
			_, err = f.WriteString(halfPost)
			d.must(err)
			pause()
			_, err = f.WriteString(restOfPost)
			d.must(err)
			d.must(f.Close())
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var d *daemon
			var seen []string
			for steady, attempts := false, 0; !steady; attempts++ {
				if attempts == 20 {
					t.Fatal("the machine is too busy to write a letter every 200 ms")
				}
				d, seen = runWatching(new(skewed).tweak(filled(t, 3))), nil
				d.wantLines("at the start", "msg=scanned", 0)
				steady = save(d, d.path("articles", "budget.md"), func() {
					for end := time.Now().Add(900 * time.Millisecond); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
						if feed := d.feedNow(); strings.Contains(feed, "물러났다") {
							seen = append(seen, feed)
						}
					}
				})
			}
			d.wantFeed("once it is whole", "헛소문이다")
			want := 1
			if name == "written over" {
				want = 2
			}
			if d.wantLines("once it is whole", "msg=published", want); len(seen) > 0 {
				t.Errorf("half of it was published:\n%s", seen[0])
			}
		})
	}
}

// What is put in its place whole need not stand still; what lies beside a file that is written for ever need not wait for it.
func TestNothingElseWaits(t *testing.T) {
	t.Parallel()
	clock := &skewed{}
	d := runWatching(clock.tweak(filled(t, 3)))
	d.wantLines("at the start", "msg=scanned", 0)
	log, err := os.Create(d.path("articles", "기사-02.md"))
	d.must(err)
	defer log.Close()
	_, err = log.WriteString(article("일지", "첫 줄"))
	d.must(err)
	d.write(".새 글.md.tmp", article("새 글", "다 쓰고 옮겼다."))
	d.rename(".새 글.md.tmp", "새 글.md")
	d.wantFeed("a file that was renamed", "다 쓰고 옮겼다")
	d.remove("기사-00.md")
	d.wantWithout("a file that was removed", "마을 소식 0")
	d.write("기사-01.md", article("마을 소식 1", "고친 글"))
	d.wantFeed("an edit", "고친 글")
	if feed := d.feedNow(); strings.Contains(feed, "일지") || !strings.Contains(feed, "마을 소식 2") {
		t.Errorf("got the log in the feed while it is written, want what was there:\n%s", feed)
	}
	clock.move(5 * time.Second)
	d.wantFeed("after five seconds", "첫 줄")
}

// The other half of a move may still be being written: what is missing waits for it, but not for long.
func TestAMoveThatIsStillGoingOn(t *testing.T) {
	t.Parallel()
	d := runWatching(new(skewed).tweak(filled(t, 12)))
	d.wantLines("at the start", "msg=scanned", 0)
	ids := d.ids()
	text, err := os.ReadFile(d.path("articles", "기사-03.md"))
	d.must(err)
	f, err := os.Create(d.path("articles", "옮긴 글.md"))
	d.must(err)
	_, err = f.Write(text)
	d.must(err)
	d.remove("기사-03.md")
	for end := time.Now().Add(time.Minute); d.lines("nothing changed") < 2 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond) // until a scan has passed over it
	}
	d.must(f.Close())
	d.wantLines("once it is closed", "renamed=1", 1)
	moved, was := d.ids()[base+"/%EC%98%AE%EA%B8%B4%20%EA%B8%80/"], ids[base+"/%EA%B8%B0%EC%82%AC-03/"]
	if d.lines("removed=1") > 0 || moved != was {
		t.Errorf("got the id %q, want %q; %q", moved, was, d.ids())
	}
}

// build waits for what is being written, so that it does not miss what was just saved; and not for ever.
func TestABuildTakesWhatWasJustSaved(t *testing.T) {
	t.Parallel()
	n := new(skewed).tweak(filled(t, 3))
	n.write("new.md", article("새 글", "방금 썼다."))
	if r := n.build(engine.BuildOptions{}); r.Sources[0].Added != 1 {
		t.Errorf("just saved: got %+v, want it added", r.Sources[0])
	}
	f, err := os.OpenFile(n.path("articles", "new.md"), os.O_APPEND|os.O_WRONLY, 0)
	n.must(err)
	defer f.Close()
	_, err = f.WriteString("\n<p>이어 쓴다.</p>\n")
	n.must(err)
	start := time.Now()
	r := n.build(engine.BuildOptions{})
	if took := time.Since(start); r.Sources[0].Changed != 1 || took < 3*time.Second || took > time.Minute {
		t.Errorf("being written: got %+v after %s, want it changed after 5 s", r.Sources[0], took)
	}
}

// Many files are one gathering: all wait for the last, not each for itself.
func TestACheckoutIsOneGathering(t *testing.T) {
	t.Parallel()
	n := new(skewed).tweak(newNewsroom(t))
	for i := range 300 {
		n.write(strings.Repeat("가", 1+i%3)+"/"+time.Duration(i).String()+".md", article("글", time.Duration(i).String()))
	}
	start := time.Now()
	r := n.build(engine.BuildOptions{})
	if took := time.Since(start); r.Sources[0].Added != 300 || !r.Sources[0].First || took > time.Minute {
		t.Errorf("got %+v after %s, want 300 added at once", r.Sources[0], took)
	}
}
