package json

import (
	"context"
	"fmt"
	"strings"

	"herald/source/remote"
)

// maxWaits is how often a listing waits for a server that is busy.
const maxWaits = 5

// ask asks for one document, and waits for a server that is busy for a moment. How long the list stands its first page says, and none that is
// asked for beside it.
func (s *Source) ask(ctx context.Context, r remote.Request, waits *int, beside bool) (*remote.Answer, error) {
	s.mu.Lock()
	err := s.told.Err(s.config.Now())
	s.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.dialect.name, err)
	}
	for {
		a, err := s.config.Fetch(ctx, r)
		if err != nil {
			return nil, &silence{strings.ReplaceAll(err.Error(), r.URL, bare(r.URL)), err}
		}
		s.mu.Lock()
		if now := s.config.Now(); beside {
			s.told.HeardBeside(a, now)
		} else {
			s.told.Heard(a, now)
		}
		s.mu.Unlock()
		pause, soon := remote.Soon(a)
		if end, bounded := ctx.Deadline(); !soon || *waits >= maxWaits || bounded && end.Sub(s.config.Now()) < pause {
			return a, nil
		}
		*waits++
		if err := s.config.Wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// silence is an error of a question that got no answer. Its words leave out queries: ours say nothing, and others may hold a secret.
type silence struct {
	words string
	cause error
}

// Error returns the words.
func (s *silence) Error() string { return s.words }

// Unwrap returns the cause.
func (s *silence) Unwrap() error { return s.cause }

// bare returns an address without its query.
func bare(address string) string {
	without, _, _ := strings.Cut(address, "?")
	return without
}

// turn waits for a token.
func turn(ctx context.Context, tokens <-chan struct{}) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-tokens:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
