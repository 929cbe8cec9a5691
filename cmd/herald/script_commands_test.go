package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

const patience = time.Minute // for what happens beside the script

// scriptCommands are the commands that the scripts have beside those of the language.
func scriptCommands() map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	return map[string]func(ts *testscript.TestScript, neg bool, args []string){
		"snapshot":       snapshot(true),
		"snapshot-bytes": snapshot(false),
		"http":           ask,
		"eventually":     eventually,
		"ends":           exits,
		"first":          firstMatch,
		"touch":          touch,
		"site":           serveSite,
		"hostile":        hostileArticles,
		"sqlite":         sqliteFile,
	}
}

// snapshot FOLDER NAME notes names, bytes and times of all files; the second time under the
// same name they must be the same (or, negated, other). snapshot-bytes leaves the times out. The
// state is never looked at: reading it moves its side files.
func snapshot(times bool) func(ts *testscript.TestScript, neg bool, args []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if len(args) != 2 {
			ts.Fatalf("usage: snapshot FOLDER NAME")
		}
		now := list(ts, ts.MkAbs(args[0]), times)
		file := filepath.Join(ts.Getenv("TMPDIR"), "snapshot-"+args[1])
		before, err := os.ReadFile(file)
		ts.Check(os.WriteFile(file, []byte(now), 0o644))
		switch same := string(before) == now; {
		case err != nil:
		case !same && !neg:
			ts.Fatalf("%s changed:\nbefore\n%s\nafter\n%s", args[0], before, now)
		case same && neg:
			ts.Fatalf("%s did not change", args[0])
		}
	}
}

func list(ts *testscript.TestScript, root string, times bool) string {
	var b strings.Builder
	ts.Check(filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != root && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || strings.HasPrefix(d.Name(), "herald.db"):
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		fmt.Fprintf(&b, "%s %x", rel, sha256.Sum256(data))
		if info, err := d.Info(); err == nil && times {
			fmt.Fprintf(&b, " %s", info.ModTime().UTC())
		}
		b.WriteString("\n")
		return err
	}))
	return b.String()
}

// http [POST] URL [HEADER...] prints status, header and body of an answer. It waits until somebody
// listens.
func ask(ts *testscript.TestScript, neg bool, args []string) {
	method := http.MethodGet
	if len(args) > 0 && args[0] == http.MethodPost {
		method, args = args[0], args[1:]
	}
	if len(args) == 0 {
		ts.Fatalf("usage: http [POST] URL [HEADER: VALUE...]")
	}
	request, err := http.NewRequest(method, args[0], nil)
	ts.Check(err)
	for _, h := range args[1:] {
		name, value, _ := strings.Cut(h, ":")
		request.Header.Set(name, strings.TrimSpace(value))
	}
	client := http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var answer *http.Response
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if answer, err = client.Do(request); err == nil || time.Now().After(end) {
			break
		}
	}
	ts.Check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	out := ts.Stdout()
	fmt.Fprintf(out, "%s\n", answer.Status)
	ts.Check(answer.Header.Write(out))
	fmt.Fprintf(out, "\n%s\n", body)
	if neg == (answer.StatusCode < 400) {
		ts.Fatalf("answered %s", answer.Status)
	}
}

// eventually FILE-OR-URL REGEXP [N] waits until the text matches, N times at least. Negated, the
// text must not match within half a second.
func eventually(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: eventually FILE-OR-URL REGEXP [COUNT]")
	}
	want := 1
	if len(args) == 3 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		want = n
	}
	pattern := regexp.MustCompile("(?m)" + args[1])
	wait := patience
	if neg {
		wait = 500 * time.Millisecond
	}
	var text []byte
	for end := time.Now().Add(wait); ; time.Sleep(20 * time.Millisecond) {
		text = fetch(ts, args[0])
		if len(pattern.FindAll(text, -1)) >= want {
			break
		}
		if time.Now().After(end) {
			if neg {
				return
			}
			ts.Fatalf("%s does not come to match %s:\n%s", args[0], args[1], text)
		}
	}
	if neg {
		ts.Fatalf("%s matches %s:\n%s", args[0], args[1], text)
	}
}

func fetch(ts *testscript.TestScript, what string) []byte {
	if !strings.HasPrefix(what, "http://") {
		data, _ := os.ReadFile(ts.MkAbs(what))
		return data
	}
	answer, err := http.Get(what)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	data, _ := io.ReadAll(answer.Body)
	return data
}

// ends STATUS COMMAND... runs a command that must end with exactly that status; its output is
// what stdout and stderr ask about.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg {
		ts.Fatalf("usage: ends STATUS COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		coded, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = coded.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("ended with %d, want %s", got, args[0])
	}
}

// first FILE REGEXP NAME puts the pattern's first group (else all of it) into $NAME.
func firstMatch(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: first FILE REGEXP NAME")
	}
	found := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(ts.ReadFile(args[0]))
	if found == nil {
		ts.Fatalf("%s does not match %s:\n%s", args[0], args[1], ts.ReadFile(args[0]))
	}
	ts.Setenv(args[2], found[len(found)-1])
}

// touch FILE... sets new times and leaves the bytes.
func touch(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		ts.Check(os.Chtimes(ts.MkAbs(name), time.Now(), time.Now()))
	}
}

// site FOLDER NAME serves a folder as a public site, from a port of its own; its URL is put into $NAME. Where FILE.status lies
// beside a file, the answer is that status; where FILE@N does, it is the answer to a query with page=N; lines of FILE.headers are
// headers. Each request is a line of $WORK/NAME.log: path, status, whether it had a condition.
func serveSite(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: site FOLDER NAME")
	}
	folder, log := ts.MkAbs(args[0]), ts.MkAbs(args[1]+".log")
	files := http.FileServer(http.Dir(folder))
	var one sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		one.Lock()
		defer one.Unlock()
		status := http.StatusOK
		if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(r.URL.Path)+"@"+r.FormValue("page"))); err == nil {
			r.URL.Path += "@" + r.FormValue("page")
		}
		headers, _ := os.ReadFile(filepath.Join(folder, filepath.FromSlash(r.URL.Path)+".headers"))
		for line := range strings.Lines(string(headers)) {
			name, value, _ := strings.Cut(line, ":")
			w.Header().Set(name, strings.TrimSpace(value))
		}
		if word, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(r.URL.Path)+".status")); err == nil {
			fmt.Sscan(string(word), &status)
			w.WriteHeader(status)
		} else {
			files.ServeHTTP(w, r)
		}
		f, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err == nil {
			fmt.Fprintf(f, "%s %d conditional=%t agent=%s secret=%s\n", r.URL.Path, status, r.Header.Get("If-Modified-Since") != "", r.UserAgent(), r.Header.Get("Authorization"))
			f.Close()
		}
	}))
	ts.Defer(server.Close)
	ts.Setenv(args[1], server.URL)
}

// hostileArticles FOLDER writes articles that cost a careless reader minutes or gigabytes.
func hostileArticles(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: hostile FOLDER")
	}
	const front = "---\ntitle: 제목\ndate: 2026-01-03\n---\n"
	aliases := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
	for i := range 8 {
		aliases += fmt.Sprintf("a%d: &a%[1]d [%[2]s*a%[3]d]\n", i+1, strings.Repeat(fmt.Sprintf("*a%d,", i), 8), i)
	}
	for name, text := range map[string]string{
		"table.md":      front + "|" + strings.Repeat("a|", 1000) + "\n|" + strings.Repeat("-|", 1000) + "\n" + strings.Repeat("|\n", 12_000),
		"references.md": front + "\n[a]: " + strings.Repeat("x", 20_000) + "\n[a] b\n\n" + strings.Repeat("[a] ", 60_000),
		"dense.md":      front[:len(front)-len("date: 2026-01-03\n---\n")] + "---\n" + strings.Repeat("*a* ", 250_000),
		"aliases.md":    "---\ntitle: 제목\n" + aliases + "---\n글\n",
	} {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), name), []byte(text), 0o644))
	}
}
