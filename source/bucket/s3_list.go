package bucket

import (
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"

	"herald/source/remote"
)

// listing returns the query of ListObjectsV2.
func (s *s3) listing(prefix, token string, limit int) url.Values {
	q := url.Values{"list-type": {"2"}, "prefix": {prefix}, "encoding-type": {"url"}}
	if token != "" {
		q.Set("continuation-token", token)
	}
	if limit > 0 {
		q.Set("max-keys", fmt.Sprint(limit))
	}
	return q
}

// s3Page is a page as S3 has it.
type s3Page struct {
	XMLName   xml.Name `xml:"ListBucketResult"`
	Encoding  string   `xml:"EncodingType"`
	Truncated string   `xml:"IsTruncated"`
	Next      string   `xml:"NextContinuationToken"`
	Contents  []struct {
		Key, ETag string
		Size      int64
	}
}

// page reads a page of a listing.
func (s *s3) page(a *remote.Answer) (*page, error) {
	var p s3Page
	if err := decode(a, "ListBucketResult", "the listing of a bucket", &p); err != nil {
		return nil, err
	}
	switch {
	case p.Truncated != "true" && p.Truncated != "false":
		return nil, errors.New("the listing does not say whether it is whole (IsTruncated)")
	case p.Truncated == "false":
		p.Next = ""
	case p.Next == "":
		return nil, errNoProgress
	}
	all := make([]object, 0, len(p.Contents))
	for _, o := range p.Contents {
		if p.Encoding == "url" {
			key, err := url.QueryUnescape(o.Key)
			if err != nil {
				return nil, fmt.Errorf("the listing holds the key %.200q, which is not encoded as it says", o.Key)
			}
			o.Key = key
		}
		all = append(all, object{o.Key, o.Size, printOf(bare(o.ETag), o.Size)})
	}
	return &page{all, p.Next}, nil
}
