package bucket

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"herald/source/remote"
)

// list calls each for all objects below a prefix, in the store's order. An error means that not all of them are known.
func (s *store) list(ctx context.Context, prefix string, limit int, each func(object) error) error {
	token := ""
	for {
		var p *page
		err := s.ask(ctx, "", s.dialect.listing(prefix, token, limit), maxPage+1, func(a *remote.Answer) (err error) {
			p, err = s.dialect.page(a)
			return err
		})
		if err != nil {
			return err
		}
		for _, o := range p.objects {
			if !strings.HasPrefix(o.key, prefix) {
				return fmt.Errorf("the listing holds the key %.200q, which was not asked for", o.key)
			}
			o.key = strings.TrimPrefix(o.key, s.address.prefix)
			if err := each(o); err != nil {
				return err
			}
		}
		switch {
		case p.next == "" || limit > 0 && len(p.objects) > 0:
			return nil
		case p.next == token:
			return errNoProgress
		}
		token = p.next
	}
}

// errNoProgress is that of a listing which has more pages and does not say where, or the same one again.
var errNoProgress = errors.New("the listing does not go on where it says that it does")
