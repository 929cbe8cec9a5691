package notify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// WebSub is one hub that the operator names. It may be used from several goroutines at once.
type WebSub struct {
	Client *http.Client
	Hub    string           // the operator's word, not checked; a query is kept
	Agent  string           // the User-Agent: "herald/1.0 (+https://news.example.org/)"
	Now    func() time.Time // for Retry-After dates; nil: time.Now
}

// Publish tells the hub that the topics, the public URLs of feeds, have changed; the hub then
// fetches them itself, so they must stand published before. WebSub leaves this request open; hubs
// take hub.mode=publish with one hub.url for each topic, some hub.topic for a single one.
//
// Errors are as those of IndexNow.Submit.
func (w *WebSub) Publish(ctx context.Context, topics []string) (Answer, error) {
	t, err := targetOf(w.Client, w.Agent, w.Now)
	if err == nil {
		err = checkTopics(topics)
	}
	if err != nil {
		return Answer{Outcome: Refused, Detail: err.Error()}, fmt.Errorf("tell hub: %w", err)
	}
	form := url.Values{"hub.mode": {"publish"}, "hub.url": topics}
	if len(topics) == 1 {
		form.Set("hub.topic", topics[0])
	}
	a, err := t.post(ctx, call{w.Hub, "application/x-www-form-urlencoded", form.Encode()})
	if err != nil {
		return a, fmt.Errorf("tell hub: %w", err)
	}
	return a, nil
}

func checkTopics(topics []string) error {
	if len(topics) == 0 {
		return errors.New("no topic")
	}
	for _, s := range topics {
		if _, err := webAddress(s); err != nil {
			return err
		}
	}
	return nil
}
