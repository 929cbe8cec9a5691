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
	f.Add([]byte("\ufeff" + `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="news"><Blobs><Blob><Name>b.md</Name><Properties><Etag>0x1</Etag><Content-Length>3</Content-Length></Properties><Metadata><hdi_isfolder>true</hdi_isfolder></Metadata></Blob><Blob><Name Encoded="true">a%EF%BF%BE.md</Name></Blob></Blobs><NextMarker/></EnumerationResults>`))
	f.Add([]byte(`<html><IsTruncated>false</IsTruncated></html>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		fuzzListing(t, "s3://news?anonymous=true", "<Error><Code>InvalidObjectState</Code></Error>", "ListBucketResult", "IsTruncated", body)
		fuzzListing(t, "azblob://news?anonymous=true&storage_account=newsdesk", "<Error><Code>BlobArchived</Code></Error>", "EnumerationResults", "NextMarker", body)
	})
}

// fuzzListing answers a source with a listing; archived: what it answers for objects, root and end: what no listing is without.
func fuzzListing(t *testing.T, address, archived, root, end string, body []byte) {
	s, err := bucket.New(bucket.Config{URL: address, Wait: func(context.Context, time.Duration) error { return nil }, Fetch: func(_ context.Context, r remote.Request) (*remote.Answer, error) {
		if !strings.Contains(r.URL, "list-type") && !strings.Contains(r.URL, "comp=list") {
			return &remote.Answer{Status: http.StatusForbidden, Body: []byte(archived)}, nil
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
	if text := string(body); n == 0 && (!strings.Contains(text, root) || !strings.Contains(text, end)) {
		t.Errorf("got an empty bucket from %q, want an error", body)
	}
}
