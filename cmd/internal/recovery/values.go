package recovery

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
)

// feedsOfValues reads what stands at the paths that a pattern of a feed that is one per value makes. The title tells the
// value, and the path what stands for it. Where the title does not, the articles are taken up all the same, and the values are
// given their slugs anew, in byte order.
func (s *standing) feedsOfValues(ctx context.Context, f Feed, pattern string) error {
	slugs, err := s.slugsAt(pattern)
	if err != nil {
		return err
	}
	for _, slug := range slugs {
		_, err := s.feed(ctx, strings.ReplaceAll(pattern, placement.SlugMark, slug), func(title string) string {
			value := placement.ValueIn(f.Title, title)
			if !placement.IsSlugOf(slug, value) || !s.standsFor(f.Each, value, slug) {
				return ""
			}
			return placement.Feed{Name: f.Name, Each: f.Each}.Of(value, "").Name
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// standsFor notes the slug of a value, and reports whether neither was another's before.
func (s *standing) standsFor(kind ledger.TermKind, value, slug string) bool {
	for _, known := range s.values {
		if known.Kind == kind && (known.Value == value) != (known.Slug == slug) {
			return false
		}
	}
	one := ledger.Value{Kind: kind, Value: value, Slug: slug}
	if !slices.Contains(s.values, one) {
		s.values = append(s.values, one)
	}
	return true
}

// slugsAt returns the slugs of what stands at paths that a pattern makes, in order.
func (s *standing) slugsAt(pattern string) (slugs []string, err error) {
	parts := strings.Split(strings.TrimPrefix(pattern, "/"), "/")
	i := slices.IndexFunc(parts, func(part string) bool { return strings.Contains(part, placement.SlugMark) })
	folder := path.Join(append([]string{"."}, parts[:max(i, 0)]...)...)
	list := s.recovery.config.Sink.Folders
	if i == len(parts)-1 {
		list = s.recovery.config.Sink.Names
	}
	names, err := list(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, name := range names {
		if slug := placement.SlugAt(parts[max(i, 0)], name); slug != "" {
			slugs = append(slugs, slug)
		}
	}
	return slugs, err
}
