package json_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/source/freeport"
	"herald/source/sql/servertest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	servertest.Stop()
	os.Exit(code)
}

// site is WordPress itself, as the machine's package has it, on loopback.
type site struct {
	t        *testing.T
	base     string // its address
	env      []string
	hooks    chan []byte // bodies of the webhooks that it sent
	ids      map[string]int
	password string // of an application, of the user desk
}

// newSite installs WordPress into a database of its own and fills it. Where the machine lacks WordPress, PHP or MariaDB the test is skipped; CI
// counts that as a failure.
func newSite(t *testing.T) *site {
	t.Helper()
	program := "/usr/share/wordpress"
	if _, err := os.Stat(filepath.Join(program, "wp-settings.php")); err != nil {
		t.Skip("no WordPress on this machine (apt install wordpress php-cli php-mysql)")
	}
	if out, err := exec.Command("php", "-r", "exit(extension_loaded('mysqli') ? 0 : 1);").CombinedOutput(); err != nil {
		t.Skipf("no PHP with mysqli on this machine (apt install php-cli php-mysql): %v %s", err, out)
	}
	dsn, _ := servertest.MariaDB(t)
	database, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	content := t.TempDir()
	for _, name := range []string{"themes", "plugins", "mu-plugins", "uploads"} {
		if err := os.Mkdir(filepath.Join(content, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	hook, err := os.ReadFile("testdata/wordpress/hook.php")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(content, "mu-plugins", "hook.php"), hook, 0o644); err != nil {
		t.Fatal(err)
	}
	w := &site{t: t, hooks: make(chan []byte, 100)}
	ears := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.hooks <- body
	}))
	t.Cleanup(ears.Close)
	w.env = append(os.Environ(), "WORDPRESS="+program, "DATABASE="+strings.TrimPrefix(database.Path, "/"), "SOCKET="+database.Query().Get("socket"), "CONTENT="+content)
	installed := w.env
	w.env = append(w.env, "INSTALLING=1")
	w.file("install.php")
	w.env = installed
	w.file("permalinks.php")
	var seeded struct {
		IDs      map[string]int
		Password string
	}
	if out := w.file("seed.php"); json.Unmarshal([]byte(out), &seeded) != nil {
		t.Fatalf("seed: %s", out)
	}
	w.ids, w.password = seeded.IDs, seeded.Password
	w.env = append(w.env, "HOOK="+ears.URL)
	w.serve()
	return w
}

// file runs one of the files of testdata in WordPress, and returns what it prints.
func (w *site) file(name string) string {
	w.t.Helper()
	code, err := os.ReadFile(filepath.Join("testdata/wordpress", name))
	if err != nil {
		w.t.Fatal(err)
	}
	return w.run(string(code))
}

// do runs code in WordPress, a format of fmt.
func (w *site) do(format string, args ...any) string {
	w.t.Helper()
	return w.run("<?php " + fmt.Sprintf(format, args...))
}

func (w *site) run(code string) string {
	w.t.Helper()
	php := exec.CommandContext(w.t.Context(), "php", "testdata/wordpress/site.php")
	var faults bytes.Buffer
	php.Env, php.Stdin, php.Stderr = w.env, strings.NewReader(code), &faults
	out, err := php.Output()
	if err != nil || strings.Contains(string(out), "Fatal error") {
		w.t.Fatalf("WordPress: %v: %s%s", err, out, &faults)
	}
	return string(out)
}

// serve starts PHP's own web server and waits until it answers.
func (w *site) serve() {
	w.t.Helper()
	address, err := freeport.Address()
	if err != nil {
		w.t.Fatal(err)
	}
	php := exec.CommandContext(w.t.Context(), "php", "-S", address, "testdata/wordpress/site.php")
	php.Env = w.env
	if err := php.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = php.Wait() })
	w.base = "http://" + address
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		answer, err := http.Get(w.base + "/wp-json/")
		if err == nil {
			answer.Body.Close()
		}
		if err == nil && answer.StatusCode == http.StatusOK {
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("PHP's web server does not answer: %v", err)
		}
	}
}

// hook returns the body of the next webhook.
func (w *site) hook() []byte {
	w.t.Helper()
	select {
	case body := <-w.hooks:
		return body
	case <-time.After(time.Minute):
		w.t.Fatal("got no webhook")
		return nil
	}
}

// quiet forgets the webhooks that were sent.
func (w *site) quiet() {
	for len(w.hooks) > 0 {
		<-w.hooks
	}
}
