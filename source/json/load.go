package json

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
	"herald/source/weburl"
)

// Load reads one item, as the last listing saw it, if that was a moment ago. An *source.ArticleError refuses it; reader.ErrNotArticle: it is
// none; an error that is fs.ErrNotExist: the origin has it no more. Any other error: the origin cannot be read.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, known := s.lately(key)
	if r == nil && !known && s.dialect.one != nil && !isNumberKey(key) {
		raw, err := s.one(ctx, key)
		if err != nil {
			return nil, err
		}
		return s.compose(&row{key: key}, raw)
	}
	if r == nil {
		got, err := s.refresh(ctx, false)
		if err != nil {
			return nil, err
		}
		r = got.listing.find(key)
	}
	if r == nil || r.spool == nil {
		return nil, fmt.Errorf("read %s: item %q: %w", s.dialect.name, key, fs.ErrNotExist)
	}
	return s.kept(r)
}

// lately returns the row of an item, if it was fetched last or listed a moment ago; nil: it was not. known says that everything was.
func (s *Source) lately(key string) (r *row, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	for _, l := range []*listing{s.known.listing, s.listed.listing} {
		if l == nil || !s.fetches && !l.recent(now) {
			continue
		}
		if r := l.find(key); r != nil && r.spool != nil {
			return r, true
		} else if r == nil {
			known = known || l.complete
		}
	}
	return nil, known
}

// kept makes the article of a row whose bytes are kept.
func (s *Source) kept(r *row) (*source.Article, error) {
	raw, err := r.spool.Read(r.place)
	if err != nil {
		return nil, fmt.Errorf("read what %s answered: %v", s.dialect.name, err)
	}
	return s.compose(r, raw)
}

// one asks for one item.
func (s *Source) one(ctx context.Context, key string) ([]byte, error) {
	if err := turn(ctx, s.single); err != nil {
		return nil, err
	}
	defer func() { s.single <- struct{}{} }()
	waits := 0
	a, err := s.ask(ctx, remote.Request{URL: s.dialect.one(key), Accept: accept}, &waits, true)
	if err != nil {
		return nil, err
	}
	fail := func(err error) ([]byte, error) {
		return nil, fmt.Errorf("read %s: %w", s.dialect.place(key, 0), err)
	}
	if a.Status != http.StatusOK {
		return fail(refusal(a))
	}
	if instead := remote.Instead(a, "JSON"); instead != nil {
		return fail(instead)
	}
	items, err := list(document(a.Body), s.dialect.items)
	if err != nil {
		return fail(err)
	}
	for _, raw := range items {
		if found, _ := s.dialect.keyOf(s.dialect.object(raw)); found == key {
			return raw, nil
		}
	}
	return fail(fs.ErrNotExist)
}

// compose makes the article of an item.
func (s *Source) compose(r *row, raw []byte) (*source.Article, error) {
	where := s.dialect.place(r.key, r.number)
	item := s.dialect.object(raw)
	if isNumberKey(r.key) {
		return nil, &source.ArticleError{Place: where, Reason: s.whyNoKey(r, item)}
	}
	fields, reading, address, err := s.words(item)
	if err != nil {
		return nil, err
	}
	reading.Path = reader.RowPath(r.key, fields, reading)
	a, err := reader.ComposeRow(where, fields, reading)
	var refused *source.ArticleError
	if errors.As(err, &refused) {
		refused.Line, refused.Column = 0, 0 // they are counted in a field
	}
	if err != nil {
		return nil, err
	}
	a.Key = r.key
	if odd := oddStatus(item); odd != "" && s.dialect.shape != nil && !a.Draft {
		a.Warnings = append(a.Warnings, source.Warning{Message: odd})
	}
	for i := range a.Warnings {
		a.Warnings[i].Line = 0
	}
	if a.Link.Own && weburl.IsWeb(a.Link.Pattern) {
		address = a.Link.Pattern
	}
	if address == "" || a.Link.Own && address != a.Link.Pattern {
		return a, nil
	}
	a.URL, err = weburl.Normal(address)
	switch {
	case err != nil:
		return nil, &source.ArticleError{Place: where, Reason: fmt.Sprintf("its address %q is not an absolute http or https URL", brief(address, 100))}
	case len(a.URL) > weburl.MaxLength:
		return nil, &source.ArticleError{Place: where, Reason: weburl.ErrLong.Error()}
	}
	return a, nil
}

// words returns what an item says, how that is read, and where a system that is known says that it stands.
func (s *Source) words(item map[string]any) (map[string]any, reader.Reading, string, error) {
	reading := s.config.Reading
	if s.dialect.fields == nil {
		return item, reading, "", nil
	}
	fields, address, err := s.dialect.fields(item)
	if err != nil {
		return nil, reading, "", err
	}
	maps.DeleteFunc(fields, func(_ string, v any) bool { return v == "" })
	if reading.Pattern != "" {
		address = "" // the operator's own addresses: the system stands behind a site that it does not make
	} else {
		reading.Pattern = "/:path/"
	}
	reading.Markup = source.HTML
	reading.Fields = map[string][]string{}
	for ours, theirs := range s.config.Reading.Fields { // theirs are names of the system's own
		for _, name := range theirs {
			if v := lookup(item, name); v != nil && v != "" {
				fields["their "+ours], reading.Fields[ours] = v, []string{"their " + ours}
				break
			}
		}
	}
	return fields, reading, address, nil
}

// whyNoKey says why an item is known by its number alone.
func (s *Source) whyNoKey(r *row, item map[string]any) string {
	key, why := s.dialect.keyOf(item)
	if why != "" {
		return why
	}
	return fmt.Sprintf("the id %q is that of an item before it, too; give each its own", brief(key, 80))
}

// WhyNot returns why an item is no article: see source.Explainer.
func (s *Source) WhyNot(ctx context.Context, key string) (why string, found bool) {
	_, err := s.Load(ctx, key)
	var skipped *reader.SkipError
	var refused *source.ArticleError
	switch {
	case errors.As(err, &skipped):
		return skipped.Why, true
	case errors.As(err, &refused):
		return "", true
	}
	return "", err == nil
}

// KeyAt returns the key of the item at a place as messages name it: see source.Placed.
func (s *Source) KeyAt(ctx context.Context, place string) (key string, found bool) {
	below, ours := strings.CutPrefix(place, strings.TrimSuffix(s.dialect.name, "/"))
	if !ours {
		return "", false
	}
	if id, isPath := strings.CutPrefix(below, "/"); isPath && s.dialect.one != nil {
		key, err := url.PathUnescape(strings.TrimSuffix(id, "/"))
		return key, err == nil
	}
	got, err := s.refresh(ctx, false)
	if err != nil {
		return "", false
	}
	for _, r := range got.listing.rows {
		if at := s.dialect.place(r.key, r.number); at == place || strings.HasPrefix(place, at+":") {
			return r.key, true
		}
	}
	return "", false
}
