// Package live asks whether the URLs of articles answer 200 that enter the documents only then: where somebody else builds the
// pages, a feed must not lead to one that is not there yet.
//
// It writes down the answers and nothing else. placement.Arrive, which publishing calls, lets the articles in.
package live

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/progress"
	"herald/source/weburl"
)

const (
	atOnce    = 4                // requests beside each other
	batch     = 32               // articles whose answers are written together
	tolerated = 3                // requests that reach nobody, before the others are put off
	firstWait = 15 * time.Second // after the first answer that is not 200; doubled each time
	longWait  = time.Hour
)

// Config is what an Asker works with.
type Config struct {
	Ledger    *ledger.Ledger
	Client    *http.Client // with the guards; redirects are not followed whatever it says
	Site      *weburl.Site
	Base      string // asked in place of the site's URL; "": the site itself
	UserAgent string
	Now       func() time.Time
}

// Asker asks for URLs. Ask may be called at any time, also beside scans and publications.
type Asker struct{ config Config }

// New returns an Asker; it touches nothing yet.
func New(c Config) *Asker {
	client := *c.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Client = &client
	return &Asker{config: c}
}

// Options change one call of Ask.
type Options struct {
	All    bool          // ask for each that waits, due or not
	Within time.Duration // the longest that it may take; what is left waits
}

// Report is what was asked.
type Report struct {
	Asked   int64     `json:"asked"`
	Arrived int64     `json:"arrived"`         // that answered 200
	Next    time.Time `json:"next,omitzero"`   // when the next is to be asked; zero: nothing waits
	Waiting int64     `json:"waiting"`         // articles that wait for nothing but their URL, but those that have just arrived
	Waits   []Wait    `json:"waits,omitempty"` // the first of these
}

// Wait is an article that waits for its URL.
type Wait struct {
	URL    string    `json:"url"`
	Answer string    `json:"answer,omitempty"` // the last, in words; "": it was not asked yet
	Asked  time.Time `json:"asked,omitzero"`
	Next   time.Time `json:"next"` // when it is to be asked
}

// shownAtMost is how many articles that wait a report names.
const shownAtMost = 100

// Waiting returns the first articles that wait for nothing but their URL, how many there are, and when the next is to be
// asked for; zero: none is. now is in milliseconds.
func Waiting(tx *ledger.Tx, now int64) (first []Wait, count int64, next time.Time, err error) {
	waits, err := tx.Waits(now, shownAtMost)
	for _, w := range waits {
		row, err := tx.Article(w.Article)
		if err != nil {
			return nil, 0, next, err
		}
		first = append(first, Wait{URL: row.URL, Answer: w.Answer, Asked: ledger.Time(w.Asked), Next: ledger.Time(w.Next)})
	}
	if err != nil {
		return nil, 0, next, err
	}
	count, at, err := tx.Waiting(now)
	return first, count, ledger.Time(at), err
}

// Ask asks for the URLs that are due and writes down what they answered.
func (a *Asker) Ask(ctx context.Context, o Options) (*Report, error) {
	r := &round{asker: a, ctx: ctx, asked: map[int64]bool{}}
	asking, cancel := context.WithTimeout(ctx, o.Within)
	defer cancel()
	var counted *progress.Step
	defer func() { counted.End() }()
	for asking.Err() == nil && r.unreached < tolerated && !r.refused {
		waits, err := r.due(o.All)
		if err != nil || len(waits) == 0 {
			return r.end(err)
		}
		if counted == nil {
			counted = progress.Begin(ctx, "asking whether articles can be read", "", "URLs")
		}
		r.ask(asking, waits)
		counted.Add(int64(len(waits)))
		if err := r.write(waits); err != nil {
			return r.end(err)
		}
	}
	return r.end(nil)
}

// round is one call of Ask.
type round struct {
	asker     *Asker
	ctx       context.Context
	asked     map[int64]bool // articles
	unreached int            // requests in a row that nobody answered
	refused   bool           // the site says that it is asked too much
	report    Report
}

func (a *Asker) now() int64 { return ledger.Millis(a.config.Now().Truncate(time.Second)) }

// due returns the next articles to ask for.
func (r *round) due(all bool) (waits []ledger.Wait, err error) {
	now := r.asker.now()
	by := now
	if all {
		by = math.MaxInt64
	}
	err = r.asker.config.Ledger.Read(r.ctx, func(tx *ledger.Tx) error {
		found, err := tx.ToAsk(now, by, batch)
		for _, w := range found {
			if r.asked[w.Article] {
				continue // it waits for its next turn
			}
			row, err := tx.Article(w.Article)
			if err != nil {
				return err
			}
			w.URL = row.URL
			waits = append(waits, w)
		}
		return err
	})
	return waits, err
}

// ask fills in the answers. What is cut off by the end of asking is left as it was.
func (r *round) ask(asking context.Context, waits []ledger.Wait) {
	var mu sync.Mutex
	var group sync.WaitGroup
	next := make(chan *ledger.Wait)
	for range atOnce {
		group.Go(func() {
			for w := range next {
				status, answer, err := r.asker.get(asking, w.URL)
				mu.Lock()
				if asking.Err() == nil || err == nil {
					r.note(w, status, answer, err)
				}
				mu.Unlock()
			}
		})
	}
	for i := range waits {
		mu.Lock()
		over := r.refused || r.unreached >= tolerated || asking.Err() != nil
		mu.Unlock()
		if over {
			break
		}
		next <- &waits[i]
	}
	close(next)
	group.Wait()
}

// note takes an answer into what waits.
func (r *round) note(w *ledger.Wait, status int, answer string, err error) {
	r.asked[w.Article] = true
	r.report.Asked++
	w.Asked, w.Answer, w.Live = r.asker.now(), answer, status == http.StatusOK
	if r.unreached++; err == nil {
		r.unreached = 0
	}
	r.refused = r.refused || status == http.StatusTooManyRequests
	if w.Live {
		r.report.Arrived++
	}
	w.Next = w.Asked + min(firstWait<<min(w.Asks, 16), longWait).Milliseconds()
	w.Asks++
}

// write writes the answers down, unless what waited has changed meanwhile.
func (r *round) write(waits []ledger.Wait) error {
	return r.asker.config.Ledger.Write(context.WithoutCancel(r.ctx), func(tx *ledger.Tx) error {
		for _, w := range waits {
			if !r.asked[w.Article] {
				continue
			}
			if now, err := tx.Wait(w.Article); err != nil || now == nil {
				if err != nil {
					return err
				}
				continue
			}
			if err := tx.PutWait(&w); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *round) end(err error) (*Report, error) {
	if err != nil {
		return &r.report, fmt.Errorf("ask for URLs: %w", err)
	}
	err = r.asker.config.Ledger.Read(context.WithoutCancel(r.ctx), func(tx *ledger.Tx) (err error) {
		r.report.Waits, r.report.Waiting, r.report.Next, err = Waiting(tx, r.asker.now())
		return err
	})
	return &r.report, err
}

// publicly returns where a URL of the site is asked.
func (a *Asker) publicly(address string) string {
	if a.config.Base == "" {
		return address
	}
	return strings.TrimSuffix(a.config.Base, "/") + strings.TrimPrefix(address, a.config.Site.String())
}

// get asks for a public URL, and says in words what it answers; "" for 200.
func (a *Asker) get(ctx context.Context, address string) (status int, answer string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.publicly(address), nil)
	if err != nil {
		return 0, err.Error(), err
	}
	req.Header.Set("User-Agent", a.config.UserAgent)
	req.Header.Set("Cache-Control", "no-cache")
	res, err := a.config.Client.Do(req)
	if err != nil {
		var at *url.Error
		if errors.As(err, &at) {
			err = at.Err // without the URL, which stands beside it
		}
		return 0, err.Error(), err
	}
	res.Body.Close()
	switch to := res.Header.Get("Location"); {
	case res.StatusCode == http.StatusOK:
		return res.StatusCode, "", nil
	case res.StatusCode/100 == 3 && to != "":
		return res.StatusCode, fmt.Sprintf("it answers %d and leads to %s; the URL must answer itself: see permalink", res.StatusCode, to), nil
	}
	return res.StatusCode, fmt.Sprintf("it answers %d", res.StatusCode), nil
}
