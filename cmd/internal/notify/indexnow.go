package notify

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"herald/source/text"
)

// MaxURLs is how many URLs one IndexNow request may hold.
const MaxURLs = 10_000

// IndexNow is one endpoint of the IndexNow protocol (https://www.indexnow.org/documentation) for
// one host. It may be used from several goroutines at once.
type IndexNow struct {
	Client      *http.Client
	Endpoint    string // "https://api.indexnow.org/indexnow"; the operator's word, not checked
	Host        string // of all URLs, with the port if they have one: "news.example.org"
	Key         string
	KeyLocation string           // where the key's file lies; "": /<key>.txt at the host
	Agent       string           // the User-Agent: "herald/1.0 (+https://news.example.org/)"
	Now         func() time.Time // for Retry-After dates; nil: time.Now
}

// submission is the body of a request, fields in the documentation's order.
type submission struct {
	Host        string   `json:"host"`
	Key         string   `json:"key"`
	KeyLocation string   `json:"keyLocation,omitempty"`
	URLs        []string `json:"urlList"`
}

// Submit tells the endpoint that the URLs were added, changed or removed, in one POST. There must
// be one to MaxURLs of them, percent-encoded, all on Host.
//
// An error means that nothing was asked, for a fault in the arguments (the Answer is Refused), or
// that ctx was cancelled (the Answer is Retry). All else is an Answer without error.
func (n *IndexNow) Submit(ctx context.Context, urls []string) (Answer, error) {
	t, err := targetOf(n.Client, n.Agent, n.Now)
	if err == nil {
		err = n.check(urls)
	}
	if err != nil {
		return Answer{Outcome: Refused, Detail: err.Error()}, fmt.Errorf("tell indexnow: %w", err)
	}
	t.secret = n.Key
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	if err := e.Encode(submission{n.Host, n.Key, n.KeyLocation, urls}); err != nil {
		return Answer{Outcome: Refused}, fmt.Errorf("tell indexnow: %w", err)
	}
	a, err := t.post(ctx, call{n.Endpoint, "application/json; charset=utf-8", body.String()})
	if err != nil {
		return a, fmt.Errorf("tell indexnow: %w", err)
	}
	return a, nil
}

func (n *IndexNow) check(urls []string) error {
	if !text.IsIndexNowKey(n.Key) {
		return errors.New("the key must be 8 to 128 characters of a-z, A-Z, 0-9 and -")
	}
	if len(urls) == 0 || len(urls) > MaxURLs {
		return fmt.Errorf("%d URLs: 1 to %d go into one request", len(urls), MaxURLs)
	}
	for _, s := range urls {
		u, err := webAddress(s)
		if err != nil {
			return err
		}
		if !strings.EqualFold(u.Host, n.Host) {
			return fmt.Errorf("%q is not on %s", s, n.Host)
		}
	}
	return nil
}

// NewKey makes a key of 32 hexadecimal digits from 16 bytes of random.
func NewKey(random io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("make indexnow key: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}
