// Package storetest starts object stores for tests: the programs versitygw, which speaks as S3 does, and Azurite, which speaks as Azure Blob
// Storage does. Each is one for a test program, in a folder of its own, on loopback.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"testing"
	"time"

	"github.com/minio/minio-go/v7/pkg/s3utils"
)

// Kinds returns all kinds of stores.
func Kinds() []Kind { return []Kind{S3(), Azure()} }

// Bucket is a bucket of a store; of Azure, a container.
type Bucket struct {
	Kind
	Name     string
	Endpoint string // "http://127.0.0.1:1234"; of Azure with the account in its path
}

// New returns a new bucket. Where the machine has no such store the test is skipped; CI counts that as a failure.
func New(t testing.TB, kind Kind) *Bucket {
	t.Helper()
	s := kind.server
	s.begin()
	if errors.Is(s.err, exec.ErrNotFound) {
		t.Skipf("no object store on this machine: %v", s.err)
	}
	if s.err != nil {
		t.Fatalf("start %s: %v\n%s", s.name, s.err, s.said.String())
	}
	b := &Bucket{Kind: kind, Name: fmt.Sprintf("news-%d", s.buckets.Add(1)), Endpoint: "http://" + s.address + s.path}
	b.must(t, http.MethodPut, kind.bucket, nil, nil)
	return b
}

// Stop ends the stores. TestMain calls it.
func Stop() {
	for _, kind := range Kinds() {
		kind.server.stop()
	}
}

// URL returns the address of the bucket as a source has it, below a prefix, with more parameters ("&anonymous=true").
func (b *Bucket) URL(prefix, more string) string {
	return fmt.Sprintf(b.url, b.Name, prefix, b.Endpoint) + more
}

// Put writes an object. coding is its Content-Encoding; "" is none.
func (b *Bucket) Put(t testing.TB, key, body, coding string) {
	t.Helper()
	header := map[string]string{}
	if coding != "" {
		header["Content-Encoding"] = coding
	}
	b.must(t, http.MethodPut, "/"+s3utils.EncodePath(key), []byte(body), header)
}

// Remove takes an object away.
func (b *Bucket) Remove(t testing.TB, key string) {
	t.Helper()
	b.must(t, http.MethodDelete, "/"+s3utils.EncodePath(key), nil, nil)
}

// Drop takes the bucket away, which holds nothing any more, or a few objects with these keys.
func (b *Bucket) Drop(t testing.TB, keys ...string) {
	t.Helper()
	for _, key := range keys {
		b.Remove(t, key)
	}
	b.must(t, http.MethodDelete, b.bucket, nil, nil)
}

func (b *Bucket) must(t testing.TB, method, path string, body []byte, header map[string]string) {
	t.Helper()
	if err := b.Do(context.Background(), method, path, body, header); err != nil {
		t.Fatal(err)
	}
}

// Do makes a signed request for a path below the bucket.
func (b *Bucket) Do(ctx context.Context, method, path string, body []byte, header map[string]string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, b.Endpoint+"/"+b.Name+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	b.sign(r, body)
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	said, _ := io.ReadAll(a.Body)
	if a.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s\n%s", method, path, a.Status, said)
	}
	return nil
}
