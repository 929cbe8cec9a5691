// Package remote holds the manners of the source kinds that ask servers of others: what is asked and answered, how long a server
// wants to be left alone, where a document has moved to, and what stands in the place of one.
//
// It opens no connection: whoever makes a source hands in a Fetch.
package remote

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Request asks for a document. ETag and Modified are of the version that is known; "" asks for the document whatever it is.
type Request struct {
	URL            string
	Accept         string // media types, as RFC 9110 section 12.5.1 has them; "": any
	ETag, Modified string
	Header         map[string]string // more headers, perhaps secret, for the host of URL alone

	Raw   bool  // the body is wanted as it was sent, in whatever content coding
	Here  bool  // a redirect is the answer: it is not followed
	First int64 // so many bytes are enough, and what is more is left out; 0: the whole document, which may have as many as its source takes
}

// Answer is what a server says to a Request, after redirects.
type Answer struct {
	Status         int
	Body           []byte // decoded and whole, or the first that was asked for; of other statuses than 200 it may be the beginning
	URL            string // where the document was found; of a redirect that is the answer, where it leads
	Moved          string // where all of the redirects that led there say that it lies for good (301, 308); "": there was none, or another
	Type           string // Content-Type
	ETag, Modified string // "": none that tells versions apart
	Header         http.Header
	RetryAfter     time.Duration // 0: none named
	MaxAge         time.Duration // how long the answer may stand for what a later one would say (Cache-Control); 0: no time
}

// Fetch asks for a document and returns the whole answer, whatever its status. An error, which names the URL, means that there is
// none. It is safe for concurrent use.
type Fetch func(ctx context.Context, r Request) (*Answer, error)

// StatusError says that a server answered, but not with a document.
func StatusError(a *Answer) error {
	return fmt.Errorf("answered %d %s", a.Status, http.StatusText(a.Status))
}
