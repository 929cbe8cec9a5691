package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"herald/cmd/internal/notify"
	"herald/cmd/internal/outbox"
)

// unprocessable refuses a request for something that it holds.
var unprocessable = notify.Answer{Status: 422, Outcome: notify.Refused, Detail: "422 Unprocessable Entity"}

// While a refused batch is halved, a target that asks to be left alone is left alone at once; what it took before is told,
// what nobody knows an answer to stays due, and later nothing is told twice.
func TestATargetThatSaysStopWhileABatchIsHalved(t *testing.T) {
	for _, stop := range []int{429, 503} {
		for request := 2; request <= 8; request++ { // of the halves, which one is answered so
			n, j := judged(t, nil)
			j.answer = func(urls []string) notify.Answer {
				switch {
				case len(j.requests) == request:
					return notify.Answer{Status: stop, RetryAfter: 10 * time.Minute}
				case slices.Contains(urls, base+"/n-05/"):
					return unprocessable
				}
				return delivered(nil)
			}
			for i := range 8 {
				n.write(fmt.Sprintf("n-%02d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
			}
			n.pass()
			report := n.deliver()
			if request > len(j.requests) {
				continue // it was never asked so often
			}
			if len(j.requests) != request {
				t.Errorf("%d at request %d: asked %d times", stop, request, len(j.requests))
			}
			told := ofTarget(report.Delivered, j.Name())
			asked := len(j.requests)
			n.now = n.now.Add(9 * time.Minute)
			if n.deliver(); len(j.requests) != asked {
				t.Errorf("%d at request %d: asked within its pause", stop, request)
			}
			n.now = n.now.Add(time.Hour)
			later := n.deliver()
			if all := append(told, ofTarget(later.Delivered, j.Name())...); len(all) != 7 || len(distinct(all)) != 7 {
				t.Errorf("%d at request %d: told %q, want seven URLs, each once", stop, request, all)
			}
			if dead := ofTarget(later.Dead, j.Name()); !slices.Equal(dead, []string{base + "/n-05/"}) {
				t.Errorf("%d at request %d: got %q given up, want n-05", stop, request, dead)
			}
		}
	}
}

// Batches of one: a target that asks to be left alone is asked for no other.
func TestATargetThatSaysStopIsAskedForNoOtherBatch(t *testing.T) {
	for _, answer := range []notify.Answer{{Status: 429, RetryAfter: time.Minute}, {Status: 500}, {Detail: "no answer in time"}} {
		n, j := judged(t, func([]string) notify.Answer { return answer })
		j.batch = 1
		for i := range 5 {
			n.write(fmt.Sprintf("n-%d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
		}
		n.pass()
		if report := n.deliver(); len(j.requests) != 1 || report.Left != 5 {
			t.Errorf("%+v: asked %d times and %d left, want once and all five", answer, len(j.requests), report.Left)
		}
		// One that only refuses what it is asked is asked for each.
		j.requests, j.answer = nil, func([]string) notify.Answer { return notify.Answer{Status: 400, Outcome: notify.Refused} }
		n.now = n.now.Add(time.Hour)
		if report := n.deliver(); len(j.requests) != 5 || len(report.Dead) != 5 {
			t.Errorf("refused: asked %d times and %d given up, want five", len(j.requests), len(report.Dead))
		}
	}
}

// A notice is tried for seven days and then given up; not before, and not later.
func TestANoticeIsGivenUpAfterSevenDays(t *testing.T) {
	n, j := judged(t, func([]string) notify.Answer { return notify.Answer{Status: 503} })
	n.write("새.md", article("소식", "본문"))
	n.pass()
	queued := n.now
	for _, step := range []struct {
		after      time.Duration
		dead, left int
	}{
		{0, 0, 1},
		{24 * time.Hour, 0, 1},
		{7*24*time.Hour - time.Second, 0, 1},
		{7*24*time.Hour + 2*time.Hour, 1, 0},
		{8 * 24 * time.Hour, 0, 0},
	} {
		n.now = queued.Add(step.after)
		n.open() // the time counts from the change, whoever tried
		if report := n.deliver(); len(report.Dead) != step.dead || report.Left != step.left {
			t.Errorf("after %v: got %d given up and %d left, want %d and %d", step.after, len(report.Dead), report.Left, step.dead, step.left)
		}
	}
	status, err := n.rooms.Status(context.Background())
	n.must(err)
	if status.DeadCount != 1 || len(j.requests) != 4 {
		t.Errorf("got %d dead in status after %d requests, want one after four", status.DeadCount, len(j.requests))
	}
}

// A later change of an article begins the seven days anew only once the notice before it was answered.
func TestALaterChangeDoesNotProlongTheSevenDays(t *testing.T) {
	n, _ := judged(t, func([]string) notify.Answer { return notify.Answer{Status: 503} })
	start := n.now.Add(time.Hour)
	for day := range 8 {
		n.now = start.Add(time.Duration(day) * (24*time.Hour + time.Minute))
		n.write("새.md", article(fmt.Sprint("소식 ", day), "본문"))
		n.pass()
		report := n.deliver()
		if got, want := len(report.Dead), day/7; got != want {
			t.Errorf("on day %d: got %d given up, want %d", day, got, want)
		}
	}
}

// What a dry run says it told was told to nobody: it counts for no interval, and answers nothing.
func TestADryRunIsNoSending(t *testing.T) {
	dry := true
	n, j := judged(t, delivered, func(s *settings) { s.Notify.MinInterval, s.Notify.DryRun = 10*time.Minute, dry })
	n.write("새.md", article("소식", "본문"))
	n.pass()
	if report := n.deliver(); len(j.requests) != 0 || len(ofTarget(report.Delivered, j.Name())) != 1 {
		t.Fatalf("a dry run asked %d times and reported %+v, want no request and one notice", len(j.requests), report.Delivered)
	}
	if _, topics := n.world.heard(); len(topics) != 0 {
		t.Fatalf("a dry run told hubs of %q", topics)
	}
	dry = false
	n.open()
	n.write("새.md", article("소식", "고친 본문"))
	n.pass()
	n.deliver()
	if want := [][]string{{base + "/%EC%83%88/"}}; !slices.EqualFunc(j.requests, want, slices.Equal[[]string]) {
		t.Errorf("a minute after the dry run: told %q, want %q", j.requests, want)
	}
	n.write("새.md", article("소식", "또 고친 본문"))
	n.pass()
	if n.deliver(); len(j.requests) != 1 {
		t.Errorf("a minute after the first sending: told %q within min_interval", j.requests[1:])
	}
}

// A target hears of URLs in their order, each once, however it is told: in one request, in several, over restarts and failures.
func TestURLsAreToldInTheirOrder(t *testing.T) {
	for _, batch := range []int{1, 3, 100} {
		n, j := judged(t, nil)
		j.batch = batch
		j.answer = func([]string) notify.Answer {
			if len(j.requests)%4 == 3 {
				return notify.Answer{Status: 503}
			}
			return delivered(nil)
		}
		for _, i := range []int{7, 2, 9, 0, 5, 1, 8, 3, 6, 4} {
			n.write(fmt.Sprintf("n-%d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
			n.pass()
		}
		var told []string
		for range 6 {
			from := len(told)
			told = append(told, ofTarget(n.deliver().Delivered, j.Name())...)
			if !slices.IsSorted(told[from:]) {
				t.Errorf("batches of %d: told %q, want URLs in their order", batch, told[from:])
			}
			n.now = n.now.Add(time.Hour)
			n.open()
		}
		for _, request := range j.requests {
			if !slices.IsSorted(request) || len(request) > batch {
				t.Errorf("batches of %d: got the request %q", batch, request)
			}
		}
		if len(told) != 10 || len(distinct(told)) != 10 {
			t.Errorf("batches of %d: told %q, want ten URLs, each once", batch, told)
		}
	}
}

// What changes while a request is under way is told after it: the answer to the older state answers no newer one.
func TestAChangeDuringARequestIsToldAfterIt(t *testing.T) {
	for name, change := range map[string]func(n *newsroom){
		"edited":  func(n *newsroom) { n.write("새.md", article("소식", "고친 본문")) },
		"removed": func(n *newsroom) { n.remove("새.md") },
	} {
		for _, first := range []notify.Answer{delivered(nil), {Status: 503}, {Status: 400, Outcome: notify.Refused}} {
			// Another target would read the clock that the change moves.
			n, j := judged(t, nil, func(s *settings) { s.Notify.Hubs = nil })
			j.answer = func([]string) notify.Answer {
				if len(j.requests) == 1 {
					change(n)
					n.pass()
					return first
				}
				return delivered(nil)
			}
			n.write("새.md", article("소식", "본문"))
			n.pass()
			n.deliver()
			for range 3 {
				n.now = n.now.Add(time.Hour)
				n.deliver()
			}
			url := base + "/%EC%83%88/"
			if want := [][]string{{url}, {url}}; !slices.EqualFunc(j.requests, want, slices.Equal[[]string]) || j.removed[url] != (name == "removed") {
				t.Errorf("%s while the first request is answered %+v: told %q, removed at last: %t", name, first, j.requests, j.removed[url])
			}
		}
	}
}

// Nothing leaves for another host, whatever stands in the ledger.
func TestOnlyTheSitesOwnURLsAreTold(t *testing.T) {
	n, j := judged(t, delivered)
	n.write("새.md", article("소식", "본문"))
	n.pass()
	n.siteURL = "https://moved.example.net"
	n.open()
	report := n.deliver()
	if dead := ofTarget(report.Dead, j.Name()); len(j.requests) != 0 || !slices.Equal(dead, []string{base + "/%EC%83%88/"}) {
		t.Errorf("after a move: told %q and gave up %q, want nothing told and the old URL given up", j.requests, dead)
	}
}

// ofTarget returns the URLs of the notices of one target.
func ofTarget(notices []outbox.Notice, name string) (urls []string) {
	for _, n := range notices {
		if n.Target == name {
			urls = append(urls, n.URL)
		}
	}
	return urls
}

func distinct(all []string) []string {
	all = slices.Sorted(slices.Values(all))
	return slices.Compact(all)
}
