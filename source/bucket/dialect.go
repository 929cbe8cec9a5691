package bucket

import (
	"net/http"
	"net/url"
	"strings"

	"herald/source/remote"
)

// dialect is how a kind of store is spoken to: all that its protocol decides. It is safe for concurrent use.
type dialect interface {
	// url returns where an object is asked for, by its whole key in percent codes; "" for the bucket itself.
	url(key string) string

	// sign adds to a request what shows that it is ours. Its body is empty.
	sign(r *http.Request) error

	// listing returns the query for a page of what lies below a prefix. token: where the page before said that it goes on, "" for the first;
	// limit: so many objects are enough, 0: as many as a page has.
	listing(prefix, token string, limit int) url.Values

	// page reads the answer to it. Anything else in its place, and a page that breaks off, is an error: what it holds is unknown.
	page(a *remote.Answer) (*page, error)

	// fault returns what an answer that is none of 200 says.
	fault(a *remote.Answer) fault
}

// address is where objects lie, as far as all dialects have it in common.
type address struct {
	scheme    string // "s3", "gs" or "azblob"
	bucket    string // of Azure: the container
	prefix    string // of the keys; "" or with a slash at its end
	anonymous bool   // requests are not signed
}

// place names the prefix as messages do: "s3://bucket/articles".
func (a address) place() string {
	return a.scheme + "://" + a.bucket + strings.TrimSuffix("/"+a.prefix, "/")
}

// page is one page of a listing.
type page struct {
	objects []object // with whole keys
	next    string   // the token of the next page; "": this is the last
}

// about is what a fault is about.
type about int

const (
	aboutAll    about = iota // the request, the bucket or the store
	aboutGone                // there is no such object
	aboutObject              // this object cannot be read now, others can
	aboutDenied              // this object may not be read
)

// fault is what a store says is wrong, by its code. The store's own message is not shown: it may repeat what it was sent.
type fault struct {
	about about
	words string // what is wrong, and what an operator can do
}

// Error returns the words.
func (f fault) Error() string { return f.words }

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// isCode reports whether a text can be the code of a fault, which is safe to be shown.
func isCode(text string) bool {
	return text != "" && len(text) <= 80 && strings.Trim(text, letters) == ""
}
