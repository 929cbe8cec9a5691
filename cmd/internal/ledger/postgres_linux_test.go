package ledger_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/ledger"
)

// cluster is a Postgres that lives as long as the tests, made from the machine's own binaries.
type cluster struct {
	once    sync.Once
	dir     string
	server  *exec.Cmd
	said    bytes.Buffer
	err     error
	schemas int
	mu      sync.Mutex
}

var postgres cluster

func TestMain(m *testing.M) {
	code := m.Run()
	postgres.stop()
	os.Exit(code)
}

// openPostgres returns a ledger in a new schema. Where the machine has no Postgres the test is
// skipped; CI counts that as a failure.
func openPostgres(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.OpenPostgres(t.Context(), newPostgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// newPostgres returns the connection string of a new schema without tables.
func newPostgres(t *testing.T) string {
	t.Helper()
	postgres.once.Do(func() { postgres.err = postgres.start() })
	if errors.Is(postgres.err, exec.ErrNotFound) {
		t.Skipf("no Postgres on this machine: %v", postgres.err)
	}
	if postgres.err != nil {
		t.Fatalf("start Postgres: %v\n%s", postgres.err, &postgres.said)
	}
	return postgres.schema(t)
}

// schema makes a new schema and returns its connection string.
func (c *cluster) schema(t *testing.T) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.schemas++
	name := fmt.Sprintf("test%d", c.schemas)
	db, err := sql.Open("pgx", c.dsn(""))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "create schema "+name); err != nil {
		t.Fatal(err)
	}
	return c.dsn(name)
}

func (c *cluster) dsn(schema string) string {
	v := url.Values{"host": {c.dir}, "user": {"herald"}, "dbname": {"postgres"}, "search_path": {schema}}
	return "postgres:///?" + v.Encode()
}

// start makes a cluster and waits until it answers.
func (c *cluster) start() error {
	initdb, err := find("initdb")
	if err != nil {
		return err
	}
	program, err := find("postgres")
	if err != nil {
		return err
	}
	// A socket's path must be short, and its folder another user's.
	if c.dir, err = os.MkdirTemp("/tmp", "herald-pg-"); err != nil {
		return err
	}
	owner, err := unprivileged()
	if err != nil {
		return err
	}
	if owner != nil {
		if err := os.Chown(c.dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(c.dir, "data")
	made := c.command(owner, initdb, "-D", data, "-U", "herald", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if err := made.Run(); err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	c.server = c.command(owner, program, "-D", data, "-k", c.dir, "-c", "listen_addresses=", "-c", "fsync=off")
	if err := c.server.Start(); err != nil {
		return err
	}
	return c.answers()
}

// command runs as owner; nil: as who we are. It dies with the tests.
func (c *cluster) command(owner *syscall.Credential, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = c.dir
	cmd.Stdout, cmd.Stderr = &c.said, &c.said
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Pdeathsig: syscall.SIGQUIT}
	return cmd
}

func (c *cluster) answers() error {
	db, err := sql.Open("pgx", c.dsn(""))
	if err != nil {
		return err
	}
	defer db.Close()
	for range 200 {
		if err = db.Ping(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

func (c *cluster) stop() {
	if c.server != nil && c.server.Process != nil {
		_ = c.server.Process.Signal(syscall.SIGQUIT)
		_ = c.server.Wait()
	}
	if c.dir != "" {
		_ = os.RemoveAll(c.dir)
	}
}

// find returns a program of Postgres, which distributions keep out of the path.
func find(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	all, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(all) == 0 {
		return "", errors.Join(err, &exec.Error{Name: name, Err: exec.ErrNotFound})
	}
	return all[len(all)-1], nil
}

// unprivileged returns the user that Postgres runs as where we are root, whom it refuses.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	var all error
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			all = errors.Join(all, err)
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
	}
	return nil, fmt.Errorf("no user to run as: %w", errors.New(strings.TrimSpace(all.Error())))
}
