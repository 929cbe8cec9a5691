package engine_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/notify"
	"herald/cmd/internal/outbox"
)

// judge is a target of URLs that answers each request as a function does.
type judge struct {
	requests [][]string // the URLs of each
	batch    int        // how many at most; 0: 10,000
	answer   func(urls []string) notify.Answer
	removed  map[string]bool // what each URL was last told to be
}

func (j *judge) Name() string                              { return "https://judge.example/" }
func (j *judge) Channel() notify.Channel                   { return notify.URLs }
func (j *judge) Batch() int                                { return cmp.Or(j.batch, 10_000) }
func (j *judge) Ready(context.Context, notify.Fetch) error { return nil }

func (j *judge) Send(_ context.Context, changes []notify.Change) (notify.Answer, error) {
	var urls []string
	for _, c := range changes {
		urls = append(urls, c.URL)
		j.removed[c.URL] = c.Removed
	}
	j.requests = append(j.requests, urls)
	return j.answer(urls), nil
}

func delivered([]string) notify.Answer { return notify.Answer{Status: 200, Outcome: notify.Delivered} }

// judged is a newsroom whose only target of URLs is a judge, which first takes what it hears of the beginning.
func judged(t *testing.T, answer func(urls []string) notify.Answer, tweak ...func(*settings)) (*newsroom, *judge) {
	j := &judge{answer: delivered, removed: map[string]bool{}}
	n := filled(t, 3, append([]func(*settings){func(s *settings) {
		s.Notify.IndexNow, s.Targets, s.Guard = nil, []notify.Target{j}, nil
	}}, tweak...)...)
	j.answer, j.requests = answer, nil
	return n, j
}

// A flow of articles that is faster than the delay reaches targets all the same, in batches.
func TestAFlowOfArticlesIsToldInBatches(t *testing.T) {
	n, j := judged(t, delivered, func(s *settings) { s.Notify.Delay = 30 * time.Second })
	const articles = 60
	var longest time.Duration
	last := n.now
	for i := range articles {
		n.write(fmt.Sprintf("흐름-%02d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
		n.now = n.now.Add(-40 * time.Second) // a pass adds a minute: an article every 20 seconds
		n.pass()
		if n.deliver(); len(j.requests) > 0 && n.now.Sub(last) > longest {
			longest = n.now.Sub(last)
		}
		if _, topics := n.world.heard(); len(topics) > 0 {
			last = n.now
		}
	}
	if longest > 6*time.Minute { // ten delays, and a pass
		t.Errorf("hubs heard nothing for %v, want five minutes at most", longest)
	}
	if got := len(j.requests); got < 3 || got > 5 {
		t.Errorf("got %d requests in 20 minutes, want one every five", got)
	}
	n.now = n.now.Add(time.Minute)
	n.deliver()
	if got := len(slices.Concat(j.requests...)); got != articles {
		t.Errorf("told of %d articles, want %d", got, articles)
	}
}

// What a long wait gathers is bounded by ten minutes, whatever the delay.
func TestALongDelayIsBounded(t *testing.T) {
	n, j := judged(t, delivered, func(s *settings) { s.Notify.Delay = 5 * time.Minute })
	for i := range 12 {
		n.write(fmt.Sprintf("흐름-%02d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
		n.pass()
		n.deliver()
	}
	if len(j.requests) != 1 || len(j.requests[0]) != 11 {
		t.Errorf("got requests of %v, want one of the first eleven after ten minutes", j.requests)
	}
}

// Retry-After holds for the target, not for what it was told: no later article asks it again, and then one request tells all.
func TestAPauseHoldsForTheTarget(t *testing.T) {
	for _, status := range []int{429, 503} {
		busy := notify.Answer{Status: status, RetryAfter: 10 * time.Minute}
		n, j := judged(t, func([]string) notify.Answer { return busy })
		start := n.now
		for i := range 4 {
			n.write(fmt.Sprintf("새-%d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
			n.pass()
			n.deliver()
			n.open() // a restart forgets nothing
		}
		if len(j.requests) != 1 {
			t.Fatalf("%d: asked %d times within the pause, want once", status, len(j.requests))
		}
		j.answer = delivered
		n.now = start.Add(time.Minute + 10*time.Minute)
		n.deliver()
		if len(j.requests) != 2 || len(j.requests[1]) != 4 {
			t.Errorf("%d: got %q after the pause, want one request of four", status, j.requests[1:])
		}
	}
}

// The backoff of an outage grows with each failure of the target, and ends with its next good answer.
func TestABackoffBelongsToTheTarget(t *testing.T) {
	n, j := judged(t, func([]string) notify.Answer { return notify.Answer{Status: 500} })
	n.write("새-0.md", article("소식", "본문"))
	n.pass()
	for i, want := range []int{1, 1, 2, 2, 2, 2, 3} { // a second later, two seconds after that, and so on
		n.deliver()
		if len(j.requests) != want {
			t.Errorf("at step %d asked %d times, want %d", i, len(j.requests), want)
		}
		n.now = n.now.Add(500 * time.Millisecond)
	}
	j.answer = delivered
	n.now = n.now.Add(time.Hour)
	n.deliver()
	n.write("새-1.md", article("소식 하나", "본문"))
	n.pass()
	if n.deliver(); len(j.requests) != 5 {
		t.Errorf("asked %d times, want at once after a good answer", len(j.requests))
	}
	j.answer = func([]string) notify.Answer { return notify.Answer{Status: 500} }
	n.write("새-2.md", article("소식 둘", "본문"))
	n.pass()
	n.deliver()
	if n.now = n.now.Add(time.Second); n.deliver().Left == 0 || len(j.requests) != 7 {
		t.Errorf("asked %d times, want again a second after the first failure of another outage", len(j.requests))
	}
}

// How long a target asks to be left alone counts, also where its failures alone would bring a longer wait.
func TestWhatATargetAsksForGoesBeforeTheBackoff(t *testing.T) {
	answer := notify.Answer{Status: 503}
	n, j := judged(t, func([]string) notify.Answer { return answer })
	n.write("새.md", article("소식", "본문"))
	n.pass()
	for range 8 { // the next wait would be four minutes
		n.deliver()
		n.now = n.now.Add(time.Hour)
	}
	answer.RetryAfter = 3 * time.Second
	n.deliver()
	asked := len(j.requests)
	for _, step := range []struct{ wait, more int }{{2, 0}, {1, 1}, {2, 1}, {1, 2}} {
		n.now = n.now.Add(time.Duration(step.wait) * time.Second)
		if n.deliver(); len(j.requests) != asked+step.more {
			t.Errorf("asked %d times more, want %d", len(j.requests)-asked, step.more)
		}
	}
}

// A batch that is refused is halved until the fault stands alone; where every part is refused, few requests show it.
func TestARefusedBatchIsHalved(t *testing.T) {
	const articles = 64
	isBad := func(bad ...string) func(urls []string) notify.Answer {
		return func(urls []string) notify.Answer {
			for _, b := range bad {
				if slices.Contains(urls, base+"/"+b+"/") {
					return notify.Answer{Status: 422, Outcome: notify.Refused, Detail: "422 Unprocessable Entity"}
				}
			}
			return delivered(nil)
		}
	}
	all := make([]string, articles)
	for i := range all {
		all[i] = fmt.Sprintf("n-%02d", i)
	}
	var odd []string
	for i := articles/2 + 1; i < articles; i += 2 {
		odd = append(odd, all[i])
	}
	for name, c := range map[string]struct {
		bad       []string
		dead, top int // top bounds the requests
	}{
		"none":            {nil, 0, 1},
		"the first":       {all[:1], 1, 13},
		"the last":        {all[articles-1:], 1, 13},
		"two far apart":   {[]string{all[3], all[60]}, 2, 25},
		"two neighbours":  {all[31:33], 2, 25},
		"all":             {all, articles, 7},
		"many, scattered": {odd, 32, 33}, // pairs are not divided any more
	} {
		n, j := judged(t, isBad(c.bad...))
		for _, name := range all {
			n.write(name+".md", article("소식 "+name, "본문"))
		}
		n.pass()
		report := n.deliver()
		if len(report.Dead) != c.dead || len(report.Delivered) < articles-c.dead || len(j.requests) > c.top {
			t.Errorf("%s: got %d dead, %d delivered in %d requests, want %d dead and at most %d requests",
				name, len(report.Dead), len(report.Delivered), len(j.requests), c.dead, c.top)
		}
	}
}

// Nobody is told of an edit that the public documents do not show yet, RSS among them, which has no time of a change.
func TestAnEditThatThePublicDoesNotShowIsToldToNobody(t *testing.T) {
	for name, change := range map[string]struct{ title, body string }{
		"words": {"마을 소식 0", "다른 말"},
		"title": {"고친 제목", "바람마을에서 0번째 장이 열렸다."},
	} {
		stale := map[string]string{}
		var n *newsroom
		public := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			name := strings.Trim(r.URL.Path, "/")
			if body, is := stale[name]; is {
				_, _ = rw.Write([]byte(body))
			} else if body, err := os.ReadFile(n.path("public", name)); err == nil {
				_, _ = rw.Write(body)
			}
		}))
		t.Cleanup(public.Close)
		var j *judge
		n, j = judged(t, delivered)
		n.tweak = append(n.tweak, func(s *settings) { s.Notify.Verify, s.Notify.VerifyBase = true, public.URL })
		n.open()
		for _, doc := range []string{"feed.xml", "atom.xml", "feed.json"} {
			stale[doc] = n.documents()[doc]
		}
		n.write("기사-00.md", article(change.title, change.body))
		n.pass()
		n.deliver()
		if _, topics := n.world.heard(); len(topics) > 0 || len(j.requests) > 0 {
			t.Errorf("%s: told of %q and %q, want of nothing", name, topics, j.requests)
		}
		// Something that rewrites the feeds on their way changes their bytes, not what readers see.
		for doc := range stale {
			stale[doc] = strings.ReplaceAll(n.documents()[doc], "<item>", "<item >")
		}
		n.now = n.now.Add(time.Hour)
		n.deliver()
		if _, topics := n.world.heard(); len(topics) != 3 {
			t.Errorf("%s: told of %q, want of three feeds", name, topics)
		}
	}
}

// Looking at pages takes no more than half of the time for requests: what was seen is told.
func TestWhatWasSeenInTimeIsTold(t *testing.T) {
	var looked atomic.Int64
	slow := make(chan struct{})
	var n *newsroom
	public := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		name := strings.Trim(r.URL.Path, "/")
		if body, err := os.ReadFile(n.path("public", name)); err == nil {
			_, _ = rw.Write(body)
			return
		}
		if looked.Add(1) > 5 {
			select { // as a site that does not answer
			case <-slow:
			case <-r.Context().Done():
			}
		}
	}))
	t.Cleanup(public.Close)
	t.Cleanup(func() { close(slow) })
	n, _ = judged(t, delivered) // the variable that the site reads
	n.tweak = append(n.tweak, func(s *settings) { s.Notify.Verify, s.Notify.VerifyBase, s.Notify.Hubs = true, public.URL, nil })
	n.open()
	for i := range 20 {
		n.write(fmt.Sprintf("새-%02d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
	}
	n.pass()
	report, err := n.rooms.Deliver(context.Background(), outbox.DeliverOptions{Within: time.Second})
	n.must(err)
	if len(report.Delivered) != 5 || report.Left != 15 || len(report.Dead) != 0 {
		t.Errorf("got %d delivered and %d left, want 5 and 15", len(report.Delivered), report.Left)
	}
}
