package git_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/source/git"
)

// repository is a repository whose commits lie a day apart, the first on 2020-01-01.
type repository struct {
	t   *testing.T
	dir string
	day int
}

func newRepository(t *testing.T) *repository {
	t.Setenv("HOME", t.TempDir()) // no configuration of this machine
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	r := &repository{t: t, dir: t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r *repository) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=Kim", "-c", "user.email=kim@news.example", "-c", "protocol.file.allow=always"}, args...)...)
	at := date(r.day)
	cmd.Dir, cmd.Env = r.dir, append(os.Environ(), "GIT_AUTHOR_DATE="+at, "GIT_COMMITTER_DATE="+at)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func date(day int) string {
	return time.Date(2020, 1, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, day).Format(time.RFC3339)
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	file := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// commit commits all that differs, a day after what came before.
func (r *repository) commit() {
	r.t.Helper()
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "a day", "--allow-empty")
	r.day++
}

// added returns on which day each of some files was added; -1 where that is not known.
func (r *repository) added(folder string, keys ...string) map[string]int {
	r.t.Helper()
	h := git.New(filepath.Join(r.dir, folder))
	if err := h.Look(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	out := map[string]int{}
	for _, key := range keys {
		at, err := h.Added(r.t.Context(), key)
		if err != nil {
			r.t.Fatal(err)
		}
		if out[key] = -1; !at.IsZero() {
			start, _ := time.Parse(time.RFC3339, date(0))
			out[key] = int(at.Sub(start).Hours() / 24)
		}
	}
	return out
}

func (r *repository) want(folder string, want map[string]int) {
	r.t.Helper()
	keys := []string{}
	for key := range want {
		keys = append(keys, key)
	}
	if got := r.added(folder, keys...); !maps.Equal(got, want) {
		r.t.Errorf("added on the days %v, want %v", got, want)
	}
}

// words are enough of a text for git to know it again after an edit.
func words(of string) string { return strings.Repeat(of+"의 이야기가 이어진다.\n", 20) }

func TestFilesAreDatedByTheCommitThatAddedThem(t *testing.T) {
	r := newRepository(t)
	r.write("글/하나.md", words("하나"))
	r.write("글/둘 \"셋\"\n.md", words("둘"))
	r.commit()
	r.write("글/하나.md", words("하나")+"고쳤다.\n")
	r.write("글/나중.md", words("나중"))
	r.commit()
	r.commit() // nothing in it
	r.write("글/아직.md", words("아직"))
	r.want("글", map[string]int{"하나.md": 0, "둘 \"셋\"\n.md": 0, "나중.md": 1, "아직.md": -1, "없다.md": -1})
	r.want(".", map[string]int{"글/하나.md": 0, "글/나중.md": 1})
}

func TestRenamesAreFollowed(t *testing.T) {
	r := newRepository(t)
	r.write("초안/하나.md", words("하나"))
	r.write("초안/둘.md", words("둘"))
	r.commit()
	r.git("mv", "초안", "글")
	r.commit()
	r.git("mv", "글/하나.md", "글/첫째.md")
	r.write("글/첫째.md", words("하나")+"조금 고쳤다.\n")
	r.commit()
	r.write("글/하나.md", words("새것"))
	r.commit()
	r.want("글", map[string]int{"첫째.md": 0, "둘.md": 0, "하나.md": 3})
}

// Two files that take each other's names in one commit stay who they are.
func TestExchangedNames(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.commit()
	r.write("나.md", words("나"))
	r.commit()
	r.git("mv", "가.md", "다.md")
	r.git("mv", "나.md", "가.md")
	r.git("mv", "다.md", "나.md")
	r.commit()
	got := r.added(".", "가.md", "나.md")
	if got["가.md"] > 1 || got["나.md"] > 1 {
		t.Errorf("added on the days %v, want one of the first two", got)
	}
}

// What was removed and comes back has been there before.
func TestAFileThatComesBack(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.commit()
	r.git("rm", "-q", "가.md")
	r.commit()
	r.write("가.md", words("가"))
	r.commit()
	r.want(".", map[string]int{"가.md": 0})
}

func TestFilesOfAMergedBranch(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.commit()
	r.git("checkout", "-q", "-b", "branch")
	r.write("나.md", words("나"))
	r.commit()
	r.git("checkout", "-q", "main")
	r.write("다.md", words("다"))
	r.commit()
	r.git("merge", "-q", "--no-ff", "-m", "merge", "branch")
	r.want(".", map[string]int{"가.md": 0, "나.md": 1, "다.md": 2})
}

func TestACommitThatComesChangesOnlyWhatItAdds(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.commit()
	h := git.New(r.dir)
	for _, key := range []string{"가.md", "나.md"} {
		if _, err := h.Added(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	r.write("나.md", words("나"))
	if h.Committed("나.md") || !h.Committed("가.md") {
		t.Error("committed: 나.md before its commit, or 가.md not")
	}
	r.commit()
	if err := h.Look(t.Context()); err != nil || !h.Committed("나.md") {
		t.Errorf("committed %t, %v", h.Committed("나.md"), err)
	}
	if at, err := h.Added(t.Context(), "나.md"); err != nil || at.Day() != 2 {
		t.Errorf("added %v, %v", at, err)
	}
}

// A look costs no log, nor do questions after the first.
func TestTheLogIsReadOnceForACommit(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.write("나.md", words("나"))
	r.commit()
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	bin, calls := t.TempDir(), filepath.Join(t.TempDir(), "calls")
	script := fmt.Sprintf("#!/bin/sh\nfor a in \"$@\"; do [ \"$a\" = log ] && echo log >> %s; done\nexec %s \"$@\"\n", calls, real)
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	h := git.New(r.dir)
	logs := func(want int) {
		t.Helper()
		said, _ := os.ReadFile(calls)
		if got := strings.Count(string(said), "log\n"); got != want {
			t.Errorf("the log was read %d times, want %d", got, want)
		}
	}
	for range 3 {
		if err := h.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	logs(0)
	for _, key := range []string{"가.md", "나.md", "없다.md"} {
		if _, err := h.Added(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	logs(1)
}

func TestWhatCannotBeDated(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.commit()
	r.write("나.md", words("나"))
	r.commit()
	shallow := t.TempDir()
	r.git("clone", "-q", "--depth", "1", "file://"+r.dir, shallow)
	for name, c := range map[string]struct {
		dir  string
		env  [2]string
		want string
	}{
		"a shallow clone": {dir: shallow, want: "git fetch --unshallow"},
		"no repository":   {dir: t.TempDir(), want: "lies in no git repository"},
		"no folder":       {dir: filepath.Join(r.dir, "없다"), want: "the folder is not there"},
		"no git":          {dir: r.dir, env: [2]string{"PATH", ""}, want: "the git command is not installed here"},
		"another's":       {dir: r.dir, env: [2]string{"GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"}, want: "safe.directory"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.env[0] != "" {
				t.Setenv(c.env[0], c.env[1])
			}
			if err := git.New(c.dir).Look(t.Context()); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestARepositoryWithoutCommits(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.want(".", map[string]int{"가.md": -1})
}

// A hook that runs herald names a repository of its own.
func TestVariablesOfAHookLeadNowhere(t *testing.T) {
	r := newRepository(t)
	r.write("가.md", words("가"))
	r.commit()
	t.Setenv("GIT_DIR", "/nowhere")
	t.Setenv("GIT_INDEX_FILE", "/nowhere")
	if err := git.New(r.dir).Look(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLog(t *testing.T) {
	for name, c := range map[string]struct {
		tokens []string
		want   map[string]int64
	}{
		"the earlier of both times":   {[]string{"\x01900000000 800000000\nA", "a"}, map[string]int64{"a": 800000000}},
		"a clock that was never set":  {[]string{"\x010 800000000\nA", "a"}, map[string]int64{"a": 800000000}},
		"two of them":                 {[]string{"\x010 7\nA", "a"}, map[string]int64{}},
		"a path like a commit":        {[]string{"\x01900000000 900000000\nA", "\x017 7\nA", "A", "a"}, map[string]int64{"a": 900000000}},
		"a copy":                      {[]string{"\x01900000000 900000000\nC100", "b", "a"}, map[string]int64{"a": 900000000}},
		"a change":                    {[]string{"\x01900000000 900000000\nM", "a"}, map[string]int64{}},
		"a merge, then its branch":    {[]string{"\x01900000003 900000003", "", "\x01900000002 900000002\nA", "a", ""}, map[string]int64{"a": 900000002}},
		"a rename of what is nothing": {[]string{"\x01900000002 900000002\nR090", "c", "b", "", "\x01900000001 900000001\nA", "a"}, map[string]int64{"a": 900000001}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := git.ReadLog(c.tokens, "a"); err != nil || !maps.Equal(got, c.want) {
				t.Errorf("got %v, %v, want %v", got, err, c.want)
			}
		})
	}
}

func FuzzLog(f *testing.F) {
	f.Add("\x01900000000 900000000\nA\x00a\x00R100\x00b\x00a\x00\x00\x01900000000 900000000\nD\x00b\x00")
	f.Add("\x01\nA\x00")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := git.ReadLog(strings.Split(text, "\x00"), "a", "b")
		for key, at := range got {
			if at < 631152000 || key != "a" && key != "b" || err != nil {
				t.Errorf("%q: %v, %v", text, got, err)
			}
		}
	})
}
