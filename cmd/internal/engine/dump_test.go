package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/ledger"
)

// moveState dumps the state, puts it away, and goes on with what was loaded from the dump.
func (n *newsroom) moveState() {
	n.t.Helper()
	dump, err := os.Create(n.path("state.jsonl"))
	n.must(err)
	defer dump.Close()
	_, err = n.ledger.Dump(context.Background(), dump, n.now)
	n.must(err)
	n.must(n.ledger.Close())
	n.ledger = nil
	n.must(os.Rename(n.path("herald.db"), n.path("before.db")))
	loaded, err := ledger.Open(context.Background(), n.path("herald.db"))
	n.must(err)
	_, err = dump.Seek(0, 0)
	n.must(err)
	_, err = loaded.Load(context.Background(), dump)
	n.must(err)
	n.must(loaded.Close())
	n.open()
}

// known returns all that status and explain know, but for the moments of the last scan.
func (n *newsroom) known() string {
	n.t.Helper()
	status, err := n.rooms.Status(context.Background())
	n.must(err)
	for i := range status.Sources {
		status.Sources[i].LastScan, status.Sources[i].LastGood = time.Time{}, time.Time{}
	}
	editions, err := n.rooms.Editions(context.Background(), 1000)
	n.must(err)
	var explained []any
	for _, i := range n.items() {
		e, err := n.rooms.Explain(context.Background(), i.URL)
		n.must(err)
		explained = append(explained, e)
	}
	text, err := json.MarshalIndent([]any{status, editions, explained}, "", " ")
	n.must(err)
	return string(text)
}

// troubled is a newsroom in which much is open: a future post, refused articles, notices that nobody
// takes, a name that is no text, and removals that the next scan holds.
func troubled(t *testing.T) *newsroom {
	n := filled(t, 20)
	odd := "깨진\xff이름.md"
	if err := os.WriteFile(n.path("articles", odd), []byte(article("깨진 이름", "그래도 기사다.")), 0o644); err != nil {
		t.Skipf("the file system takes no such name: %v", err)
	}
	n.write("예고.md", "---\ntitle: 예고\ndate: "+n.now.Add(time.Hour).Format(time.RFC3339)+"\n---\n\n내일 눈이 온다.\n")
	n.write("기사-00.md", "---\ntitle: 고장\ndate: 언젠가\n---\n\n날짜가 없다.\n")
	n.write("새.md", "---\ntitle: 고장\ndate: 언젠가\n---\n\n날짜가 없다.\n")
	n.rename("기사-01.md", "모음/옮긴 기사.md")
	n.world.answer = func(string) (int, string) { return http.StatusServiceUnavailable, "" }
	n.pass()
	n.deliver()
	for i := 5; i < 12; i++ {
		n.remove(fmt.Sprintf("기사-%02d.md", i))
	}
	n.write("보류.md", article("보류 중에 온 글", "나루터에 배가 닿았다."))
	return n
}

// A state that went through a dump is the same state: nothing is written, nobody is told, and what waits
// waits under its number.
func TestAMovedStateGoesOn(t *testing.T) {
	n := troubled(t)
	held, _ := n.pass()
	firstSeen := n.now
	if held.Hold == nil {
		t.Fatal("nothing is held")
	}
	documents, known := n.documents(), n.known()
	if !strings.Contains(known, `"status": 503`) || !strings.Contains(known, "언젠가") {
		t.Fatalf("no notice waits, or nothing is refused:\n%s", known)
	}

	n.moveState()
	if got := n.known(); got != known {
		t.Errorf("known now:\n%s\nbefore:\n%s", got, known)
	}
	again, pub := n.pass()
	if again.Hold == nil || again.Hold.ID != held.Hold.ID || pub.Edition != 0 || len(pub.Notices) > 0 || !maps.Equal(documents, n.documents()) {
		t.Errorf("not idle: %+v %+v", again, pub)
	}
	if got := n.known(); got != known {
		t.Errorf("known after a pass:\n%s\nbefore:\n%s", got, known)
	}
	n.sameAsClean()

	n.world.answer = nil
	n.now = n.now.Add(2 * time.Hour)
	n.deliver()
	urls, _ := n.world.heard()
	if !strings.Contains(fmt.Sprint(urls), url.PathEscape("옮긴 기사")) {
		t.Errorf("what waited was not told: %q", urls)
	}
	_, err := n.rooms.Approve(context.Background(), held.Hold.ID)
	n.must(err)
	if scan, _ := n.pass(); scan.Removed != 7 || n.ids()[at("예고")] == "" {
		t.Errorf("%+v", scan)
	}
	n.sameAsClean()
	for _, i := range n.items() {
		if i.URL == at("보류") && i.Published.After(firstSeen) {
			t.Errorf("seen first at %v, dated %v", firstSeen, i.Published)
		}
	}
	if n.ids()[at("보류")] == "" {
		t.Error("what came while the scan was held is not there")
	}
}
