package adopt

import (
	"context"
	"net/http"

	"herald/cmd/internal/document"
	"herald/source/feed"
)

// Fetch returns the document that an operator names: a file, or an http or https URL. The client follows no redirects
// itself; each address that a server names is asked as its guard allows.
func Fetch(ctx context.Context, client *http.Client, agent, name string) ([]byte, error) {
	d, err := document.Get(ctx, client, agent, name, feed.MaxBytes)
	if err != nil {
		return nil, err
	}
	return d.Body, nil
}
