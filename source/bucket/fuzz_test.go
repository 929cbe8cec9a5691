package bucket_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"herald/source/bucket"
	"herald/source/remote"
)

// Whatever a store answers in the place of a listing, its keys come in order, or an error does; it is no empty bucket unless it says so.
func FuzzListing(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Contents><Key>a%2Bb.md</Key><ETag>&quot;1&quot;</ETag><Size>3</Size></Contents><Contents><Key>a.md</Key></Contents></ListBucketResult>`))
	f.Add([]byte(`<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken></ListBucketResult>`))
	f.Add([]byte(`<html><IsTruncated>false</IsTruncated></html>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := bucket.New(bucket.Config{URL: "s3://news?anonymous=true", Wait: func(context.Context, time.Duration) error { return nil }, Fetch: func(_ context.Context, r remote.Request) (*remote.Answer, error) {
			if !strings.Contains(r.URL, "list-type") {
				return &remote.Answer{Status: http.StatusForbidden, Body: []byte("<Error><Code>InvalidObjectState</Code></Error>")}, nil
			}
			return &remote.Answer{Status: http.StatusOK, Body: body}, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		s.Fetch(t.Context(), func(func(string, string) bool) {})
		last, n := "", 0
		for e, err := range s.List(t.Context()) {
			if err != nil {
				return
			}
			if e.Key <= last {
				t.Fatalf("got %q behind %q, want ascending keys", e.Key, last)
			}
			last = e.Key
			n++
		}
		if text := string(body); n == 0 && (!strings.Contains(text, "ListBucketResult") || !strings.Contains(text, "IsTruncated")) {
			t.Errorf("got an empty bucket from %q, want an error", body)
		}
	})
}
