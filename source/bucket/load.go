package bucket

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"herald/source"
	"herald/source/reader"
	"herald/source/selection"
)

// maxRoom is the longest object that is parsed beside others.
const maxRoom = 256 << 10

// Load reads one article, as it was brought last, or from the store where it is no longer kept. An *source.ArticleError refuses it.
// reader.ErrNotArticle: it is none. fs.ErrNotExist: the object is gone. Any other error: the store cannot be read.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	body, l, err := s.bytes(ctx, key)
	if err != nil {
		return nil, err
	}
	if selection.IsKeyFile(key, body) {
		return nil, &reader.SkipError{Why: "it is an IndexNow key"}
	}
	if len(body) > maxRoom {
		s.big.Lock()
		defer s.big.Unlock()
	}
	reading := s.config.Reading
	reading.Path = key
	if reading.Data, err = s.data(ctx, l, key); err != nil {
		return nil, err
	}
	var missing error // what an included file could not be read for
	reading.Include = func(name string) (string, bool) {
		text, found, err := s.include(ctx, l, name)
		missing = errors.Join(missing, err)
		return text, found
	}
	a, err := reader.Parse(s.store.place(key), body, reading)
	if missing != nil {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	a.Key = key
	return a, nil
}

// bytes returns what an object holds, and the listing that it is read with; nil: none was made yet.
func (s *Source) bytes(ctx context.Context, key string) ([]byte, *listing, error) {
	s.mu.Lock()
	k, l, pool := s.kept[key], s.found, s.spool
	s.mu.Unlock()
	switch {
	case k != nil && k.refusal != nil:
		return nil, l, k.refusal
	case k != nil:
		body, err := pool.Read(k.place)
		return body, l, err
	}
	var o object
	var err error
	if e := l.find(key); e != nil {
		o = e.object
	} else if o, err = s.store.look(ctx, key); err != nil {
		return nil, l, err
	}
	body, _, err := s.body(ctx, o)
	return body, l, err
}

// WhyNot returns why an object is no article: see source.Explainer.
func (s *Source) WhyNot(ctx context.Context, key string) (why string, found bool) {
	if _, err := s.store.look(ctx, key); err != nil {
		return "", false
	}
	if !isPath(key) {
		return "its key is not a path (an empty name, . or ..)", true
	}
	if why := s.selection.WhyNot(key); why != "" {
		return why, true
	}
	_, err := s.Load(ctx, key)
	var skipped *reader.SkipError
	if errors.As(err, &skipped) {
		return skipped.Why, true
	}
	return "", !errors.Is(err, fs.ErrNotExist)
}

// KeyAt returns the key of an object by its address, such as s3://bucket/articles/a.md, or by itself: see source.Placed.
func (s *Source) KeyAt(_ context.Context, place string) (key string, found bool) {
	if key, found = strings.CutPrefix(place, s.store.address.place()+"/"); found {
		return key, key != ""
	}
	return place, !strings.Contains(place, "://") && !path.IsAbs(place) && place != ""
}

// Overlooked names the objects that the source's include does not take in although their names are those of articles: see
// source.Overlooking.
func (s *Source) Overlooked(_ context.Context, limit int) (lines []string, count int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed == nil {
		return nil, 0
	}
	return slices.Clone(s.listed.missed[:min(max(limit, 0), len(s.listed.missed))]), s.listed.misses
}

// unread says that an object which an article is read with could not be. That it is gone is not that the article is.
func (s *Source) unread(key string, err error) error {
	return fmt.Errorf("read %s: %v", s.store.place(key), err)
}
