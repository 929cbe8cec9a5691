package serve

import (
	"context"
	"log/slog"
	"time"
)

// Document is one published document.
type Document struct {
	Body      []byte
	MediaType string    // "application/rss+xml"; a missing charset is added; "": by the path's extension
	Modified  time.Time // when the bytes last changed; zero: unknown
	// Hash names the bytes, of at least 16 letters, digits and hyphens; equal hashes mean equal
	// bytes. "" makes the handler compute it, which is right where Body may be newer than what
	// the caller knows of it.
	Hash string
}

// Config is what a handler needs. Only Lookup is required.
type Config struct {
	// Lookup finds a published document by its decoded slash path without leading slash. It gets
	// no path with empty, "." or ".." parts, control characters or broken UTF-8. It is called
	// from many goroutines at once; Body is not changed afterwards by either side.
	Lookup func(ctx context.Context, path string) (Document, bool, error)
	// Links returns the values of the Link header for a document, as Link makes them.
	Links func(path string) []string
	// Base is the path of the site's URL ("/blog"), for requests that still carry it.
	Base string
	// Home lists the documents at the root of the site, where none of them stands there; without Paths the root is 404.
	Home Home
	// Edition rises whenever documents were published. Where it and Stamp are set, documents are held ready between
	// requests, and looked up again when it rose.
	Edition func() uint64
	// Stamp is a cheap hint whether the file of a document is as it was, such as its size and time. It is asked for at most
	// once a second for each document.
	Stamp func(path string) string
	// HeldBytes bounds what is held, with compressed forms; 0 is 64 MiB.
	HeldBytes int64
	Now       func() time.Time // nil: time.Now
	Log       *slog.Logger     // nil: none
}

// Home is what stands at the root of a site of which only the documents are served here.
type Home struct {
	Title string
	Paths func(ctx context.Context) ([]string, error) // of the documents, decoded, without a leading slash
}
