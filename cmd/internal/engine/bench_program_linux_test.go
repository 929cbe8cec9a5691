package engine_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// BenchmarkProgram runs the real program on articles in folders and on the same in one flat folder,
// beside what other programs take for the same files: find, cat and, where it is installed, Hugo, told
// to render no page. It reports seconds, CPU microseconds an article, and the peak of memory; ns/op says
// nothing. HERALD_BENCH_ARTICLES says how many articles; -benchtime how many times each runs in turn.
func BenchmarkProgram(b *testing.B) {
	n := newNewsroom(b)
	corpus(n, benchArticles)
	program := n.path("herald")
	n.must(run(b, n.dir, "go", "build", "-o", program, "herald/cmd/herald").err)
	folders, flat := n.path("folders"), n.path("flat")
	n.must(os.MkdirAll(filepath.Join(flat, "articles"), 0o755))
	n.must(os.MkdirAll(folders, 0o755))
	n.must(filepath.WalkDir(n.path("articles"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Link(path, filepath.Join(flat, "articles", d.Name()))
	}))
	n.must(os.Rename(n.path("articles"), filepath.Join(folders, "articles")))
	for _, dir := range []string{folders, flat} {
		config := "site: {url: \"https://news.example.org\", title: 새벽신문}\nsources: [{path: ./articles, timeout: 2h, undated: first_seen}]\n"
		n.must(os.WriteFile(filepath.Join(dir, "herald.yaml"), []byte(config), 0o644))
		hugo := "baseURL = \"https://news.example.org/\"\ndisableKinds = [\"taxonomy\", \"term\", \"section\", \"404\"]\ncontentDir = \"articles\"\n[[cascade]]\n[cascade._build]\nrender = \"never\"\n"
		n.must(os.WriteFile(filepath.Join(dir, "hugo.toml"), []byte(hugo), 0o644))
		programs(b, dir, program)
	}
}

// programs runs what is compared in turn, so that each meets the machine as the others do.
func programs(b *testing.B, dir, program string) {
	fresh := func() {
		for _, name := range []string{"herald.db", "herald.db-wal", "herald.db-shm", "public"} {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				b.Fatal(err)
			}
		}
	}
	commands := []struct {
		name   string
		before func()
		args   []string
	}{
		{"cat", nil, []string{"sh", "-c", "find articles -type f -print0 | xargs -0 cat >/dev/null"}},
		{"cold", fresh, []string{program, "build"}},
		{"hugo", nil, []string{"hugo", "--quiet", "--config", "hugo.toml", "-d", "hugo"}},
		{"find", nil, []string{"sh", "-c", `find articles -type f -printf '%s %T@ %p\n' >/dev/null`}},
		{"unchanged", nil, []string{program, "build"}},
	}
	used := map[string][]usage{}
	b.Run(filepath.Base(dir), func(b *testing.B) {
		for b.Loop() {
			for _, c := range commands {
				if _, err := exec.LookPath(c.args[0]); err != nil {
					continue // reported by its absence
				}
				if c.before != nil {
					c.before()
				}
				u := run(b, dir, c.args...)
				if u.err != nil {
					b.Fatalf("%s: %v", c.name, u.err)
				}
				used[c.name] = append(used[c.name], u)
			}
		}
		for _, c := range commands {
			report(b, c.name, used[c.name])
		}
	})
}

// usage is what one run of a program took.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // bytes; of a small program what its parent had
	err       error
}

func run(b *testing.B, dir string, args ...string) (u usage) {
	b.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	if args[0] == "go" {
		cmd.Dir = ""
	}
	begin := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		u.err = fmt.Errorf("%w: %.500s", err, out)
	}
	u.wall = time.Since(begin)
	if s := cmd.ProcessState; s != nil {
		u.cpu = s.UserTime() + s.SystemTime()
		u.peak = s.SysUsage().(*syscall.Rusage).Maxrss << 10
	}
	return u
}

// report returns the quickest run: what else the machine did only adds.
func report(b *testing.B, name string, all []usage) {
	if len(all) == 0 {
		return
	}
	best := all[0]
	for _, u := range all {
		if u.wall < best.wall {
			best = u
		}
	}
	b.ReportMetric(best.wall.Seconds(), name+"-s")
	b.ReportMetric(float64(best.cpu.Microseconds())/float64(benchArticles), name+"-cpu-µs/article")
	if best.peak > 50e6 {
		b.ReportMetric(float64(best.peak)/1e6, name+"-MB")
	}
}
