package engine_test

import (
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// git runs git in a folder, with a clock and a name of its own.
func (n *newsroom) git(folder string, args ...string) {
	n.t.Helper()
	program, err := exec.LookPath("git")
	if err != nil {
		if os.Getenv("CI") != "" {
			n.t.Fatal("git is not installed")
		}
		n.t.Skip("git is not installed")
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=2020-05-06T07:08:09Z",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org", "GIT_COMMITTER_DATE=2020-05-06T07:08:09Z")
	if out, err := cmd.CombinedOutput(); err != nil {
		n.t.Fatalf("git %s: %v\n%s", args, err, out)
	}
}

// I7: a shallow clone has one commit, and its date is nobody's: not an article's, not a document's.
// Cloned again over the same state it changes nothing.
func TestI7AShallowCloneDatesNothing(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("첫 글", "장이 열렸다."))
	n.write("b/c.md", article("둘째 글", "장이 닫혔다."))
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"commit", "-q", "-m", "x"}} {
		n.git(n.path("articles"), args...)
	}
	n.must(os.Rename(n.path("articles"), n.path("origin")))
	clone := func() {
		n.git(n.dir, "clone", "-q", "--depth", "1", "file://"+n.path("origin"), "articles")
	}
	clone()
	scan, _ := n.pass()
	if scan.Articles != 2 || scan.DatedBy["first_seen"] != 2 || len(scan.Refused) > 0 {
		t.Fatalf("%+v", scan)
	}
	before := n.documents()
	for name, body := range before {
		if strings.Contains(body, "2020") {
			t.Errorf("%s shows the date of the commit:\n%s", name, body)
		}
	}
	n.must(os.RemoveAll(n.path("articles")))
	clone()
	n.now = n.now.AddDate(0, 1, 0)
	if _, pub := n.pass(); pub.Edition != 0 || !maps.Equal(before, n.documents()) {
		t.Errorf("%+v", pub)
	}
}
