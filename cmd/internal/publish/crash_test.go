package publish_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/publish"
)

// The test program runs itself as the process that is killed, or that has no room on its disk.
const (
	roleKey  = "PUBLISH_TEST_ROLE"
	rootKey  = "PUBLISH_TEST_ROOT"
	crashDoc = 64 << 10
)

func TestMain(m *testing.M) {
	switch os.Getenv(roleKey) {
	case "writer":
		os.Exit(writeForEver(os.Getenv(rootKey)))
	case "once":
		os.Exit(writeOnce(os.Getenv(rootKey)))
	case "full":
		os.Exit(writeTooMuch(os.Getenv(rootKey)))
	}
	os.Exit(m.Run())
}

// noTest is the context of the child processes, which no test owns.
func noTest() context.Context { return context.Background() }

func child(t *testing.T, role, root string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), roleKey+"="+role, rootKey+"="+root)
	cmd.Stderr = os.Stderr
	return cmd
}

// sealed is a body that proves by itself that it is whole: a line with number and digest, then filler.
func sealed(n int) []byte {
	filler := bytes.Repeat([]byte(strconv.Itoa(n)+" "), crashDoc/8)
	return fmt.Appendf(nil, "%d %x\n%s", n, sha256.Sum256(filler), filler)
}

func unseal(body []byte) (n int, whole bool) {
	head, filler, _ := bytes.Cut(body, []byte("\n"))
	var digest string
	if _, err := fmt.Sscanf(string(head), "%d %s", &n, &digest); err != nil {
		return 0, false
	}
	return n, digest == fmt.Sprintf("%x", sha256.Sum256(filler))
}

func writeForEver(root string) int {
	d, err := publish.OpenDir(root)
	for n := 1; err == nil; n++ {
		body := sealed(n)
		err = d.Put(noTest(), []publish.Document{
			{Path: "sitemap-2026-01.xml", Body: body}, {Path: "정치/feed.xml", Body: body}, {Path: "sitemap.xml", Body: body},
		})
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// TestKilledWriter kills a writer at many moments: each document is whole whenever it is looked at,
// what came earlier in the batch is never older than what came later, and the next writer leaves
// no temporary file.
func TestKilledWriter(t *testing.T) {
	root := filepath.Join(t.TempDir(), "public")
	v := publish.View(root)
	for round := range 12 {
		cmd := child(t, "writer", root)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(time.Duration(40+round*7) * time.Millisecond); time.Now().Before(end); {
			lookAll(t, v)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		lookAll(t, v)
	}
	d, err := publish.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	put(t, d, "sitemap.xml", "끝", "정치/feed.xml", "끝")
	noTemporaries(t, root)
}

func lookAll(t *testing.T, v *publish.Dir) {
	t.Helper()
	for _, p := range []string{"sitemap.xml", "정치/feed.xml", "sitemap-2026-01.xml"} {
		body, err := v.Read(t.Context(), p, 1<<20)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, whole := unseal(body); !whole {
			t.Fatalf("%s is not whole: %d bytes", p, len(body))
		}
	}
}

// writeTooMuch runs with a limit on the size of files: write fails in the middle, as on a full disk.
func writeTooMuch(root string) int {
	signal.Ignore(syscall.SIGXFSZ)
	d, err := publish.OpenDir(root)
	if err == nil {
		err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: 4096})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	err = d.Put(noTest(), []publish.Document{{Path: "small.xml", Body: []byte("new")}, {Path: "feed.xml", Body: sealed(1)}})
	fmt.Print(err)
	return 0
}

func TestPutOnAFullDisk(t *testing.T) {
	d, root := open(t)
	put(t, d, "feed.xml", "old", "small.xml", "old")
	out, err := child(t, "full", root).Output()
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, errors.New(string(out)), "put feed.xml: file too large")
	wantTree(t, root, "feed.xml=old", "small.xml=old")
}
