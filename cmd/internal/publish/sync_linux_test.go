package publish_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/publish"
)

// writeOnce is the process whose calls TestWhatIsPutSurvivesAPowerFailure records.
func writeOnce(root string) int {
	d, err := publish.OpenDir(root)
	if err == nil {
		err = d.Put(noTest(), []publish.Document{{Path: "a/b/feed.xml", Body: []byte("feed")}, {Path: "sitemap.xml", Body: []byte("map")}})
	}
	if err != nil {
		return 1
	}
	return 0
}

// The calls of the record, as strace -y writes them: folders that are held open stand with their paths.
var (
	madeFolder = regexp.MustCompile(`mkdir(?:at\((?:AT_FDCWD|\d+)<([^>]*)>, |\()"([^"]*)"`)
	renamed    = regexp.MustCompile(`renameat2?\((?:AT_FDCWD|\d+)<([^>]*)>, "([^"]*)", (?:AT_FDCWD|\d+)<([^>]*)>, "([^"]*)"`)
	synced     = regexp.MustCompile(`fsync\(\d+<([^>]*)>`)
)

// Every folder that is made, the root and those above it included, and every name that is given stands for certain only
// once the folder above it has had its fsync, and a document only where its bytes had theirs before.
func TestWhatIsPutSurvivesAPowerFailure(t *testing.T) {
	if out, err := exec.Command("strace", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("strace: %v\n%s", err, out)
		}
		t.Skip("strace is not here, or may not look at processes")
	}
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	record := filepath.Join(top, "record")
	cmd := exec.Command("strace", "-f", "-y", "-s", "4096", "-e", "signal=none", "-e", "trace=mkdir,mkdirat,renameat,renameat2,fsync", "-o", record,
		os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), roleKey+"=once", rootKey+"="+filepath.Join(top, "www", "public"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	calls, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	open := map[string]bool{} // folders that wait for their fsync
	done := map[string]bool{} // files that had theirs
	var made, named []string
	for line := range strings.Lines(string(calls)) {
		if m := madeFolder.FindStringSubmatch(line); m != nil && strings.Contains(line, " = 0") {
			path := within(m[1], m[2])
			made, open[filepath.Dir(path)] = append(made, path), true
		}
		if m := renamed.FindStringSubmatch(line); m != nil {
			from, to := within(m[1], m[2]), within(m[3], m[4])
			if !done[from] {
				t.Errorf("%s: got its name before an fsync of its bytes", to)
			}
			named, open[filepath.Dir(to)] = append(named, to), true
		}
		if m := synced.FindStringSubmatch(line); m != nil {
			delete(open, m[1])
			done[m[1]] = true
		}
	}
	public := filepath.Join(top, "www", "public")
	for _, folder := range []string{filepath.Dir(public), public, filepath.Join(public, "a"), filepath.Join(public, "a", "b")} {
		if !slices.Contains(made, folder) {
			t.Errorf("got no call that makes %s, want one", folder)
		}
	}
	if len(named) != 2 {
		t.Errorf("got the names %q, want those of two documents", named)
	}
	for folder := range open {
		t.Errorf("%s: got no fsync after its last change, want one", folder)
	}
}

// within returns a name as a path; folder is what it counts from.
func within(folder, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(folder, name)
}
