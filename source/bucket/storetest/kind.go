package storetest

import "net/http"

// Kind is a kind of store. The zero value is none: S3 and Azure are.
type Kind struct {
	Scheme string // of the addresses of its buckets
	server *server
	sign   func(r *http.Request, body []byte)
	bucket string // the query that a bucket itself is made and taken away with
	url    string // of a bucket as a source has it, of its name, a prefix and an endpoint, in this order
}
