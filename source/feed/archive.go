package feed

import (
	"context"
	"fmt"
	"net/http"

	"herald/source/remote"
)

// archives takes the entries of the documents of older ones that a feed names (RFC 5005 section 4; next_url of JSON Feed), at
// most maxArchives of them and MaxItems entries in all. One that cannot be read makes the listing none.
func (s *Source) archives(ctx context.Context, got *shown, d *Document, at string) error {
	asked := map[string]bool{at: true, s.config.URL: true}
	for next := previous(d, at); next != "" && !asked[next]; {
		if len(asked) > maxArchives || len(got.entries) >= MaxItems {
			return nil
		}
		asked[next] = true
		a, err := s.config.Fetch(ctx, remote.Request{URL: next, Accept: accept})
		if err != nil {
			return fmt.Errorf("older entries: %w", err)
		}
		if a.Status != http.StatusOK {
			return fmt.Errorf("older entries: %s %w", next, remote.StatusError(a))
		}
		older, err := document(a)
		if err != nil {
			return fmt.Errorf("older entries: %s: %w", next, err)
		}
		got.add(older, a.URL)
		next = previous(older, a.URL)
	}
	return nil
}

// previous returns the address of the document of older entries; "" if there is none.
func previous(d *Document, at string) string {
	if d.Older == "" {
		return ""
	}
	return absolute(at, d.Older)
}
