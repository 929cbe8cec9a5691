package engine_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/outbox"
)

func TestNoticesNameExactlyWhatChanged(t *testing.T) {
	n := filled(t, 12)
	steps := []struct {
		name   string
		do     func()
		urls   []string
		topics int
	}{
		{"edit", func() { n.write("기사-02.md", article("마을 소식 2", "다른 본문")) }, []string{base + "/%EA%B8%B0%EC%82%AC-02/"}, 3},
		{"add", func() { n.write("new.md", article("새 소식", "본문")) }, []string{base + "/new/"}, 3},
		{"rename", func() { n.rename("new.md", "newer.md") }, []string{base + "/new/", base + "/newer/"}, 3},
		{"delete", func() { n.remove("newer.md") }, []string{base + "/newer/"}, 3},
		{"nothing", func() {}, nil, 0},
		{"refuse", func() { n.write("기사-02.md", "---\ntitle: x\ndate: 언젠가\n---\n") }, nil, 0},
	}
	for _, s := range steps {
		s.do()
		n.pass()
		n.open() // a restart loses nothing and says nothing twice
		n.deliver()
		n.deliver()
		urls, topics := n.world.heard()
		slices.Sort(urls)
		if !slices.Equal(urls, s.urls) || len(topics) != s.topics {
			t.Errorf("%s: told %q and %d topics, want %q and %d", s.name, urls, len(topics), s.urls, s.topics)
		}
		n.sameAsClean()
	}
}

func TestN8DeliveryOutlivesFailures(t *testing.T) {
	n := filled(t, 3)
	failures := 3
	n.world.answer = func(path string) (int, string) {
		if path == "/indexnow" && failures > 0 {
			failures--
			return 503, ""
		}
		return 0, ""
	}
	n.write("기사-00.md", article("마을 소식 0", "고침"))
	n.pass()
	for range 3 {
		report := n.deliver()
		if len(report.Waiting) != 1 {
			t.Fatalf("%+v", report)
		}
		if report = n.deliver(); len(report.Waiting)+len(report.Delivered) != 0 {
			t.Fatalf("tried again at once: %+v", report)
		}
		n.now = n.now.Add(10 * time.Second)
		n.open()
	}
	if report := n.deliver(); len(report.Delivered) != 1 {
		t.Fatalf("%+v", report)
	}
	if urls, topics := n.world.heard(); len(urls) != 1 || len(topics) != 3 {
		t.Errorf("told %q %q", urls, topics)
	}
}

func TestN5DelayAndMinInterval(t *testing.T) {
	n := filled(t, 3, func(s *settings) {
		s.Notify.Delay, s.Notify.MinInterval, s.Notify.Hubs = 30*time.Second, 10*time.Minute, nil
	})
	for i := range 3 {
		n.write("기사-00.md", article("마을 소식 0", fmt.Sprint("고침 ", i)))
		n.now = n.now.Add(-50 * time.Second) // passes ten seconds apart
		n.pass()
		n.deliver()
	}
	if urls, _ := n.world.heard(); len(urls) != 0 {
		t.Fatalf("told within the delay: %q", urls)
	}
	n.now = n.now.Add(31 * time.Second)
	n.deliver()
	if urls, _ := n.world.heard(); len(urls) != 1 {
		t.Fatalf("after the delay: %q", urls)
	}
	n.write("기사-00.md", article("마을 소식 0", "또 고침"))
	n.pass()
	n.now = n.now.Add(time.Minute)
	if report := n.deliver(); len(report.Delivered) != 0 || report.Left != 0 {
		t.Fatalf("within min_interval: %+v", report)
	}
	n.now = n.now.Add(10 * time.Minute)
	if report := n.deliver(); len(report.Delivered) != 1 {
		t.Fatalf("after min_interval: %+v", report)
	}
}

func TestN8ANewerNoticeOfAFailingTargetIsLeftOverToo(t *testing.T) {
	n := filled(t, 3)
	n.world.answer = func(path string) (int, string) {
		if path == "/indexnow" {
			return 503, ""
		}
		return 0, ""
	}
	n.write("기사-00.md", article("마을 소식 0", "고침"))
	n.pass()
	n.deliver()
	n.write("기사-00.md", article("마을 소식 0", "또 고침"))
	n.now = n.now.Add(-time.Minute) // within the pause that the failure brought
	n.pass()
	if report := n.deliver(); report.Left != 1 {
		t.Errorf("%+v", report)
	}
}

func TestN11AHangingTargetKeepsNoOtherWaiting(t *testing.T) {
	arrived, release := make(chan struct{}, 3), make(chan struct{})
	hub := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-release
	}))
	t.Cleanup(hub.Close)
	n := filled(t, 3, func(s *settings) { s.Notify.Hubs = []string{hub.URL} })
	n.write("기사-00.md", article("마을 소식 0", "고침"))
	n.pass()
	hanging := make(chan *outbox.DeliverReport)
	go func() {
		report, err := n.rooms.Deliver(context.Background(), outbox.DeliverOptions{})
		if err != nil {
			t.Error(err)
		}
		hanging <- report
	}()
	<-arrived
	n.write("기사-01.md", article("마을 소식 1", "고침"))
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{}) // the clock stands: a delivery reads it
	n.must(err)
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	for { // the first delivery may still be at it
		report := n.deliver()
		if len(report.Waiting) > 0 {
			t.Fatalf("%+v", report)
		}
		if urls, _ := n.world.heardOf(2); len(urls) == 2 {
			break
		}
		runtime.Gosched()
	}
	close(release)
	if report := <-hanging; len(report.Delivered) < 3 {
		t.Errorf("%+v", report)
	}
}

func TestADeliveryEndsInTime(t *testing.T) {
	release := make(chan struct{})
	hub := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(hub.Close)
	t.Cleanup(func() { close(release) })
	n := filled(t, 3, func(s *settings) { s.Notify.Hubs = []string{hub.URL} })
	n.write("기사-00.md", article("마을 소식 0", "고침"))
	n.pass()
	report, err := n.rooms.Deliver(context.Background(), outbox.DeliverOptions{Within: 500 * time.Millisecond})
	n.must(err)
	if len(report.Delivered) != 1 || len(report.Waiting) != 1 || report.Left != 3 {
		t.Errorf("%+v", report)
	}
}
