package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// daemonWord stands in place of a command: herald run is started, read as readers and crawlers do
// while an article changes, and ended.
const daemonWord = "(run)"

// daemonSet serves the pages of a small site. HUB is the listener's address, so its port is a free
// one; the daemon takes the next.
func daemonSet() set {
	c := corpus{seed: 6, count: 60, plain: true}
	return set{name: "run", about: "the daemon: what it answers to readers and crawlers, what it says, and one edit", hub: true, steps: []step{
		{"run", func(s *site) {
			c.put(s, "articles")
			s.config(plainConfig(told + "serve: {listen: \"127.0.0.1:0\"}\naliases: {/rss.xml: /feed.xml}\n"))
		}, append(asks("build"), ask{daemonWord}, ask{"status", "--json"})},
	}}
}

// daemon runs herald for a while and keeps what it answered and said.
func (r *runner) daemon(to string) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	var out, errs bytes.Buffer
	cmd := r.command(ask{"run"})
	cmd.Env = append(cmd.Env, "HERALD_SERVE_LISTEN="+address)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		return err
	}
	answers, err := r.visit(address)
	err = errors.Join(err, r.endDaemon())
	timer := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	defer timer.Stop()
	cmd.Wait() // its status is kept
	if err != nil {
		return fmt.Errorf("%w\n%s", err, errs.Bytes())
	}
	here := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(address), []byte("ADDRESS")) }
	if err := os.WriteFile(to+".answers", here(answers), 0o644); err != nil {
		return err
	}
	return keepOutput(to, here(out.Bytes()), sortedLines(here(errs.Bytes())), cmd.ProcessState.ExitCode())
}

// sortedLines puts in byte order what comes in the order of chance.
func sortedLines(text []byte) []byte {
	lines := strings.SplitAfter(string(text), "\n")
	slices.Sort(lines)
	return []byte(strings.Join(lines, ""))
}

// endDaemon sends SIGTERM to the process that holds the state.
func (r *runner) endDaemon() error {
	text, err := os.ReadFile(filepath.Join(r.folder, "herald.db.lock"))
	if err != nil {
		return err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	return syscall.Kill(pid, syscall.SIGTERM)
}

// visit asks for everything in several ways, saves an article and waits until it is served.
func (r *runner) visit(address string) ([]byte, error) {
	var answers bytes.Buffer
	if err := r.until(address, "/feed.xml", ""); err != nil {
		return nil, err
	}
	paths := []string{"/", "/feed.xml", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/robots.txt", "/abcdefgh12345678.txt", "/herald.db", "/nothing", "/../herald.yaml", "/feed.xml/", "/%zz", "/feed.xml?a=1", "//feed.xml"}
	headers := []http.Header{
		{}, {"Accept-Encoding": {"gzip"}}, {"Range": {"bytes=0-9"}}, {"If-None-Match": {"*"}}, {"If-Modified-Since": {"Sun, 06 Nov 2050 08:49:37 GMT"}},
	}
	for _, path := range paths {
		for _, h := range headers {
			for _, method := range []string{"GET", "HEAD", "POST"} {
				if err := request(&answers, address, method, path, h); err != nil {
					return nil, err
				}
			}
		}
	}
	if err := os.WriteFile(filepath.Join(r.folder, "articles", "saved.md"), []byte(dated(9, "막 저장한 글\n")), 0o644); err != nil {
		return nil, err
	}
	return answers.Bytes(), r.until(address, "/sitemap-2024-01.xml", "/saved/")
}

// until waits for a text in what is served.
func (r *runner) until(address, path, text string) error {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var got bytes.Buffer
		if err := request(&got, address, "GET", path, nil); err == nil && bytes.Contains(got.Bytes(), []byte(" 200 ")) && bytes.Contains(got.Bytes(), []byte(text)) {
			return nil
		}
	}
	return fmt.Errorf("%s never came to hold %q", path, text)
}

// request writes one exchange as text.
func request(to *bytes.Buffer, address, method, path string, h http.Header) error {
	req, err := http.NewRequest(method, "http://"+address+"/", nil)
	if err != nil {
		return err
	}
	req.URL.Opaque = "//" + address + path
	for name, values := range h {
		req.Header[name] = values
	}
	resp, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	fmt.Fprintf(to, "%s %s %v\n%s %s\n", method, path, h, resp.Proto, resp.Status)
	resp.Header.Write(to)
	fmt.Fprintf(to, "\n%s\n\n", body)
	return nil
}

// freeAddress is one on which nobody listens.
func freeAddress() (string, error) {
	h, err := openHub()
	if err != nil {
		return "", err
	}
	defer h.close()
	return h.listener.Addr().String(), nil
}
