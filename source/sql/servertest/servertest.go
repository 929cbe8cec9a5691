// Package servertest starts servers of databases for tests, made from the machine's own programs: each once, in a folder of its own, reached
// by a socket alone.
package servertest

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql" // the driver "mysql"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// server is a server that lives until Stop.
type server struct {
	once  sync.Once
	make  func(s *server) error
	ping  func(s *server) (*sql.DB, error)
	dir   string
	cmd   *exec.Cmd
	said  bytes.Buffer
	err   error
	admin *sql.DB

	mu    sync.Mutex
	bases int
}

var (
	postgres = server{make: makePostgres, ping: func(s *server) (*sql.DB, error) { return sql.Open("pgx", s.postgres("postgres")) }}
	mariadb  = server{make: makeMariaDB, ping: func(s *server) (*sql.DB, error) { return sql.Open("mysql", "root@unix("+s.socket()+")/") }}
)

// Postgres returns the address of a new database of Postgres, and a pool of connections to it. Where the machine has none the test is
// skipped; CI counts that as a failure.
func Postgres(t testing.TB) (dsn string, db *sql.DB) {
	t.Helper()
	name := postgres.database(t, "create database %s template template0")
	dsn = postgres.postgres(name)
	return dsn, pool(t, "pgx", dsn)
}

// Schema returns the address of a new schema in one database of Postgres, which takes less time than a database: see Postgres.
func Schema(t testing.TB) (dsn string) {
	t.Helper()
	name := postgres.database(t, "create schema %s")
	return postgres.postgres("postgres") + "&search_path=" + name
}

// MariaDB returns the address of a new database of MariaDB, and a pool of connections to it. Where the machine has none the test is skipped; CI
// counts that as a failure.
func MariaDB(t testing.TB) (dsn string, db *sql.DB) {
	t.Helper()
	name := mariadb.database(t, "create database %s character set utf8mb4")
	return "mysql://root@/" + name + "?socket=" + url.QueryEscape(mariadb.socket()), pool(t, "mysql", "root@unix("+mariadb.socket()+")/"+name+"?multiStatements=true")
}

// Stop ends what was started. TestMain calls it.
func Stop() {
	for _, s := range []*server{&postgres, &mariadb} {
		if s.admin != nil {
			s.admin.Close()
		}
		if s.cmd != nil && s.cmd.Process != nil {
			_ = s.cmd.Process.Signal(syscall.SIGQUIT)
			_ = s.cmd.Wait()
		}
		if s.dir != "" {
			_ = os.RemoveAll(s.dir)
		}
	}
}

func pool(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// database makes a new database and returns its name.
func (s *server) database(t testing.TB, create string) string {
	t.Helper()
	s.once.Do(func() { s.err = s.start() })
	if errors.Is(s.err, exec.ErrNotFound) {
		t.Skipf("no such server on this machine: %v", s.err)
	}
	if s.err != nil {
		t.Fatalf("start: %v\n%s", s.err, &s.said)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bases++
	name := fmt.Sprintf("test%d", s.bases)
	if _, err := s.admin.Exec(fmt.Sprintf(create, name)); err != nil {
		t.Fatal(err)
	}
	return name
}

// start makes a server and waits until it answers.
func (s *server) start() (err error) {
	if err := s.make(s); err != nil {
		return err
	}
	if s.admin, err = s.ping(s); err != nil {
		return err
	}
	for range 400 {
		if err = s.admin.Ping(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// folder makes the folder of a server. A socket's path must be short, and its folder the user's who runs the server.
func (s *server) folder(prefix string, as *owner) (err error) {
	if s.dir, err = os.MkdirTemp("/tmp", prefix); err != nil || as == nil {
		return err
	}
	return os.Chown(s.dir, int(as.uid), int(as.gid))
}

// command runs as owner; nil: as who we are. It dies with the tests, where the system can do that.
func (s *server) command(as *owner, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = s.dir
	cmd.Stdout, cmd.Stderr = &s.said, &s.said
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir, "LC_ALL=C"}
	cmd.SysProcAttr = attributes(as)
	return cmd
}

func (s *server) postgres(database string) string {
	v := url.Values{"host": {s.dir}, "user": {"herald"}, "dbname": {database}}
	return "postgres:///?" + v.Encode()
}

func (s *server) socket() string { return filepath.Join(s.dir, "socket") }

func makePostgres(s *server) error {
	initdb, err := find("initdb", "/usr/lib/postgresql/*/bin/")
	if err != nil {
		return err
	}
	program, err := find("postgres", "/usr/lib/postgresql/*/bin/")
	if err != nil {
		return err
	}
	as, err := unprivileged("postgres", "nobody")
	if err != nil {
		return err
	}
	if err := s.folder("herald-pg-", as); err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	if err := s.command(as, initdb, "-D", data, "-U", "herald", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync").Run(); err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	s.cmd = s.command(as, program, "-D", data, "-k", s.dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=300")
	return s.cmd.Start()
}

func makeMariaDB(s *server) error {
	program, err := find("mariadbd", "/usr/sbin/")
	if err != nil {
		return err
	}
	as, err := unprivileged("mysql", "nobody")
	if err != nil {
		return err
	}
	if err := s.folder("herald-db-", as); err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	if err := s.command(as, "mkdir", data).Run(); err != nil {
		return err
	}
	s.cmd = s.command(as, program, "--no-defaults", "--datadir="+data, "--socket="+s.socket(), "--skip-networking", "--skip-grant-tables", "--pid-file="+filepath.Join(s.dir, "pid"),
		"--innodb-flush-log-at-trx-commit=0", "--max-allowed-packet=64M")
	return s.cmd.Start()
}

// find returns a program, which distributions may keep out of the path.
func find(name, folder string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	all, err := filepath.Glob(folder + name)
	if err != nil || len(all) == 0 {
		return "", errors.Join(err, &exec.Error{Name: name, Err: exec.ErrNotFound})
	}
	return all[len(all)-1], nil
}
