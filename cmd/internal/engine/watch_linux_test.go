package engine_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// watchedInodes are the inodes that this process watches.
func watchedInodes(t testing.TB) map[uint64]bool {
	t.Helper()
	list, err := filepath.Glob("/proc/self/fdinfo/*")
	if err != nil {
		t.Fatal(err)
	}
	inodes := map[uint64]bool{}
	for _, file := range list {
		text, _ := os.ReadFile(file) // one may have been closed meanwhile
		for _, found := range regexp.MustCompile(`(?m)^inotify wd:\S+ ino:(\S+) `).FindAllStringSubmatch(string(text), -1) {
			if inode, err := strconv.ParseUint(found[1], 16, 64); err == nil {
				inodes[inode] = true
			}
		}
	}
	return inodes
}

// wantWatches waits until of all folders of the newsroom's those named are watched, and no others.
func (d *daemon) wantWatches(when string, want ...string) {
	d.t.Helper()
	var got []string
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		inodes := watchedInodes(d.t)
		got = nil
		d.must(filepath.WalkDir(d.path(), func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.IsDir() {
				return err
			}
			info, err := e.Info()
			if err == nil && inodes[info.Sys().(*syscall.Stat_t).Ino] {
				rel, _ := filepath.Rel(d.path(), path)
				got = append(got, rel)
			}
			return err
		}))
		if slices.Equal(got, want) {
			return
		}
	}
	d.t.Fatalf("%s: got watches on %q, want %q", when, got, want)
}

// The folders that are watched are those that articles may lie in, whatever happened to the tree.
func TestWatchesAreThoseOfTheTree(t *testing.T) {
	n := filled(t, 12)
	for _, name := range []string{"가/나/a.md", "v1.2/a.md", ".git/objects/a.md", "_drafts/a.md", "node_modules/x/a.md"} {
		n.write(name, article("글 "+name, "본문 "+name))
	}
	d := runWatching(n)
	d.wantWatches("at the start", "articles", "articles/v1.2", "articles/가", "articles/가/나")
	d.rename("가", "다")
	d.wantWatches("a folder is renamed", "articles", "articles/v1.2", "articles/다", "articles/다/나")
	d.write("다/나/a.md", article("고친 글", "본문"))
	d.wantFeed("an edit below it", "고친 글")
	d.rename("v1.2", ".v1.2")
	d.wantWithout("a folder is hidden", "글 v1.2")
	d.wantWatches("a folder is hidden", "articles", "articles/다", "articles/다/나")
	d.rename(".v1.2", "v1.3")
	d.wantFeed("and shown again", "글 v1.2")
	d.must(os.Rename(d.path("articles", "다"), d.path("away")))
	d.must(os.RemoveAll(d.path("away")))
	d.wantWithout("a folder left and was removed", "고친 글")
	d.wantWatches("a folder left and was removed", "articles", "articles/v1.3")
	d.write("라/속/a.md", article("라", "하나"))
	d.write("마/속/a.md", article("마", "둘"))
	d.wantWatches("two come", "articles", "articles/v1.3", "articles/라", "articles/라/속", "articles/마", "articles/마/속")
	d.rename("라", "바")
	d.rename("마", "라")
	d.rename("바", "마")
	d.wantFeed("they take each other's names", "라")
	d.write("라/속/a.md", article("라", "둘, 고침"))
	d.wantFeed("an edit in one", "둘, 고침")
	d.write("마/속/a.md", article("마", "하나, 고침"))
	d.wantFeed("an edit in the other", "하나, 고침")
	d.wantWatches("at the end", "articles", "articles/v1.3", "articles/라", "articles/라/속", "articles/마", "articles/마/속")
}

// A mount over a folder, and its end, are no events.
func TestMountsAreSeen(t *testing.T) {
	n := filled(t, 12)
	n.write("가/a.md", article("아래", "본문"))
	d := runWatching(n)
	d.wantFeed("at the start", "아래")
	at := d.path("articles", "가")
	if err := syscall.Mount("none", at, "tmpfs", 0, ""); err != nil {
		t.Skip("only root may mount: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(at, syscall.MNT_DETACH) })
	d.wantWithout("a mount over the folder", "아래")
	d.write("가/b.md", article("위", "본문"))
	d.wantFeed("a file on it", "위")
	d.write("가/b.md", article("위", "고친 글"))
	d.wantFeed("an edit of it", "고친 글")
	d.must(syscall.Unmount(at, 0))
	d.wantFeed("the mount is gone", "아래")
	d.write("가/a.md", article("아래", "또 고친 글"))
	d.wantFeed("an edit below", "또 고친 글")
}

// More happens than the system remembers.
func TestLostEventsAreMadeGood(t *testing.T) {
	n := filled(t, 12)
	n.write("가/나/a.md", article("글", "본문"))
	d := runWatching(n)
	d.wantWatches("at the start", "articles", "articles/가", "articles/가/나")
	one, two := d.path("articles", "기사-00.md"), d.path("articles", "기사-01.md")
	for end := time.Now().Add(30 * time.Second); d.lines("changes were lost") == 0; {
		for range 20000 {
			d.must(os.Chmod(one, 0o600))
			d.must(os.Chmod(two, 0o600))
		}
		d.must(os.RemoveAll(d.path("articles", "가")))
		d.write("가/나/a.md", article("글", "새 폴더"))
		if time.Now().After(end) {
			t.Skip("the system remembers all")
		}
	}
	d.wantFeed("events were lost", "새 폴더")
	d.wantWatches("events were lost", "articles", "articles/가", "articles/가/나")
	d.write("가/나/a.md", article("글", "고침"))
	d.wantFeed("an edit", "고침")
}

// elsewhere runs a test in another process, behind a command that takes something from it; false: this is that process.
func elsewhere(t *testing.T, command ...string) bool {
	t.Helper()
	const mark = "HERALD_TEST_ELSEWHERE"
	if os.Getenv(mark) != "" {
		return false
	}
	cmd := exec.Command(command[0], append(command[1:], os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")...)
	cmd.Env = append(os.Environ(), mark+"=1")
	out, err := cmd.CombinedOutput()
	if !strings.Contains(string(out), "=== RUN") {
		t.Skipf("not possible here: %v: %s", err, out)
	}
	if err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
	return true
}

// A folder that nobody may read makes the scan fail; once it may be read, it is watched.
func TestAFolderWhoseModeIsMended(t *testing.T) {
	if os.Getuid() == 0 && elsewhere(t, "setpriv", "--bounding-set", "-dac_override,-dac_read_search") {
		return // without the rights of root to read everything
	}
	n := filled(t, 12)
	n.write("가/a.md", article("글", "본문"))
	n.must(os.Chmod(n.path("articles", "가"), 0))
	d := runWatching(n)
	d.wantLines("at the start", "source not read", 1)
	d.must(os.Chmod(d.path("articles", "가"), 0o755))
	d.wantFeed("the mode is mended", "본문")
	d.write("가/a.md", article("글", "고침"))
	d.wantFeed("an edit", "고침")
}

// Where the system watches no more folders, the log says which setting to raise, and scans by schedule find the rest.
func TestTooManyWatches(t *testing.T) {
	if elsewhere(t, "unshare", "-Ur", "sh", "-c", `echo 1 >/proc/sys/user/max_inotify_watches && exec "$0" "$@"`) {
		return
	}
	n := filled(t, 12)
	for _, name := range []string{"가/a.md", "나/a.md"} {
		n.write(name, article("글 "+name, "본문 "+name))
	}
	d := runWatching(n)
	d.wantLines("at the start", "fs.inotify.max_user_watches", 1)
	d.wantLines("at the start", "not every folder is watched; changes in the others are seen by schedule", 1)
	d.write("나/a.md", article("글", "고친 글"))
	d.move(25 * time.Hour)
	d.wantFeed("by schedule", "고친 글")
	d.must(os.RemoveAll(d.path("articles", "나")))
	d.wantWithout("a folder that is not watched is gone", "고친 글")
	d.wantLines("later", "not every folder is watched", 1)
}
