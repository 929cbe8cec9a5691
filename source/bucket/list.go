package bucket

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"herald/source/remote"
)

// maxPage is more than any page of a listing has: 1,000 keys of 1,024 bytes each, in percent codes, and what is said of them.
const maxPage = 16 << 20

// page is one page of a listing (ListObjectsV2).
type page struct {
	XMLName   xml.Name
	Prefix    string
	Encoding  string `xml:"EncodingType"`
	Truncated string `xml:"IsTruncated"`
	Next      string `xml:"NextContinuationToken"`
	Contents  []struct {
		Key, ETag string
		Size      int64
	}
}

// list calls each for all objects below a prefix, in the store's order. An error means that not all of them are known.
func (s *store) list(ctx context.Context, prefix string, limit int, each func(object) error) error {
	token := ""
	for {
		q := url.Values{"list-type": {"2"}, "prefix": {prefix}, "encoding-type": {"url"}}
		if token != "" {
			q.Set("continuation-token", token)
		}
		if limit > 0 {
			q.Set("max-keys", fmt.Sprint(limit))
		}
		var p *page
		err := s.ask(ctx, "", q, maxPage+1, func(a *remote.Answer) (err error) {
			p, err = readPage(a, prefix)
			return err
		})
		if err != nil {
			return err
		}
		for _, o := range p.Contents {
			if err := each(object{strings.TrimPrefix(o.Key, s.address.prefix), o.Size, printOf(bare(o.ETag), o.Size)}); err != nil {
				return err
			}
		}
		switch {
		case p.Truncated == "false" || limit > 0:
			return nil
		case p.Next == "" || p.Next == token:
			return errors.New("the listing does not go on where it says that it does")
		}
		token = p.Next
	}
}

// readPage reads a page of a listing. Anything else in its place, and one that breaks off, is an error: what it holds is unknown.
func readPage(a *remote.Answer, prefix string) (*page, error) {
	if len(a.Body) > maxPage {
		return nil, fmt.Errorf("a page of the listing is over the limit of %d MiB", maxPage>>20)
	}
	p := &page{}
	d := xml.NewDecoder(bytes.NewReader(a.Body))
	if err := d.Decode(p); err != nil || p.XMLName.Local != "ListBucketResult" {
		return nil, cmp.Or(broken(a, err), instead(a, "the listing of a bucket"))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("the listing goes on after its end")
	}
	if p.Truncated != "true" && p.Truncated != "false" {
		return nil, errors.New("the listing does not say whether it is whole (IsTruncated)")
	}
	for i := range p.Contents {
		o := &p.Contents[i]
		if p.Encoding == "url" {
			key, err := url.QueryUnescape(o.Key)
			if err != nil {
				return nil, fmt.Errorf("the listing holds the key %.200q, which is not encoded as it says", o.Key)
			}
			o.Key = key
		}
		if !strings.HasPrefix(o.Key, prefix) {
			return nil, fmt.Errorf("the listing holds the key %.200q, which was not asked for", o.Key)
		}
	}
	return p, nil
}

// broken returns that a listing breaks off, if that is what is wrong with it.
func broken(a *remote.Answer, err error) error {
	if err != nil && bytes.Contains(a.Body[:min(len(a.Body), 512)], []byte("<ListBucketResult")) {
		return fmt.Errorf("the listing breaks off or is no XML: %w", err)
	}
	return nil
}
