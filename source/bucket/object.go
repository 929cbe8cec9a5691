package bucket

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"herald/source"
	"herald/source/remote"
	"herald/source/text"
)

// maxObject is the largest object that is read, as of files.
const maxObject = 32 << 20

// read returns the bytes of an object as it is listed, and as what it is listed by then: where it has changed since, it is listed anew.
//
// fs.ErrNotExist: it is gone. An *source.ArticleError: this one cannot be read. Any other error: nothing is known of it.
func (s *store) read(ctx context.Context, o object) ([]byte, object, error) {
	for again := false; ; again = true {
		if o.size > maxObject {
			return nil, o, s.refusal(o.key, errTooLarge)
		}
		body, changed, err := s.get(ctx, o)
		if err != nil || !changed {
			return body, o, err
		}
		now, err := s.look(ctx, o.key)
		switch {
		case err != nil:
			return nil, o, err
		case again || now == o:
			return nil, o, fmt.Errorf("read %s: answered with another version than the listing shows", s.place(o.key))
		}
		o = now
	}
}

// look lists one object anew.
func (s *store) look(ctx context.Context, key string) (found object, err error) {
	err = s.list(ctx, s.address.prefix+key, 1, func(o object) error {
		if o.key == key {
			found = o
		}
		return nil
	})
	if err == nil && found.key == "" {
		err = fs.ErrNotExist
	}
	if err != nil {
		err = fmt.Errorf("read %s: %w", s.place(key), err)
	}
	return found, err
}

// get asks for an object. changed: it is another version than the one that was listed.
func (s *store) get(ctx context.Context, o object) (body []byte, changed bool, err error) {
	coding := ""
	err = s.ask(ctx, s.address.prefix+o.key, nil, maxObject+1, func(a *remote.Answer) error {
		etag := bare(a.ETag)
		body, coding = a.Body, codingOf(a.Header.Get("Content-Encoding"))
		changed = o.print != print{} && printOf(etag, o.size) != o.print
		switch size := int64(len(body)); {
		case o.print != print{} && etag == "":
			return instead(a, "an object")
		case coding == "" && !changed && size != o.size:
			return fmt.Errorf("answered with %d bytes of an object of %d", size, o.size)
		}
		return nil
	})
	var f fault
	switch errors.As(err, &f); {
	case err == nil && len(body) > maxObject:
		return nil, changed, s.refusal(o.key, errTooLarge)
	case err == nil:
		if body, err = plain(body, coding); err != nil {
			return nil, changed, s.refusal(o.key, err)
		}
		return body, changed, nil
	case f.about == aboutGone:
		err = fs.ErrNotExist
	case f.about == aboutObject, f.about == aboutDenied:
		return nil, false, s.refusal(o.key, f)
	}
	return nil, false, fmt.Errorf("read %s: %w", s.place(o.key), err)
}

var errTooLarge = fmt.Errorf("the object is larger than %d MB", maxObject>>20)

// refusal refuses the object at a key.
func (s *store) refusal(key string, err error) error {
	return &source.ArticleError{Place: s.place(key), Reason: err.Error(), Err: err}
}

// place names an object as messages do.
func (s *store) place(key string) string {
	return text.Showable(s.address.place() + "/" + key)
}

// codingOf returns the content coding that an object is stored in. "aws-chunked" is how it was sent up, which some stores keep; nothing of
// that is left in the object.
func codingOf(header string) string {
	var left []string
	for coding := range strings.SplitSeq(strings.ToLower(header), ",") {
		if coding = strings.TrimSpace(coding); coding != "" && coding != "identity" && coding != "aws-chunked" {
			left = append(left, coding)
		}
	}
	return strings.Join(left, ", ")
}

// plain returns the bytes of an object that is stored in a content coding.
func plain(body []byte, coding string) ([]byte, error) {
	switch coding {
	case "":
		return body, nil
	case "gzip", "x-gzip":
	default:
		return nil, fmt.Errorf("the object is stored with Content-Encoding: %.40q, which is not read; gzip is", coding)
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(io.LimitReader(z, maxObject+1))
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("the object is stored with Content-Encoding: gzip, and is none: %w", err)
	case len(body) > maxObject:
		return nil, fmt.Errorf("the object is larger than %d MB once it is decompressed", maxObject>>20)
	}
	return body, nil
}
