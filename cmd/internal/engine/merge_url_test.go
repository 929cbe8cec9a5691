package engine_test

import (
	"maps"
	"os"
	"testing"

	"herald/cmd/internal/engine"
)

// wanted is a newsroom in which an article that two sources hold has left the first, where another one wants its URL.
func wanted(t *testing.T) *shared {
	s := two(t, map[string]string{"a.md": matter("첫째", onDay+"id: urn:x:1\npermalink: /a/\n")}, map[string]string{"b.md": matter("사본", onDay+"id: urn:x:1\npermalink: /b/\n")})
	s.want("at first", map[string]string{"/a/": "첫째"})
	s.gone("가", "a.md")
	s.file("가", "c.md", matter("둘째", onDay+"id: urn:x:2\npermalink: /a/\n"))
	return s
}

// Both stand after one pass, each where its source says: the copy, which leads now, and what was refused its URL until then.
func TestWhatIsHandedOverMakesRoomOnceItsSourceIsScanned(t *testing.T) {
	s := wanted(t)
	s.published()
	s.want("then", map[string]string{"/a/": "둘째", "/b/": "사본"}, "/a/", "/b/")
	if ids := s.ids(); ids[base+"/a/"] != "urn:x:2" || ids[base+"/b/"] != "urn:x:1" {
		t.Errorf("ids %q", ids)
	}
}

// Until the source of the copy can be read its article keeps its URL: no two are at one, and all documents stay valid.
func TestWhatIsHandedOverKeepsItsURLWhileItsSourceCannotBeRead(t *testing.T) {
	s := wanted(t)
	s.must(os.Rename(s.path("나"), s.path("나 away")))
	s.file("가", "d.md", matter("셋째", onDay))
	r := s.build(engine.BuildOptions{Notify: true})
	if r.Status != engine.StatusNotDone || r.Sources[0].RefusedCount != 1 || len(r.Errors)+len(r.Published.Failed) > 0 {
		t.Errorf("%+v, failed %q", r, r.Published.Failed)
	}
	s.want("without the second source", map[string]string{"/a/": "첫째", "/d/": "셋째"}, "/d/")
	if s.build(engine.BuildOptions{Notify: true}); s.ids()[base+"/a/"] != "urn:x:1" {
		t.Errorf("ids %q", s.ids())
	}
	s.want("and once more", map[string]string{"/a/": "첫째", "/d/": "셋째"})
	s.must(os.Rename(s.path("나 away"), s.path("나")))
	s.published()
	s.want("with it", map[string]string{"/a/": "둘째", "/b/": "사본", "/d/": "셋째"}, "/a/", "/b/")
	if ids := s.ids(); ids[base+"/a/"] != "urn:x:2" || ids[base+"/b/"] != "urn:x:1" {
		t.Errorf("ids %q", ids)
	}
}

// A copy that comes to lead its article is that article, though it claims the id that it had when it was one of its own.
func TestACopyThatComesToLeadKeepsTheID(t *testing.T) {
	s := two(t, map[string]string{"a.md": matter("첫째", onDay+"id: urn:x:1\n")}, map[string]string{"b.md": matter("둘째", onDay+"id: urn:x:2\n")})
	s.want("at first", map[string]string{"/a/": "첫째", "/b/": "둘째"})
	s.file("가", "a.md", matter("첫째", onDay+"id: urn:x:1\npermalink: /b/\n"))
	s.published()
	s.want("at one URL", map[string]string{"/b/": "첫째"}, "/a/", "/b/")
	s.order = []string{"나", "가"}
	s.open()
	s.published()
	s.want("in another order", map[string]string{"/b/": "둘째"}, "/b/")
	if ids := s.ids(); ids[base+"/b/"] != "urn:x:1" {
		t.Errorf("ids %q", ids)
	}
	s.gone("나", "b.md")
	s.published()
	s.want("without the second", map[string]string{"/b/": "첫째"}, "/b/")
}

// What one entry of a scan absorbs frees its id for another entry of that scan, which takes it in the same pass: the next one changes nothing.
func TestAnAbsorbedArticleFreesItsIDAtOnce(t *testing.T) {
	b := onDay + "id: urn:x:2\n"
	s := two(t, map[string]string{"a.md": matter("첫째", onDay), "c.md": matter("셋째", onDay)}, map[string]string{"b.md": matter("둘째", b)})
	s.gone("나", "b.md")
	s.file("나", "d.md", matter("넷째", onDay))
	s.file("가", "a.md", matter("둘째", b))
	s.file("가", "c.md", matter("셋째", onDay+"permalink: /b/\n"))
	s.published()
	docs := s.documents()
	s.world.heard()
	s.published()
	if heard, _ := s.world.heard(); len(heard) > 0 || !maps.Equal(docs, s.documents()) {
		t.Errorf("the next pass tells of %q, and shows %q after %s", heard, s.titles(), docs["feed.json"])
	}
}
