package bucket

import (
	"context"
	"errors"
	"path"
	"slices"

	"herald/source"
	"herald/source/preset"
	"herald/source/reader"
)

// helpers brings what some entries are read with, so that nobody waits for it later.
func (s *Source) helpers(ctx context.Context, l *listing, wanted []*entry) error {
	if len(l.helpers) == 0 {
		return nil
	}
	names := l.included()
	for _, e := range wanted {
		names = append(names, s.config.Reading.DataNames(e.key)...)
	}
	slices.Sort(names)
	return each(ctx, slices.Compact(names), func(ctx context.Context, name string) error {
		o, found := l.helping(name)
		if !found {
			return nil
		}
		_, err := s.helper(ctx, o)
		return err
	})
}

// helper returns what an object holds that articles are read with.
func (s *Source) helper(ctx context.Context, o object) (cached, error) {
	if one, found := s.cache.get(o); found {
		return one, nil
	}
	body, now, err := s.body(ctx, o)
	one := cached{print: now.print, text: string(body), data: reader.ParseData(o.key, body)}
	var refusal *source.ArticleError
	if errors.As(err, &refusal) {
		one, err = cached{print: now.print, data: preset.Data{Path: o.key, Err: errors.New(refusal.Reason)}, bad: true}, nil
	}
	if err != nil {
		return one, s.unread(o.key, err)
	}
	s.cache.put(o.key, one)
	return one, nil
}

// data returns what the objects that are there hold for the one at key.
func (s *Source) data(ctx context.Context, l *listing, key string) (all []preset.Data, err error) {
	for _, name := range s.config.Reading.DataNames(key) {
		o, found := l.helping(name)
		if !found {
			continue
		}
		one, err := s.helper(ctx, o)
		if err != nil {
			return nil, err
		}
		all = append(all, one.data)
	}
	return all, nil
}

// include returns the text of the file that an article includes under a name.
func (s *Source) include(ctx context.Context, l *listing, name string) (text string, found bool, err error) {
	o, found := l.helping(path.Join(includes, name))
	if !found || !isPath(name) {
		return "", false, nil
	}
	one, err := s.helper(ctx, o)
	return one.text, err == nil && !one.bad, err
}

// helping returns the object that articles are read with at a key.
func (l *listing) helping(key string) (object, bool) {
	if l == nil {
		return object{}, false
	}
	o, found := l.helpers[key]
	return o, found
}
