// Mutate plants one small fault at a time and lists those that no test sees. .ci/mutate builds and starts it.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// run is a mutation run over some rooms.
type run struct {
	root, work string
	tests      []string // packages whose tests look, in turn
	flags      []string // of the test binaries
	timeout    time.Duration
	covered    map[string]map[int]bool // lines that some test runs, by file
}

// defaultSkip are tests that take long and see little that the others do not.
const defaultSkip = "TestO8|TestRandomHistories|TestKeptHistories|TestKilledAtEveryStep|TestTheMachineDoesNotMatter"

func main() {
	r := &run{}
	tests := flag.String("tests", "", "packages whose tests look, separated by commas; default: the room's own, then ./cmd/internal/engine for rooms of cmd/internal")
	only := flag.String("run", "", "of their tests only those that match")
	skip := flag.String("skip", defaultSkip, "of their tests none that match")
	n := flag.Int("n", 0, "how many faults, drawn by chance; 0: all")
	seed := flag.Uint64("seed", 1, "of the draw")
	list := flag.Bool("list", false, "list the faults and plant none")
	flag.StringVar(&r.work, "work", os.TempDir(), "folder for what is built")
	flag.DurationVar(&r.timeout, "timeout", 5*time.Minute, "of the tests of one package; longer is seen")
	flag.Parse()
	r.root, _ = os.Getwd()
	r.flags = []string{"-test.short", "-test.failfast", "-test.timeout=" + r.timeout.String(), "-test.skip=" + *skip}
	if *only != "" {
		r.flags = append(r.flags, "-test.run="+*only)
	}
	for _, room := range flag.Args() {
		if err := r.room(filepath.Clean(room), *tests, *n, *seed, *list); err != nil {
			fmt.Fprintln(os.Stderr, "mutate:", err)
			os.Exit(2)
		}
	}
}

// room plants faults in one room.
func (r *run) room(room, tests string, n int, seed uint64, list bool) error {
	all, err := faults([]string{room})
	if err != nil {
		return err
	}
	if n > 0 && n < len(all) {
		random := rand.New(rand.NewPCG(seed, 0))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:n]
	}
	if list {
		for _, f := range all {
			fmt.Println(f)
		}
		return nil
	}
	r.tests = testsOf(room, tests)
	if err := r.cover(room); err != nil {
		return err
	}
	seen, unseen := 0, 0
	for _, f := range all {
		verdict, err := r.try(f)
		if err != nil {
			return err
		}
		switch verdict {
		case notBuilt:
			continue
		case wasSeen:
			seen++
			continue
		}
		unseen++
		fmt.Printf("%s  %s\n", verdict, f)
	}
	if seen+unseen > 0 {
		fmt.Printf("%s: %d of %d seen (%d%%)\n", room, seen, seen+unseen, 100*seen/(seen+unseen))
	}
	return nil
}

// testsOf returns the packages whose tests look at a room.
func testsOf(room, tests string) []string {
	if tests != "" {
		return strings.Split(tests, ",")
	}
	var packages []string
	if own, _ := filepath.Glob(filepath.Join(room, "*_test.go")); len(own) > 0 {
		packages = append(packages, "./"+room)
	}
	if strings.HasPrefix(room, "cmd/internal/") && room != "cmd/internal/engine" {
		packages = append(packages, "./cmd/internal/engine")
	}
	return packages
}

// verdict is what became of a fault.
type verdict string

const (
	notBuilt  verdict = "not built" // the compiler sees it
	wasSeen   verdict = "seen"
	notSeen   verdict = "UNSEEN"
	notRunYet verdict = "NOT RUN" // no test runs the line
)

// try plants one fault and asks the tests.
func (r *run) try(f fault) (verdict, error) {
	if !r.covered[f.file][f.line] && !declares(f) {
		return notRunYet, nil
	}
	file, overlay := filepath.Join(r.work, "planted.go"), filepath.Join(r.work, "overlay.json")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(r.root, f.file): file}})
	if err != nil {
		return "", err
	}
	if err := errors.Join(os.WriteFile(file, f.planted(), 0o644), os.WriteFile(overlay, text, 0o644)); err != nil {
		return "", err
	}
	for _, p := range r.tests {
		binary := filepath.Join(r.work, "planted.test")
		if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, p).CombinedOutput(); err != nil {
			if strings.Contains(string(out), "no test files") {
				continue
			}
			return notBuilt, nil
		}
		test := exec.Command(binary, r.flags...)
		test.Dir = p
		if test.Run() != nil {
			return wasSeen, nil
		}
	}
	return notSeen, nil
}

// declares reports whether a fault stands outside of functions, where coverage says nothing.
func declares(f fault) bool {
	line := strings.LastIndex(string(f.source[:f.from]), "\nfunc ")
	end := strings.LastIndex(string(f.source[:f.from]), "\n}")
	return line < 0 || line < end
}

// cover finds out which lines of a room the tests run, and that they pass.
func (r *run) cover(room string) error {
	r.covered = map[string]map[int]bool{}
	for _, p := range r.tests {
		profile, binary := filepath.Join(r.work, "cover"), filepath.Join(r.work, "cover.test")
		if out, err := exec.Command("go", "test", "-c", "-cover", "-coverpkg=./"+room, "-o", binary, p).CombinedOutput(); err != nil {
			return fmt.Errorf("build tests of %s: %w: %s", p, err, out)
		}
		test := exec.Command(binary, append(r.flags, "-test.coverprofile="+profile)...)
		test.Dir = p
		if out, err := test.CombinedOutput(); err != nil {
			return fmt.Errorf("tests of %s fail without a fault: %w: %s", p, err, out)
		}
		if err := r.note(profile, room); err != nil {
			return err
		}
	}
	return nil
}

// note reads a coverage profile: lines such as herald/room/file.go:10.2,12.3 1 5.
func (r *run) note(profile, room string) error {
	f, err := os.Open(profile)
	if err != nil {
		return err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		where, count, _ := strings.Cut(lines.Text(), " ")
		name, span, is := strings.Cut(where, ":")
		if !is || strings.HasSuffix(count, " 0") {
			continue
		}
		file := filepath.Join(room, filepath.Base(name))
		if r.covered[file] == nil {
			r.covered[file] = map[int]bool{}
		}
		begin, end, _ := strings.Cut(span, ",")
		for i := lineOf(begin); i <= lineOf(end); i++ {
			r.covered[file][i] = true
		}
	}
	return nil
}

func lineOf(position string) int {
	line, _, _ := strings.Cut(position, ".")
	n, _ := strconv.Atoi(line)
	return n
}
