package sql

import (
	"context"
	"fmt"
)

// Listen listens to the channel that Config names: see source.Calling.
func (s *Source) Listen(ctx context.Context, changed func()) error {
	c, calls := s.base.dialect.(caller)
	if s.config.Notify == "" || !calls {
		return nil
	}
	err := c.listen(ctx, s.config.Notify, changed)
	if err == nil || ctx.Err() != nil {
		return nil
	}
	what, _ := s.base.dialect.teach(err)
	return fmt.Errorf("listen to %s: %s", s.base.label, what)
}
