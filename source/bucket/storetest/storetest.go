// Package storetest starts an object store for tests, from the program versitygw, which speaks as S3 does: one for a test program, in a folder
// of its own, on loopback.
package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7/pkg/s3utils"
	"github.com/minio/minio-go/v7/pkg/signer"
)

// The keys that the store knows, and its region.
const (
	AccessKey = "AKIAHERALDTEST000001"
	SecretKey = "s3cr3t/of+the=store-of-tests"
	Region    = "eu-west-1"
)

// server is the store, which lives until Stop.
type server struct {
	find    func() (program string, err error)
	once    sync.Once
	dir     string
	address string
	cmd     *exec.Cmd
	said    bytes.Buffer
	err     error
	buckets atomic.Int32
}

var one = server{find: program}

// Bucket is a bucket of the store.
type Bucket struct {
	Name     string
	Endpoint string // "http://127.0.0.1:1234"
}

// New returns a new bucket. Where the machine has no versitygw the test is skipped; CI counts that as a failure.
func New(t testing.TB) *Bucket {
	t.Helper()
	one.begin()
	if errors.Is(one.err, exec.ErrNotFound) {
		t.Skipf("no object store on this machine: %v", one.err)
	}
	if one.err != nil {
		t.Fatalf("start versitygw: %v\n%s", one.err, one.said.String())
	}
	b := &Bucket{Name: fmt.Sprintf("news-%d", one.buckets.Add(1)), Endpoint: "http://" + one.address}
	b.must(t, http.MethodPut, "", nil, nil)
	return b
}

// begin starts the store, once.
func (s *server) begin() { s.once.Do(func() { s.err = s.start() }) }

// Stop ends the store. TestMain calls it.
func Stop() {
	if one.cmd != nil && one.cmd.Process != nil {
		_ = one.cmd.Process.Signal(syscall.SIGTERM)
		_ = one.cmd.Wait()
	}
	if one.dir != "" {
		_ = os.RemoveAll(one.dir)
	}
}

// program finds versitygw, which `go install` puts where the path may not lead.
func program() (string, error) {
	if path, err := exec.LookPath("versitygw"); err == nil {
		return path, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", exec.ErrNotFound
	}
	return exec.LookPath(filepath.Join(home, "go", "bin", "versitygw"))
}

func (s *server) start() error {
	path, err := s.find()
	if err != nil {
		return fmt.Errorf("versitygw: %w", exec.ErrNotFound)
	}
	if s.dir, err = os.MkdirTemp("", "store-*"); err != nil {
		return err
	}
	objects, facts := filepath.Join(s.dir, "objects"), filepath.Join(s.dir, "facts")
	if err := errors.Join(os.Mkdir(objects, 0o755), os.Mkdir(facts, 0o755)); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.address = l.Addr().String()
	l.Close()
	s.cmd = exec.Command(path, "--port", s.address, "--region", Region, "--quiet", "--keep-alive", "posix", "--sidecar", facts, objects)
	s.cmd.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+AccessKey, "ROOT_SECRET_KEY="+SecretKey)
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	s.cmd.SysProcAttr = attributes()
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for range 200 {
		if c, err := net.Dial("tcp", s.address); err == nil {
			return c.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("it does not listen after 10 s")
}

// URL returns the address of the bucket as a source has it, below a prefix, with more parameters ("&anonymous=true").
func (b *Bucket) URL(prefix, more string) string {
	return "s3://" + b.Name + "/" + prefix + "?region=" + Region + "&endpoint=" + b.Endpoint + more
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
	b.must(t, http.MethodDelete, "", nil, nil)
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
	sum := sha256.Sum256(body)
	r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:]))
	a, err := http.DefaultClient.Do(signer.SignV4(*r, AccessKey, SecretKey, "", Region))
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
