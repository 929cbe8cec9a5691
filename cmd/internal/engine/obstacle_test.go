package engine_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/publish"
)

// ownKey is the IndexNow key of newsrooms whose key file has a known name.
const ownKey = "0123456789abcdef"

// obstacles are what somebody may put at a document's path. Each is made there and described by a word that operators read.
var obstacles = []struct {
	word string
	make func(n *newsroom, at string)
	file bool // a regular file: one that has a receipt is ours to replace
	dir  bool // it must be moved away
}{
	{word: "symbolic link", make: func(n *newsroom, at string) { n.must(os.Symlink("nowhere/at/all", at)) }},
	{word: "symbolic link", make: func(n *newsroom, at string) {
		n.must(os.MkdirAll(n.path("public", "assets"), 0o755))
		n.must(os.Symlink("assets", at))
	}},
	{word: "symbolic link", make: func(n *newsroom, at string) { n.must(os.Symlink("../theirs.txt", at)) }},
	{word: "symbolic link", make: func(n *newsroom, at string) {
		n.must(os.WriteFile(n.path("public", "inside.txt"), []byte("<!-- herald -->"), 0o644))
		n.must(os.Symlink("inside.txt", at))
	}},
	{word: "empty folder", make: func(n *newsroom, at string) { n.must(os.Mkdir(at, 0o755)) }},
	{word: "not empty", dir: true, make: func(n *newsroom, at string) {
		n.must(os.Mkdir(at, 0o755))
		n.must(os.WriteFile(filepath.Join(at, "theirs"), []byte("keep"), 0o644))
	}},
	{word: "named pipe", make: func(n *newsroom, at string) { n.must(syscall.Mkfifo(at, 0o644)) }},
	{word: "socket", make: func(n *newsroom, at string) {
		n.t.Chdir(filepath.Dir(at)) // names of sockets are short
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Base(at), Net: "unix"})
		n.must(err)
		l.SetUnlinkOnClose(false)
		n.must(l.Close())
	}},
	{word: "larger than", file: true, make: func(n *newsroom, at string) {
		n.must(os.WriteFile(at, []byte("<rss><channel><generator>herald"), 0o644))
		n.must(os.Truncate(at, 3<<30)) // all holes; reading it whole would be noticed
	}},
	{word: "cannot be read", file: true, make: func(n *newsroom, at string) {
		n.must(os.WriteFile(at, []byte("theirs"), 0o000))
	}},
}

// documentPaths is a path of each kind of documents of a newsroom that blocked makes.
var documentPaths = []string{
	"feed.xml", "atom.xml", "feed.json", "sitemap.xml", "sitemap-2026-11.xml", "robots.txt", ownKey + ".txt", "old/rss.xml",
}

// blocked is a newsroom in which something stands at a path: from the start, since a publication, or since the state was lost.
func blocked(t *testing.T, at string, make func(n *newsroom, at string), when string) *newsroom {
	n := newNewsroom(t, func(s *settings) {
		s.Sitemap.URLsPerFile = 3
		s.Notify.IndexNowKey = ownKey
		s.Aliases = map[string]string{"/old/rss.xml": "/feed.xml"}
	})
	for _, name := range []string{"가람", "나루", "다리", "라온"} {
		n.write(name+".md", article(name+" 소식", name+" 마을에 새 다리가 놓였다."))
	}
	place := n.path("public", filepath.FromSlash(at))
	if when == "at first" {
		n.must(os.MkdirAll(filepath.Dir(place), 0o755))
		make(n, place)
		n.pass()
	} else {
		n.pass()
		n.must(os.Remove(place))
		make(n, place)
	}
	if when == "after a loss" {
		n.lose()
		n.pass()
	}
	return n
}

// What is somebody else's at one of our paths is held and left as it is, in whatever shape it comes; all other documents are
// published and told. Force replaces it, but for a folder with something in it.
func TestWhatStandsInOurWayIsHeldAlone(t *testing.T) {
	moments := []string{"at first", "later", "after a loss"}
	for i, at := range documentPaths {
		for j, o := range obstacles {
			if i > 0 && (i+j)%2 > 0 {
				continue // each in every other place, and all of them at the first
			}
			when := moments[(i+j)%len(moments)]
			t.Run(at+"/"+o.word+"/"+when, func(t *testing.T) {
				if o.word == "cannot be read" && byAnotherUser(t) {
					return
				}
				n := blocked(t, at, o.make, when)
				n.must(os.WriteFile(n.path("theirs.txt"), []byte("untouched"), 0o644))
				before, err := os.Lstat(n.path("public", at))
				n.must(err)
				held := !o.file || when != "later" || at == "robots.txt"
				n.write("새.md", article("새 소식", "강 건너에 장이 섰다."))
				_, pub := n.pass()
				if !held {
					if len(pub.Holds) != 0 {
						t.Errorf("holds: got %+v, want none: the path has a receipt", pub.Holds)
					}
					n.sameAsClean()
					return
				}
				if len(pub.Holds) != 1 || pub.Holds[0].Subject != at || !strings.Contains(pub.Holds[0].Summary, o.word) || !strings.Contains(pub.Holds[0].Summary, "move it away") {
					t.Fatalf("holds: got %+v, want one over %s with %q", pub.Holds, at, o.word)
				}
				if after, err := os.Lstat(n.path("public", at)); err != nil || !os.SameFile(before, after) {
					t.Errorf("%s: got another file, %v, want what was there", at, err)
				}
				n.othersShow(at, base+"/%EC%83%88/")
				n.deliver()
				if urls, _ := n.world.heard(); !slices.Contains(urls, base+"/%EC%83%88/") {
					t.Errorf("told: got %q, want the new article", urls)
				}
				n.forced(at, o.dir)
			})
		}
	}
}

// othersShow holds that every document but the one at a path stands, and that some show a URL.
func (n *newsroom) othersShow(except, url string) {
	n.t.Helper()
	for _, at := range documentPaths {
		if at == except {
			continue
		}
		body, err := os.ReadFile(n.path("public", at))
		if err != nil {
			n.t.Errorf("%s: got %v, want it published", at, err)
		}
		if strings.Contains(at, "feed") && !bytes.Contains(body, []byte(url)) {
			n.t.Errorf("%s lacks %s", at, url)
		}
	}
}

// forced forces what is held at a path and holds that a document stands there then, but for a folder that must be moved away first.
func (n *newsroom) forced(at string, folder bool) {
	n.t.Helper()
	n.force = true
	_, pub := n.pass()
	n.force = false
	place := n.path("public", at)
	if folder {
		if len(pub.Holds) != 1 || pub.Holds[0].Kind != hold.Blocked || strings.Contains(pub.Holds[0].Remedy(), "approve") {
			n.t.Fatalf("holds with force: got %+v, want one that says to move the folder away", pub.Holds)
		}
		if _, err := n.rooms.Approve(n.t.Context(), pub.Holds[0].ID); err == nil {
			n.t.Error("approving it: got nil, want an error that says to move it away")
		}
		n.must(os.Rename(place, n.path("moved away")))
	}
	if _, pub = n.pass(); len(pub.Holds) != 0 {
		n.t.Errorf("holds at the end: got %+v, want none", pub.Holds)
	}
	if info, err := os.Lstat(place); err != nil || !info.Mode().IsRegular() {
		n.t.Fatalf("%s: got %v, %v, want a file", at, info, err)
	}
	for _, theirs := range []string{"inside.txt", "assets"} {
		n.must(os.RemoveAll(n.path("public", theirs)))
	}
	if theirs, err := os.ReadFile(n.path("theirs.txt")); err != nil || string(theirs) != "untouched" {
		n.t.Errorf("behind the link: got %q, %v, want it untouched", theirs, err)
	}
	n.sameAsClean()
}

// file returns the file at a document's path; documents reads all, pipes included.
func (n *newsroom) file(at string) string {
	n.t.Helper()
	body, err := os.ReadFile(n.path("public", at))
	n.must(err)
	return string(body)
}

// Something above a document's path, where a folder is needed, is in the way of the documents below it alone.
func TestWhatStandsAboveOurPathIsHeldAlone(t *testing.T) {
	for word, make := range map[string]func(n *newsroom, at string){
		"a file at old":        func(n *newsroom, at string) { n.must(os.WriteFile(at, nil, 0o644)) },
		"a symbolic link at o": func(n *newsroom, at string) { n.must(os.Symlink("..", at)) },
		"a symbolic link at":   func(n *newsroom, at string) { n.must(os.Symlink("gone", at)) },
		"a named pipe at old":  func(n *newsroom, at string) { n.must(syscall.Mkfifo(at, 0o644)) },
		"cannot be looked into": func(n *newsroom, at string) {
			n.must(os.Mkdir(at, 0o000))
			n.t.Cleanup(func() { n.must(os.Chmod(at, 0o755)) })
		},
	} {
		t.Run(word, func(t *testing.T) {
			if word == "cannot be looked into" && byAnotherUser(t) {
				return
			}
			n := blocked(t, "feed.xml", func(n *newsroom, at string) {
				n.must(os.RemoveAll(n.path("public", "old")))
				make(n, n.path("public", "old"))
			}, "later")
			n.write("새.md", article("새 소식", "강 건너에 장이 섰다."))
			for range 2 {
				_, pub := n.pass()
				if len(pub.Holds) != 1 || pub.Holds[0].Subject != "old/rss.xml" || !strings.Contains(pub.Holds[0].Summary, word) {
					t.Fatalf("holds: got %+v, want one over old/rss.xml with %q", pub.Holds, word)
				}
				n.othersShow("old/rss.xml", base+"/%EC%83%88/")
				n.force = true
			}
		})
	}
}

// A document that leaves is not removed where somebody else's stands in its place.
func TestNothingOfOthersLeavesWithADocument(t *testing.T) {
	for _, at := range []string{"old/rss.xml", "sitemap-2026-11-2.xml", "robots.txt"} {
		for _, o := range obstacles {
			if o.file {
				continue // it has a receipt
			}
			t.Run(at+"/"+o.word, func(t *testing.T) {
				n := blocked(t, at, o.make, "later")
				n.tweak = append(n.tweak, func(s *settings) { s.Aliases, s.Robots = nil, nil })
				n.open()
				first := n.file("sitemap-2026-11.xml")
				for _, name := range []string{"가람", "나루", "다리", "라온"} {
					if !strings.Contains(first, url.PathEscape(name)) {
						n.remove(name + ".md")
					}
				}
				n.force = true
				n.pass()
				if info, err := os.Lstat(n.path("public", at)); err != nil || info.Mode().Type() == 0 {
					t.Errorf("%s: got %v, %v, want what was put there", at, info, err)
				}
				if _, pub := n.pass(); pub.Edition != 0 {
					t.Errorf("the next publication: got %+v, want nothing done", pub)
				}
			})
		}
	}
}

// A folder that may not be written to keeps back its own documents only.
func TestAFolderThatRefusesKeepsItsOwn(t *testing.T) {
	if byAnotherUser(t) {
		return
	}
	n := blocked(t, "feed.xml", func(*newsroom, string) {}, "later")
	old := n.path("public", "old")
	n.must(os.Chmod(old, 0o555))
	t.Cleanup(func() { n.must(os.Chmod(old, 0o755)) })
	n.write("새.md", article("새 소식", "강 건너에 장이 섰다."))
	n.now = n.now.Add(1)
	_, err := n.rooms.Scan(t.Context(), "articles", intake.ScanOptions{})
	n.must(err)
	pub, err := n.rooms.Publish(t.Context(), edition.PublishOptions{})
	n.must(err)
	if len(pub.Failed) != 1 || !strings.HasPrefix(pub.Failed[0], "old/rss.xml: ") {
		t.Errorf("failed: got %q, want old/rss.xml", pub.Failed)
	}
	n.othersShow("old/rss.xml", base+"/%EC%83%88/")
}

// disturbed is a sink in which something comes to stand at a path with the first document that is put, after all were looked at.
type disturbed struct {
	publish.Sink
	disturb func()
}

func (s *disturbed) Put(ctx context.Context, docs []publish.Document) error {
	if s.disturb != nil {
		s.disturb()
		s.disturb = nil
	}
	return s.Sink.Put(ctx, docs)
}

// What comes to stand in our way while a publication is written stays: its document is kept back, the next publication holds it.
func TestWhatComesInOurWayMeanwhileStays(t *testing.T) {
	for _, at := range []string{"feed.xml", "sitemap.xml", "robots.txt"} {
		t.Run(at, func(t *testing.T) {
			n := blocked(t, at, func(*newsroom, string) {}, "later")
			n.pass()
			theirs := func() {
				n.must(errors.Join(os.Remove(n.path("public", at)), os.Symlink("theirs", n.path("public", at))))
			}
			n.options = func(o *options) { o.Sink = &disturbed{o.Sink, theirs} }
			n.open()
			n.write("새.md", article("새 소식", "강 건너에 장이 섰다."))
			n.now = n.now.Add(time.Minute)
			_, err := n.rooms.Scan(t.Context(), "articles", intake.ScanOptions{})
			n.must(err)
			pub, err := n.rooms.Publish(t.Context(), edition.PublishOptions{})
			n.must(err)
			if len(pub.Failed) != 1 || !strings.HasPrefix(pub.Failed[0], at+": ") || !strings.Contains(pub.Failed[0], "symbolic link") {
				t.Errorf("failed: got %q, want %s", pub.Failed, at)
			}
			n.othersShow(at, base+"/%EC%83%88/")
			_, pub = n.pass()
			if target, err := os.Readlink(n.path("public", at)); target != "theirs" || len(pub.Holds) != 1 || pub.Holds[0].Subject != at {
				t.Errorf("then: got link to %q, %v, holds %+v, want the link held", target, err, pub.Holds)
			}
		})
	}
}
