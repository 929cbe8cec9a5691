package sql

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"herald/source"
)

// session calls do with a connection that is in a read-only transaction: one snapshot for all that do asks.
func (s *Source) session(ctx context.Context, do func(c *sql.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.transaction(ctx, do)
	switch {
	case err == nil, errors.Is(err, errStop):
		return err
	case ctx.Err() != nil:
		return cmp.Or(context.Cause(ctx), ctx.Err())
	}
	var refused *source.ArticleError
	var taught *fault
	if errors.As(err, &refused) || errors.As(err, &taught) {
		return err
	}
	return fmt.Errorf("read %s: %w", s.base.label, s.teach(ctx, err))
}
