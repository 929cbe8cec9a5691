package serve_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"herald/cmd/internal/serve"
)

// A clock that is set back keeps no document that changed from being looked at.
func TestHeldDocumentsAfterTheClockWasSetBack(t *testing.T) {
	at, stamp := now, "1"
	docs := newSite()
	h := serve.New(serve.Config{
		Lookup: docs.lookup, HeldBytes: 1 << 20, Now: func() time.Time { return at }, Edition: func() uint64 { return 1 }, Stamp: func(string) string { return stamp },
	})
	ask(h, http.MethodGet, "/feed.xml")
	newer := []byte("<rss>고친 소식</rss>")
	docs["feed.xml"], stamp, at = serve.Document{Body: newer}, "2", now.Add(-time.Hour)
	if got := bodyOf(t, ask(h, http.MethodGet, "/feed.xml")); !bytes.Equal(got, newer) {
		t.Errorf("an hour back: got %d bytes of the former document, want the newer one", len(got))
	}
}

// However often documents take each other's place, no more of them are held than there is room for.
func TestTheBoundOfWhatIsHeldStays(t *testing.T) {
	docs, lookups := site{}, 0
	for i := range 3 {
		docs[fmt.Sprintf("%d.xml", i)] = serve.Document{Body: bytes.Repeat([]byte{'a' + byte(i)}, 600)}
	}
	h := serve.New(serve.Config{
		Lookup: func(ctx context.Context, path string) (serve.Document, bool, error) {
			lookups++
			return docs.lookup(ctx, path)
		},
		HeldBytes: 1000, Now: func() time.Time { return now }, Edition: func() uint64 { return 1 }, Stamp: func(string) string { return "" },
	})
	for i := range 30 {
		ask(h, http.MethodGet, fmt.Sprintf("/%d.xml", i%3))
		if lookups != i+1 {
			t.Fatalf("got %d lookups of %d requests, want one each: only one of the documents can be held", lookups, i+1)
		}
	}
}
