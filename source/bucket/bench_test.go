package bucket_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"herald/source/bucket"
	"herald/source/bucket/storetest"
	"herald/source/remote"
)

// BenchmarkListing lists 100,000 objects of a store that answers at once, as a scan that finds nothing changed does, and says how much of
// it stays in memory.
func BenchmarkListing(b *testing.B) {
	for address, answer := range map[string]func(objects int) remote.Fetch{"s3://news/articles": pages, "azblob://news/articles?storage_account=newsdesk": azurePages} {
		scheme, _, _ := strings.Cut(address, ":")
		b.Run(scheme, func(b *testing.B) { benchmarkListing(b, address, answer) })
	}
}

func benchmarkListing(b *testing.B, address string, answer func(objects int) remote.Fetch) {
	const objects = 100_000
	s := sourceOf(b, address, answer(objects))
	var seen [][2]string
	for e, err := range s.List(b.Context()) {
		if err != nil {
			b.Fatal(err)
		}
		seen = append(seen, [2]string{e.Key, e.Fingerprint})
	}
	before := heap()
	other := sourceOf(b, address, answer(objects))
	for range other.List(b.Context()) {
		continue
	}
	kept := heap() - before
	runtime.KeepAlive(other)
	for b.Loop() {
		s.Fetch(b.Context(), func(yield func(string, string) bool) {
			for _, one := range seen {
				if !yield(one[0], one[1]) {
					return
				}
			}
		})
		n := 0
		for _, err := range s.List(b.Context()) {
			if n++; err != nil {
				b.Fatal(err)
			}
		}
		if n != objects || s.Left() != "" {
			b.Fatalf("got %d entries, left %q", n, s.Left())
		}
	}
	b.ReportMetric(float64(kept)/objects, "B-kept/object")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/objects, "ns/object")
}

// sourceOf returns the source of a store that answers at once.
func sourceOf(b *testing.B, address string, fetch remote.Fetch) *bucket.Source {
	b.Helper()
	s, err := bucket.New(bucket.Config{URL: address, Credentials: bucket.Credentials{AccessKey: "newsdesk", SecretKey: "a2V5"}, Fetch: fetch})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// pages answers with the pages of a listing.
func pages(objects int) remote.Fetch {
	return func(_ context.Context, r remote.Request) (*remote.Answer, error) {
		u, err := url.Parse(r.URL)
		if err != nil {
			return nil, err
		}
		from, _ := strconv.Atoi(u.Query().Get("continuation-token"))
		var x strings.Builder
		fmt.Fprintf(&x, "<ListBucketResult><IsTruncated>%t</IsTruncated><NextContinuationToken>%d</NextContinuationToken>", from+1000 < objects, from+1000)
		for i := from; i < from+1000; i++ {
			fmt.Fprintf(&x, "<Contents><Key>articles/2026/03/%06d-a-headline-of-usual-length.md</Key><LastModified>2026-03-01T00:00:00.000Z</LastModified><ETag>&quot;%032x&quot;</ETag><Size>5000</Size><StorageClass>STANDARD</StorageClass></Contents>", i, i)
		}
		x.WriteString("</ListBucketResult>")
		return &remote.Answer{Status: http.StatusOK, Body: []byte(x.String())}, nil
	}
}

// azurePages answers with those of Azure.
func azurePages(objects int) remote.Fetch {
	return func(_ context.Context, r remote.Request) (*remote.Answer, error) {
		u, err := url.Parse(r.URL)
		if err != nil {
			return nil, err
		}
		from, _ := strconv.Atoi(u.Query().Get("marker"))
		var x strings.Builder
		x.WriteString(`<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="news"><Blobs>`)
		for i := from; i < from+1000; i++ {
			fmt.Fprintf(&x, "<Blob><Name>articles/2026/03/%06d-a-headline-of-usual-length.md</Name><Properties><Creation-Time>Sun, 01 Mar 2026 00:00:00 GMT</Creation-Time><Last-Modified>Sun, 01 Mar 2026 00:00:00 GMT</Last-Modified><Etag>0x%015X</Etag><Content-Length>5000</Content-Length><Content-Type>text/markdown</Content-Type><Content-Encoding /><Content-Language /><Content-MD5>XrY7u+Ae7tCTyyK7j1rNww==</Content-MD5><Cache-Control /><Content-Disposition /><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted></Properties><Metadata /><OrMetadata /></Blob>", i, i)
		}
		next := ""
		if from+1000 < objects {
			next = strconv.Itoa(from + 1000)
		}
		x.WriteString("</Blobs><NextMarker>" + next + "</NextMarker></EnumerationResults>")
		return &remote.Answer{Status: http.StatusOK, Body: []byte(x.String())}, nil
	}
}

// BenchmarkFirstScan lists and reads 10,000 objects of a real store, and a second time where nothing changed.
func BenchmarkFirstScan(b *testing.B) {
	const objects = 10_000
	in := inS3()
	store := storetest.New(b, in.Kind)
	putMany(b, store, objects)
	for b.Loop() {
		s := open(b, in, store, "글", nil)
		s.Fetch(b.Context(), func(func(string, string) bool) {})
		n := 0
		for e, err := range s.List(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			if _, err := s.Load(b.Context(), e.Key); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != objects {
			b.Fatalf("got %d articles, want %d", n, objects)
		}
	}
	b.ReportMetric(float64(peak())/1024, "MiB-peak")
}

// peak returns the most memory that this process ever had, in KiB; 0: the system does not say.
func peak() (kib int) {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kib); err == nil {
			return kib
		}
	}
	return 0
}
