package engine_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/live"
)

// builder is the site that somebody else builds: it answers what was last set for each path, and 404.
type builder struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]int
	asked   map[string]int
}

func newBuilder(t *testing.T) *builder {
	b := &builder{answers: map[string]int{}, asked: map[string]int{}}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.asked[r.URL.Path]++
		status := b.answers[r.URL.Path]
		if status/100 == 3 {
			w.Header().Set("Location", r.URL.Path+"/")
		}
		if status == 0 {
			status = 404
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(b.Close)
	return b
}

func (b *builder) set(path string, status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answers[path] = status
}

func (b *builder) requests(path string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked[path]
}

// built is a newsroom whose pages somebody else builds, with one article whose page stands.
func built(t *testing.T) (*newsroom, *builder) {
	b := newBuilder(t)
	n := newNewsroom(t, func(s *settings) { s.Sources[0].Live = true })
	b.set("/first/", 200)
	n.write("first.md", article("첫 글", "이미 서 있다."))
	n.ask(b)
	n.pass()
	n.ask(b)
	n.pass()
	n.deliver()
	n.world.heard()
	return n, b
}

// ask asks the builder for what waits, whether or not it is due.
func (n *newsroom) ask(b *builder) *live.Report {
	n.t.Helper()
	r, err := n.asker(b).Ask(context.Background(), live.Options{All: true, Within: time.Minute})
	n.must(err)
	return r
}

func (n *newsroom) asker(b *builder) *live.Asker {
	return live.New(live.Config{
		Ledger: n.ledger, Client: b.Client(), Site: n.settings.Site.URL, Base: b.URL, UserAgent: "herald/test", Now: func() time.Time { return n.now },
	})
}

func TestAnArticleEntersOnceItsURLAnswers(t *testing.T) {
	n, b := built(t)
	n.feedIs("첫 글")
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("the first scan told %q %q", urls, topics)
	}
	before := n.read("sitemap.xml")
	n.write("new.md", article("새 글", "아직 서지 않았다."))
	scan, pub := n.pass()
	r := n.ask(b)
	if scan.Added != 1 || len(pub.Written)+len(pub.Notices) > 0 || n.read("sitemap.xml") != before || r.Waiting != 1 || r.Arrived != 0 {
		t.Errorf("%+v, written %q, %+v", scan, pub.Written, r)
	}
	lives, err := n.rooms.Explain(context.Background(), "new.md")
	if n.must(err); lives[0].State != "waiting" || !strings.Contains(strings.Join(lives[0].Why, "\n"), "(publish_when: live); at 2026-11-22T09:03:00Z it answers 404; it is asked again at 2026-11-22T09:03:15Z") {
		t.Errorf("explained as %s, %q", lives[0].State, lives[0].Why)
	}
	status, err := n.rooms.Status(context.Background())
	if n.must(err); status.LiveCount != 1 || len(status.Live) != 1 || status.Live[0].URL != at("new") || status.Live[0].Answer != "it answers 404" {
		t.Errorf("status: %+v", status.Live)
	}
	b.set("/new/", 200)
	if r := n.ask(b); r.Arrived != 1 || r.Waiting != 0 || !r.Next.IsZero() {
		t.Errorf("%+v", r)
	}
	_, pub = n.pass()
	n.deliver()
	if urls, _ := n.world.heard(); len(pub.Written) != 4 || len(urls) != 1 || urls[0] != at("new") {
		t.Errorf("written %q, told %q", pub.Written, urls)
	}
	n.feedIs("새 글 첫 글")
}

// A page that was once there stays in, whatever becomes of it, and nobody asks for it again.
func TestWhatWasOnceLiveStays(t *testing.T) {
	n, b := built(t)
	b.set("/first/", 404)
	asked := b.requests("/first/")
	n.write("first.md", article("첫 글", "고쳤다."))
	n.pass()
	n.ask(b)
	n.remove("first.md")
	n.write("second.md", article("둘째", "먼저 지운 것과 다르다."))
	n.force = true
	n.pass()
	n.write("first.md", article("첫 글", "돌아왔다."))
	n.pass()
	n.ask(b)
	n.feedIs("첫 글")
	if got := b.requests("/first/"); got != asked {
		t.Errorf("asked for %d times, want %d", got, asked)
	}
}

func TestARedirectIsNoAnswer(t *testing.T) {
	n, b := built(t)
	n.write("moved.md", "---\ntitle: 옮긴 글\npermalink: /moved\n---\n\n본문이다.\n")
	b.set("/moved", 301)
	b.set("/moved/", 200)
	n.pass()
	r := n.ask(b)
	if r.Arrived != 0 || len(r.Waits) != 1 || r.Waits[0].Answer != "it answers 301 and leads to /moved/; the URL must answer itself: see permalink" {
		t.Errorf("%+v", r)
	}
	n.write("moved.md", "---\ntitle: 옮긴 글\npermalink: /moved/\n---\n\n본문이다.\n")
	n.pass()
	if r := n.ask(b); r.Arrived != 1 {
		t.Errorf("under its own URL: %+v", r)
	}
}

// Drafts, and articles to come, are on no site: nobody asks for them.
func TestNobodyAsksForWhatIsNotOut(t *testing.T) {
	n, b := built(t)
	n.write("draft.md", "---\ntitle: 초안\ndraft: true\n---\n본문\n")
	n.write("later.md", datedPost("나중", n.now.Add(time.Hour).Format(time.RFC3339)))
	b.set("/draft/", 200)
	b.set("/later/", 200)
	n.pass()
	if r := n.ask(b); r.Asked != 0 || r.Waiting != 0 {
		t.Errorf("%+v", r)
	}
	n.now = n.now.Add(time.Hour)
	if r := n.ask(b); r.Arrived != 1 || b.requests("/draft/") != 0 {
		t.Errorf("at its moment: %+v", r)
	}
	n.pass()
	n.feedIs("나중 첫 글")
}

func TestQuestionsAreSpacedOut(t *testing.T) {
	n, b := built(t)
	n.write("new.md", article("새 글", "아직 서지 않았다."))
	n.pass()
	a := n.asker(b)
	for range 400 {
		n.now = n.now.Add(15 * time.Second)
		_, err := a.Ask(context.Background(), live.Options{Within: time.Minute})
		n.must(err)
	}
	if got := b.requests("/new/"); got < 8 || got > 11 { // after 15 s, 30 s, 1 min, … 1 h
		t.Errorf("asked for %d times in 100 minutes", got)
	}
	b.Close() // nobody answers
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"} {
		n.write(name+".md", article(name, "글 "+name))
	}
	n.pass()
	if r := n.ask(b); r.Asked > 8 || r.Waiting != 12 {
		t.Errorf("of a site that is down: %+v", r)
	}
}

func TestASiteThatIsAskedTooMuch(t *testing.T) {
	n, b := built(t)
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"} {
		n.write(name+".md", article(name, "글 "+name))
		b.set("/"+name+"/", 429)
	}
	n.pass()
	if r := n.ask(b); r.Asked > 8 || r.Waiting != 11 {
		t.Errorf("%+v", r)
	}
}

// What documents show when the ledger is lost was live, and what waited waits again.
func TestWaitingWhenTheStateIsLost(t *testing.T) {
	n, b := built(t)
	n.write("new.md", article("새 글", "아직 서지 않았다."))
	n.pass()
	before := n.documents()
	n.lose()
	n.pass()
	if n.read("feed.xml") != before["feed.xml"] {
		t.Errorf("the feed changed:\n%s", n.read("feed.xml"))
	}
	b.set("/new/", 200)
	n.ask(b)
	n.pass()
	n.feedIs("새 글 첫 글")
}

// The setting may change: what waits enters at once when nobody is to be waited for.
func TestWaitingEndsWithItsSetting(t *testing.T) {
	n, _ := built(t)
	n.write("new.md", article("새 글", "아직 서지 않았다."))
	n.pass()
	n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Live = false })
	n.open()
	n.pass()
	n.feedIs("새 글 첫 글")
	n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Live = true })
	n.open()
	n.pass()
	n.feedIs("새 글 첫 글")
}

func TestAnEditedArticleIsAskedForAtOnce(t *testing.T) {
	n, b := built(t)
	n.write("new.md", article("새 글", "아직 서지 않았다."))
	n.pass()
	for range 8 {
		n.ask(b)
	}
	n.write("new.md", article("새 글", "고쳤고, 이제 선다."))
	b.set("/new/", 200)
	n.pass()
	r, err := n.asker(b).Ask(context.Background(), live.Options{Within: time.Minute})
	if n.must(err); r.Arrived != 1 {
		t.Errorf("%+v", r)
	}
}

// The daemon asks beside its scans, and publishes what has come.
func TestTheDaemonAsksForURLs(t *testing.T) {
	n, b := built(t)
	n.write("new.md", article("새 글", "아직 서지 않았다."))
	d := runDaemon(n, func(c *engine.Config) {
		c.Sources[0].Schedule = every(24 * time.Hour)
		c.Pipeline.Live = live.New(live.Config{
			Ledger: c.Ledger, Client: b.Client(), Site: n.settings.Site.URL, Base: b.URL, UserAgent: "herald/test", Now: func() time.Time { return c.Now() },
		})
	})
	d.wantLines("the page is not there", "asked=1 live=0", 1)
	b.set("/new/", 200)
	d.move(15 * time.Second)
	d.wantLines("the page has come", "asked=1 live=1", 1)
	d.wantLines("the page has come", "msg=published", 1)
	n.now = d.clock()
	n.feedIs("새 글 첫 글")
}

// What answered at a URL of before the site moved has not answered where it stands now.
func TestAnAnswerOfTheFormerHostLetsNothingIn(t *testing.T) {
	n, b := built(t)
	n.write("new.md", article("새 글", "이사하는 날에 왔다."))
	n.pass()
	b.set("/new/", 200)
	n.ask(b)
	n.siteURL, n.force = "https://new.example.org", true
	n.open()
	n.pass()
	n.force = false
	n.feedIs("첫 글")
	n.ask(b)
	n.pass()
	n.feedIs("새 글 첫 글")
}
