package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/engine"
)

// desk is a folder with a config, articles and a state, that the real program works in. Copies of the state would lie in
// temp.
type desk struct {
	t                  *testing.T
	dir, temp, program string
}

const siteConfig = "site: {url: \"https://news.example.org\", title: 마을 소식}\nsources: [{path: ./articles}]\nstate: state/herald.db\n"

// newDesk makes one where other users may read.
func newDesk(t *testing.T, config string) *desk {
	t.Helper()
	top := t.TempDir()
	s := &desk{t, filepath.Join(top, "site"), filepath.Join(top, "temp"), filepath.Join(top, "herald")}
	path, err := exec.LookPath("herald")
	s.must(err)
	program, err := os.ReadFile(path)
	s.must(errors.Join(err, os.WriteFile(s.program, program, 0o755)))
	s.must(errors.Join(os.Chmod(filepath.Dir(top), 0o755), os.Chmod(top, 0o755), os.Mkdir(s.temp, 0o777), os.Chmod(s.temp, 0o777)))
	s.write("herald.yaml", config)
	s.write("articles/a.md", "---\ntitle: 첫 소식\ndate: 2026-01-02\n---\n본문\n")
	return s
}

func (s *desk) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *desk) write(name, text string) {
	s.t.Helper()
	file := filepath.Join(s.dir, name)
	s.must(errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)))
}

// command is the program in the site's folder.
func (s *desk) command(args ...string) *exec.Cmd {
	cmd := exec.Command(s.program, args...)
	cmd.Dir, cmd.Env = s.dir, append(os.Environ(), "TMPDIR="+s.temp, "LC_ALL=C")
	return cmd
}

// want runs a command as the user of the tests, or as another one, and wants a status.
func (s *desk) want(status int, as *syscall.Credential, args ...string) string {
	s.t.Helper()
	cmd := s.command(args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != status {
		s.t.Errorf("herald %s: got %v, want status %d\n%s", strings.Join(args, " "), err, status, out)
	}
	return string(out)
}

// footprint is names, modes, times and digests of all files about the site, copies of the state too.
func (s *desk) footprint() string {
	s.t.Helper()
	var out strings.Builder
	s.must(filepath.Walk(filepath.Dir(s.dir), func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&out, "%s %v %v %x\n", path, info.Mode(), info.ModTime(), sha256.Sum256(data))
		return err
	}))
	return out.String()
}

// kill starts the daemon and kills it once its first scan is done.
func (s *desk) kill() {
	s.t.Helper()
	cmd := s.command("run")
	s.must(cmd.Start())
	waitFor(s.t, "a -wal with pages", func() bool {
		info, err := os.Stat(filepath.Join(s.dir, "state/herald.db-wal"))
		return err == nil && info.Size() > 0
	})
	s.must(cmd.Process.Kill())
	_ = cmd.Wait()
}

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited for %s", what)
		}
	}
}

// readingCommands are those that the operator's contract lets write nothing.
func readingCommands() [][]string {
	return [][]string{
		{"check"}, {"check", "--json"}, {"status"}, {"status", "--editions"}, {"status", "--json"}, {"explain", "articles/a.md"},
		{"explain", "https://news.example.org/a/", "--json"}, {"plan"}, {"plan", "--json"}, {"plan", "--against", "public/feed.xml"}, {"state", "dump"},
	}
}

// A user who may read everything and write nothing gets what the owner gets, whatever was left in the state, and leaves no trace.
func TestReadingCommandsOnlyRead(t *testing.T) {
	dump, err := filepath.Abs("../internal/ledger/testdata/schema-3.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for name, prepare := range map[string]func(*desk){
		"at rest": func(*desk) {},
		"killed":  (*desk).kill,
		"of an older schema": func(s *desk) {
			s.must(os.RemoveAll(filepath.Join(s.dir, "state")))
			s.want(0, nil, "state", "load", dump)
		},
		"killed, without -shm": func(s *desk) { s.kill(); s.must(os.Remove(filepath.Join(s.dir, "state/herald.db-shm"))) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newDesk(t, siteConfig)
			s.want(0, nil, "build")
			prepare(s)
			s.must(filepath.Walk(s.dir, func(path string, info os.FileInfo, err error) error {
				return errors.Join(err, os.Chmod(path, info.Mode().Perm()&0o555|0o444))
			}))
			t.Cleanup(func() {
				_ = filepath.Walk(s.dir, func(path string, _ os.FileInfo, _ error) error { return os.Chmod(path, 0o755) })
			})
			var as *syscall.Credential
			if os.Getuid() == 0 { // may write whatever the modes say
				as = &syscall.Credential{Uid: 65534, Gid: 65534}
			}
			before := s.footprint()
			for _, args := range readingCommands() {
				want := engine.StatusDone
				if args[0] == "plan" && len(args) < 3 {
					want = engine.StatusNotDone // as build would end: it could not write
				}
				if name == "of an older schema" && args[0] == "explain" {
					continue // the state tells of other articles
				}
				out := s.want(want, as, args...)
				if want == engine.StatusNotDone && !strings.Contains(out, "user id") && len(args) < 3 {
					t.Errorf("herald %v does not say who cannot write:\n%s", args, out)
				}
				if now := s.footprint(); now != before {
					t.Fatalf("herald %v left a trace:\n%.2000s\nbefore\n%.2000s", args, now, before)
				}
			}
		})
	}
}

// Where the state may not be read at all, check goes on without it and the others name the reason.
func TestAStateThatMayNotBeRead(t *testing.T) {
	if os.Getuid() != 0 {
		t.Log("as an ordinary user: the state is hidden from that user")
	}
	s := newDesk(t, siteConfig)
	s.want(0, nil, "build")
	s.must(os.Chmod(filepath.Join(s.dir, "state/herald.db"), 0o000))
	var as *syscall.Credential
	if os.Getuid() == 0 {
		as = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	if out := s.want(0, as, "check"); !strings.Contains(out, "1 article (1 public), 0 refused") || !strings.Contains(out, "as if there were no state") {
		t.Errorf("check: got %s", out)
	}
	for _, args := range [][]string{{"status"}, {"plan"}, {"explain", "articles/a.md"}, {"state", "dump"}} {
		if out := s.want(1, as, args...); !strings.Contains(out, "permission denied") || !strings.Contains(out, "user id") {
			t.Errorf("%v: got %s, want the reason", args, out)
		}
	}
	s.must(os.RemoveAll(filepath.Join(s.dir, "state")))
	s.want(0, as, "check")
	if out := s.want(1, as, "status"); !strings.Contains(out, "herald build makes it") {
		t.Errorf("status without a state: got %s", out)
	}
}

// On a mount that is read only even root writes nothing.
func TestReadingCommandsOnAReadOnlyMount(t *testing.T) {
	for name, prepare := range map[string]func(*desk){"at rest": func(*desk) {}, "killed": (*desk).kill} {
		s := newDesk(t, siteConfig)
		s.want(0, nil, "build")
		prepare(s)
		for _, args := range readingCommands() {
			script := `mount --bind . . && cd "$PWD" && mount -o remount,ro,bind . && exec "$@"`
			cmd := exec.Command("unshare", append([]string{"-m", "sh", "-c", script, "sh", s.program}, args...)...)
			cmd.Dir, cmd.Env = s.dir, append(os.Environ(), "TMPDIR="+s.temp, "LC_ALL=C")
			out, err := cmd.CombinedOutput()
			if bytes.Contains(out, []byte("unshare:")) || bytes.Contains(out, []byte("mount:")) || errors.Is(err, exec.ErrNotFound) {
				t.Logf("no mounts here: %v %s", err, out)
				return
			}
			want := engine.StatusDone
			if args[0] == "plan" && len(args) < 3 {
				want = engine.StatusNotDone
			}
			if got := cmd.ProcessState.ExitCode(); got != want {
				t.Errorf("%s: herald %v: got status %d, want %d\n%s", name, args, got, want, out)
			}
		}
	}
}

// Beside a daemon reading commands see what it sees, and a second name of its state is refused with its number.
func TestOneStateHasOneOwner(t *testing.T) {
	s := newDesk(t, siteConfig)
	s.write("linked/herald.yaml", "state: elsewhere.db\n"+siteConfig[:strings.Index(siteConfig, "state:")])
	s.write("linked/articles/b.md", "---\ntitle: 다른 소식\ndate: 2026-01-02\n---\n본문\n")
	s.must(os.Symlink("../state/herald.db", filepath.Join(s.dir, "linked/elsewhere.db")))
	s.must(os.Symlink("state", filepath.Join(s.dir, "data")))
	for file, state := range map[string]string{"folder.yaml": "data/herald.db", "hard.yaml": "hard.db", "absolute.yaml": filepath.Join(s.dir, "state/../data/herald.db")} {
		s.write(file, strings.Replace(siteConfig, "state/herald.db", state, 1))
	}
	cmd := s.command("run")
	s.must(cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	waitFor(t, "a feed", func() bool { _, err := os.Stat(filepath.Join(s.dir, "public/feed.xml")); return err == nil })
	for _, args := range readingCommands() {
		s.want(0, nil, args...)
	}
	s.must(os.Link(filepath.Join(s.dir, "state/herald.db"), filepath.Join(s.dir, "hard.db")))
	pid := fmt.Sprint("process ", cmd.Process.Pid)
	for _, config := range []string{"herald.yaml", "folder.yaml", "absolute.yaml", "hard.yaml", "linked/herald.yaml"} {
		if out := s.want(1, nil, "run", "-c", config); !strings.Contains(out, pid) {
			t.Errorf("run -c %s: got %s, want %s named", config, out, pid)
		}
	}
	if out := s.want(1, nil, "build", "-c", "hard.yaml"); !strings.Contains(out, pid) {
		t.Errorf("build by a hard link: got %s, want %s named", out, pid)
	}
	if out := s.want(1, nil, "plan", "-c", "hard.yaml"); !strings.Contains(out, pid) {
		t.Errorf("plan by a hard link: got %s, want it to end as build", out)
	}
	for _, stray := range []string{"linked/elsewhere.db-wal", "linked/elsewhere.db.lock", "hard.db-wal", "linked/public"} {
		if _, err := os.Lstat(filepath.Join(s.dir, stray)); err == nil {
			t.Errorf("%s was made", stray)
		}
	}
}

// plan that is told to end while it waits for somebody leaves nothing behind.
func TestPlanThatIsEndedLeavesNothing(t *testing.T) {
	asked := make(chan struct{}, 10)
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(slow.Close)
	for _, sent := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		if signal.Ignored(sent) {
			continue // these tests run under nohup, and the program inherits that
		}
		s := newDesk(t, "site: {url: \""+slow.URL+"\", title: 마을 소식, allow_private: true}\nsources: [{path: ./articles, publish_when: live}]\nstate: state/herald.db\n")
		s.must(os.Mkdir(filepath.Join(s.dir, "state"), 0o755))
		before := s.names()
		cmd := s.command("plan")
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		s.must(cmd.Start())
		<-asked
		if held, err := filepath.Glob(s.temp + "/*"); err != nil || len(held) == 0 {
			t.Errorf("got %v, %v, want a copy that may be left", held, err)
		}
		s.must(cmd.Process.Signal(sent))
		_ = cmd.Wait()
		if got := cmd.ProcessState.ExitCode(); got != engine.StatusNotDone {
			t.Errorf("%v: got status %d, want %d\n%s", sent, got, engine.StatusNotDone, out.String())
		}
		if after := s.names(); after != before {
			t.Errorf("%v left\n%s\nbefore\n%s", sent, after, before)
		}
	}
}

// names lists all that lies about the site.
func (s *desk) names() string {
	s.t.Helper()
	var out strings.Builder
	s.must(filepath.Walk(filepath.Dir(s.dir), func(path string, _ os.FileInfo, err error) error {
		fmt.Fprintln(&out, path)
		return err
	}))
	return out.String()
}

// plan says to the byte what build says afterwards, but for what only the build can know: a key that it makes, and when notices are due.
func TestPlanSaysWhatBuildSays(t *testing.T) {
	hub, err := net.Listen("tcp", "127.0.0.1:0") // nobody is told here
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { hub.Close() })
	s := newDesk(t, siteConfig+"notify: {verify: false, delay: 1h, websub: {hubs: [\"http://"+hub.Addr().String()+"/\"]}, indexnow: {key: abcdefgh12345678}}\n")
	steps := []struct {
		name   string
		status int
		edit   func()
	}{
		{"no state", 0, func() {
			s.write("articles/b.md", "---\ntitle: 둘째\ndate: 2026-01-03\ntags: [새]\n---\n[첫](a.md)\n")
		}},
		{"nothing", 0, func() {}},
		{"an edit, a removal, a refusal", 0, func() {
			s.write("articles/b.md", "---\ntitle: 고침\ndate: 2026-01-03\n---\n본문\n")
			s.write("articles/c.md", "---\ntitle: 셋째\ndate: 2026-01-04\n---\n본문\n")
			s.write("articles/d.md", "---\ntitle: 넷째\n")
			s.must(os.Remove(filepath.Join(s.dir, "articles/a.md")))
		}},
		{"a hold", 3, func() { s.write("herald.yaml", strings.Replace(siteConfig, "news.example.org", "new.example.org", 1)) }},
		{"a folder that is gone", 1, func() { s.write("herald.yaml", siteConfig); s.must(os.Rename(s.dir+"/articles", s.dir+"/away")) }},
	}
	for _, step := range steps {
		step.edit()
		plan := s.want(step.status, nil, "plan", "--json")
		build := s.want(step.status, nil, "build", "--json")
		if got, want := withoutDue(plan), withoutDue(build); got != want {
			t.Errorf("%s: plan says\n%s\nbuild says\n%s", step.name, got, want)
		}
	}
}

// withoutDue leaves out the lines that name a moment.
func withoutDue(report string) string {
	var out []string
	for line := range strings.Lines(report) {
		if !strings.Contains(line, `"due"`) && !strings.Contains(line, `"since"`) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}
