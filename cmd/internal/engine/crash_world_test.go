package engine_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/sitemap"
)

// versions returns what stands of each article's URL and each topic: the word by which the desk knows
// a version of an article, and a feed's digest.
func versions(base, public string) map[string]string {
	return versionsOf(base, func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(public, name)) })
}

// crashFeeds are the documents of the feeds beside main that a crash may meet.
var crashFeeds = []string{"old.xml", "old.atom.xml", "old.json", "short.xml", "each-바다.xml", "each-장터.xml"}

// archived is what a feed says of its newest archive document, of which nobody is told: it is another after a change of an
// article that the feed itself does not show.
var archived = regexp.MustCompile(`(?m)^.*rel="prev-archive".*$|"next_url":"[^"]*",`)

// versionsOf is versions of documents that read returns by name.
func versionsOf(base string, read func(name string) ([]byte, error)) map[string]string {
	out := map[string]string{}
	for _, name := range append([]string{"feed.xml", "atom.xml", "feed.json"}, crashFeeds...) {
		if body, err := read(name); err == nil {
			out[base+"/"+url.PathEscape(name)] = fmt.Sprintf("%x", sha256.Sum256(archived.ReplaceAll(body, nil)))
		}
	}
	for _, url := range listed(base, read, "sitemap.xml") {
		out[url] = unread
	}
	body, err := read("feed.json")
	if err != nil {
		return out
	}
	for _, i := range itemsOf(body) {
		out[i.URL] = wordOf(i.HTML)
	}
	return out
}

// unread is the version of an article that stands in the sitemap alone: its words were not to be had for a feed.
const unread = "?"

// listed returns the URLs of a sitemap and of those that it names.
func listed(base string, read func(name string) ([]byte, error), name string) (urls []string) {
	body, err := read(name)
	if err != nil {
		return nil
	}
	entries, index, _, _ := sitemap.Read(body)
	for _, e := range entries {
		urls = append(urls, e.Loc)
	}
	for _, child := range index {
		urls = append(urls, listed(base, read, strings.TrimPrefix(child.Loc, base+"/"))...)
	}
	return urls
}

// itemsOf returns the items of a JSON Feed, none where it is no such thing.
func itemsOf(body []byte) []item {
	var f struct{ Items []item }
	_ = json.Unmarshal(body, &f)
	return f.Items
}

// wordOf finds the version in an article's text: <판-…>.
func wordOf(text string) string {
	_, rest, _ := strings.Cut(text, "판-")
	word, _, _ := strings.Cut(rest, ".")
	return word
}

// listener is an IndexNow endpoint and a hub that often fail. It notes for each thing that it took
// what the public saw of it at that moment.
type listener struct {
	*httptest.Server
	base   string // of the site
	public string
	mu     sync.Mutex
	rand   *rand.Rand
	quiet  bool // fails no more
	count  int
	life   int
	exact  bool // the process publishes and tells one after the other
	killed map[int]bool
	told   []telling
	mixed  []string // subjects of requests that were not in order

	open   map[net.Conn]bool
	closed *sync.Cond // one of open was closed; guarded by mu
}

// speaker is a process as one target hears it: targets are told beside each other, and each hears one
// request after the other.
type speaker struct {
	life   int
	target string
}

// telling is one request that was taken.
type telling struct {
	speaker
	exact    bool
	number   int
	unheard  bool              // who told it did not wait for the answer
	versions map[string]string // "": gone
}

func newListener(t *testing.T, base, public string, seed uint64) *listener {
	l := &listener{base: base, public: public, rand: rand.New(rand.NewPCG(seed, 2)), quiet: true, killed: map[int]bool{}}
	l.open, l.closed = map[net.Conn]bool{}, sync.NewCond(&l.mu)
	l.Server = httptest.NewUnstartedServer(http.HandlerFunc(l.serve))
	l.Config.ConnState = l.connState
	l.Start()
	t.Cleanup(l.Close)
	return l
}

func (l *listener) connState(c net.Conn, state http.ConnState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch state {
	case http.StateNew:
		l.open[c] = true
	case http.StateClosed, http.StateHijacked:
		delete(l.open, c)
		l.closed.Broadcast()
	}
}

// drain waits until each request of the process that ended was served: one that is still on its way would be taken for
// a request of the next process. Connections are accepted in their order, so all of its are open once ours was served.
func (l *listener) drain() error {
	conn, err := net.Dial("tcp", l.Listener.Addr().String())
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /drain HTTP/1.0\r\n\r\n"); err != nil {
		return err
	}
	if _, err := io.ReadAll(conn); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.open) > 0 {
		l.closed.Wait()
	}
	return nil
}

func (l *listener) serve(rw http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/drain" {
		return
	}
	subjects := subjectsOf(r)
	l.mu.Lock()
	l.count++
	number, mood := l.count, l.rand.IntN(8)
	if !slices.IsSorted(subjects) {
		l.mixed = append(l.mixed, subjects...)
	}
	if l.quiet {
		mood = 9
	}
	if mood > 2 {
		stands := versions(l.base, l.public)
		took := telling{speaker: speaker{l.life, r.URL.Path}, exact: l.exact, number: number, versions: map[string]string{}}
		for _, s := range subjects {
			took.versions[s] = stands[s]
		}
		l.told = append(l.told, took)
	}
	l.mu.Unlock()
	switch mood {
	case 0:
		rw.WriteHeader(http.StatusServiceUnavailable)
	case 1:
		rw.Header().Set("Retry-After", "1")
		rw.WriteHeader(http.StatusTooManyRequests)
	case 2:
		select { // hangs, then hangs up
		case <-r.Context().Done():
		case <-time.After(300 * time.Millisecond):
		}
		panic(http.ErrAbortHandler)
	}
	if r.Context().Err() != nil {
		l.gaveUp(number)
	}
}

// gaveUp notes that who told something did not wait for the answer, as on a busy machine: it is told again.
func (l *listener) gaveUp(number int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.told {
		l.told[i].unheard = l.told[i].unheard || l.told[i].number == number
	}
}

func subjectsOf(r *http.Request) []string {
	body, _ := io.ReadAll(r.Body)
	if r.URL.Path == "/indexnow" {
		var told struct{ URLList []string }
		_ = json.Unmarshal(body, &told)
		return told.URLList
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	_ = r.ParseForm()
	return r.PostForm["hub.url"]
}

// lives says which process comes to speak now.
func (l *listener) lives(life int, exact bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.life, l.exact = life, exact
}

// died notes that a process was killed.
func (l *listener) died(life int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.killed[life] = true
}

// moved lets the listener look at another folder, as one that has been told so much.
func (l *listener) moved(public string, told []telling) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.public, l.told = public, slices.Clone(told)
}

// fails says whether requests fail from now on.
func (l *listener) fails(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quiet = !on
}

func (l *listener) requests() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count
}

// inOrder reports whether each request named its subjects by URL, as the outbox promises; those of others if not.
func (l *listener) inOrder() (bool, []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.mixed) == 0, l.mixed
}

// lastTold returns the last version heard of each subject.
func (l *listener) lastTold() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[string]string{}
	for _, t := range l.told {
		for s, v := range t.versions {
			out[s] = v
		}
	}
	return out
}

// toldAgain returns what was told a second time although the first was answered and there was time
// to write the answer down: the process spoke again afterwards, or was not killed at all. Where publishing and telling go side
// by side a request may show a later version than it was made for, so only the others are asked.
func (l *listener) toldAgain() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := map[string]telling{} // by subject
	final := map[speaker]int{}   // its last request that was taken
	for _, t := range l.told {
		final[t.speaker] = t.number
	}
	var out []string
	for _, t := range l.told {
		for s, v := range t.versions {
			before, known := last[s]
			if known && v != unread && before.versions[s] == v && before.exact && !before.unheard && (!l.killed[before.life] || final[before.speaker] != before.number) {
				out = append(out, fmt.Sprintf("%s as %q in requests %d and %d, of processes %d and %d", s, v, before.number, t.number, before.life, t.life))
			}
			last[s] = t
		}
	}
	return out
}
