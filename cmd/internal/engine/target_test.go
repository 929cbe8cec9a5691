package engine_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
)

// hook is a target of URLs that asks nothing of the site: it posts one URL a line.
type hook struct{ address string }

func (h hook) Name() string                              { return h.address }
func (h hook) Channel() notify.Channel                   { return notify.URLs }
func (h hook) Batch() int                                { return 10 }
func (h hook) Ready(context.Context, notify.Fetch) error { return nil }

func (h hook) Send(ctx context.Context, changes []notify.Change) (notify.Answer, error) {
	var body strings.Builder
	for _, c := range changes {
		body.WriteString(c.URL + "\n")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address, strings.NewReader(body.String()))
	if err != nil {
		return notify.Answer{Outcome: notify.Refused}, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return notify.Answer{Detail: err.Error()}, nil
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return notify.Answer{Status: res.StatusCode}, nil
	}
	return notify.Answer{Status: res.StatusCode, Outcome: notify.Delivered}, nil
}

// receiver is an address that takes URLs of a hook and topics of a hub.
type receiver struct {
	*httptest.Server
	mu           sync.Mutex
	urls, topics []string
	refuse       string // "urls" or "topics": answered with 503
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(r.serve))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) serve(rw http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	body, _ := io.ReadAll(req.Body)
	if !strings.HasPrefix(req.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		if r.refuse == "urls" {
			rw.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		r.urls = append(r.urls, strings.Fields(string(body))...)
		return
	}
	if r.refuse == "topics" {
		rw.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	req.Body = io.NopCloser(strings.NewReader(string(body)))
	if req.ParseForm() == nil {
		r.topics = append(r.topics, req.PostForm["hub.url"]...)
	}
}

// heard returns what was told since it was last asked, in order.
func (r *receiver) heard() (urls, topics []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	urls, topics = r.urls, r.topics
	r.urls, r.topics = nil, nil
	slices.Sort(urls)
	slices.Sort(topics)
	return urls, topics
}

// publicSite serves the output folder as the site, and says 200 for each page. A file whose name ends with hidden is
// not there.
func publicSite(t *testing.T, n *newsroom, hidden *string) string {
	public := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		name := strings.Trim(r.URL.Path, "/")
		if *hidden != "" && strings.HasSuffix(name, *hidden) {
			http.NotFound(rw, r)
			return
		}
		if body, err := os.ReadFile(filepath.Join(n.path("public"), filepath.FromSlash(name))); err == nil {
			_, _ = rw.Write(body)
		}
	}))
	t.Cleanup(public.Close)
	return public.URL
}

// Only a target of IndexNow looks for the key's file; one that does not is told without it.
func TestTheKeyFileIsAskedForByIndexNowOnly(t *testing.T) {
	other := newReceiver(t)
	n := newNewsroom(t, func(s *settings) { s.Targets = []notify.Target{hook{other.URL}} })
	hidden := ".txt"
	at := publicSite(t, n, &hidden)
	n.tweak = append(n.tweak, func(s *settings) { s.Notify.Verify, s.Notify.VerifyBase = true, at })
	n.open()
	n.write("a.md", filed(1, "국회가 열렸다", "politics"))
	n.pass()
	n.write("a.md", filed(1, "국회가 다시 열렸다", "politics"))
	n.pass()
	n.deliver()
	if urls, _ := other.heard(); !slices.Equal(urls, []string{base + "/a/"}) {
		t.Errorf("no key file is public: the hook was told of %q, want of a", urls)
	}
	if urls, _ := n.world.heard(); len(urls) != 0 {
		t.Errorf("no key file is public: IndexNow was told of %q, want of nothing", urls)
	}
	hidden = ""
	n.now = n.now.Add(n.settings.Notify.Delay + time.Hour)
	n.deliver()
	if urls, _ := n.world.heard(); !slices.Equal(urls, []string{base + "/a/"}) {
		t.Errorf("the key file is public: IndexNow was told of %q, want of a", urls)
	}
}

// One address may be told of URLs and of topics: each channel has its own notices, answers and waits.
func TestOneAddressOfTwoChannels(t *testing.T) {
	both := newReceiver(t)
	n := newNewsroom(t, func(s *settings) {
		s.Notify.IndexNow, s.Notify.Hubs, s.Targets = nil, []string{both.URL}, []notify.Target{hook{both.URL}}
	})
	n.write("a.md", filed(1, "국회가 열렸다", "politics"))
	n.pass()
	n.write("a.md", filed(1, "국회가 다시 열렸다", "politics"))
	n.pass()
	both.refuse = "urls"
	n.deliver()
	if urls, topics := both.heard(); len(urls) != 0 || !slices.Equal(topics, []string{base + "/atom.xml", base + "/feed.json", base + "/feed.xml"}) {
		t.Errorf("URLs are refused: told of %q and the topics %q, want the three feeds", urls, topics)
	}
	both.refuse = ""
	n.now = n.now.Add(time.Hour)
	n.deliver()
	if urls, topics := both.heard(); !slices.Equal(urls, []string{base + "/a/"}) || len(topics) != 0 {
		t.Errorf("URLs are taken: told of %q and the topics %q, want a", urls, topics)
	}

	// The same URL on both channels is two notices.
	n.must(n.ledger.Write(context.Background(), func(tx *ledger.Tx) error {
		for _, channel := range []notify.Channel{notify.URLs, notify.Topics} {
			if _, err := n.rooms.Outbox.Queue(tx, channel, notify.Change{URL: base + "/feed.xml"}, 1, ledger.Millis(n.now)); err != nil {
				return err
			}
		}
		return nil
	}))
	status, err := n.rooms.Status(context.Background())
	n.must(err)
	if status.WaitingCount != 2 {
		t.Errorf("got %d notices that wait, %+v, want one on each channel", status.WaitingCount, status.Waiting)
	}
	n.deliver()
	if urls, topics := both.heard(); !slices.Equal(urls, []string{base + "/feed.xml"}) || !slices.Equal(topics, urls) {
		t.Errorf("told of %q and the topics %q, want the feed as both", urls, topics)
	}
}
