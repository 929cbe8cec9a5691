package engine_test

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"herald/cmd/internal/outsidertest"
)

// past is a history as it can be told: where it begins and what happens. Each step draws from a seed of
// its own, so that a history with some left out lives through the others as well as it can.
type past struct {
	kind  *kind
	seed  uint64
	steps []happening
}

// happening is one step: its name and its seed.
type happening struct {
	name string
	seed uint64
}

// stepsOfOne is how many steps a random history has.
const stepsOfOne = 12

// randomPast makes the history of a seed.
func randomPast(k *kind, seed uint64) past {
	random := rand.New(rand.NewPCG(seed, 7))
	names := stepNames(k)
	p := past{kind: k, seed: seed}
	for i := range uint64(stepsOfOne) {
		p.steps = append(p.steps, happening{names[random.IntN(len(names))], i})
	}
	return p
}

// String tells a history in one line, which parsePast reads.
func (p past) String() string {
	words := []string{strconv.FormatUint(p.seed, 10)}
	if p.kind != ofFiles {
		words = []string{p.kind.name, words[0]}
	}
	for _, s := range p.steps {
		words = append(words, fmt.Sprintf("%s.%d", s.name, s.seed))
	}
	return strings.Join(words, " ")
}

func parsePast(line string) (p past, err error) {
	words := strings.Fields(line)
	p.kind = ofFiles
	if k := kindNamed(words[0]); k != nil {
		p.kind, words = k, words[1:]
	}
	if p.seed, err = strconv.ParseUint(words[0], 10, 64); err != nil {
		return p, err
	}
	for _, w := range words[1:] {
		name, seed, _ := strings.Cut(w, ".")
		n, err := strconv.ParseUint(seed, 10, 64)
		if err != nil || !slices.Contains(stepNames(p.kind), name) {
			return p, fmt.Errorf("no step %q", w)
		}
		p.steps = append(p.steps, happening{name, n})
	}
	return p, nil
}

// broken is a promise that did not hold.
type broken struct{ promise, how string }

func (b *broken) Error() string { return b.promise + ": " + b.how }

// breaking is a test that a failure does not end: it ends the history.
type breaking struct{ testing.TB }

func (breaking) Helper() {}
func (breaking) Fatal(args ...any) {
	panic(&broken{"no step fails", fmt.Sprint(args...)})
}
func (b breaking) Fatalf(format string, args ...any) { b.Fatal(fmt.Sprintf(format, args...)) }

// live lives through a history; the promise that was broken, nil if none was.
func (p past) live(t testing.TB) (failure *broken) {
	_, failure = p.outcome(t)
	return failure
}

// outcome lives through a history and returns what stood in the end, and the promise that was broken, nil if none was.
func (p past) outcome(t testing.TB) (stood map[string]string, failure *broken) {
	h := &history{kind: p.kind}
	defer func() {
		what := recover()
		if h.newsroom != nil {
			h.end()
		}
		switch what := what.(type) {
		case nil:
		case *broken:
			failure = what
			failure.how = h.telling + ": " + what.how
		default:
			failure = &broken{"no step panics", fmt.Sprintf("%s: %v\n%s", h.telling, what, debug.Stack())}
		}
	}()
	h.begin(t, p.seed)
	for i, s := range p.steps {
		h.step(s, i == len(p.steps)-1)
	}
	return h.documents(), nil
}

// shrink leaves steps out for as long as a promise is broken. A history that does not break it again stays whole.
func (p past) shrink(promise string, broke func(past) *broken) past {
	for size := len(p.steps) / 2; size > 0; size /= 2 {
		for i := 0; i+size <= len(p.steps); {
			shorter := past{p.kind, p.seed, slices.Delete(slices.Clone(p.steps), i, i+size)}
			if b := broke(shorter); b != nil && b.promise == promise {
				p = shorter
				continue
			}
			i += size
		}
	}
	return p
}

// TestRandomHistories lives through random histories and holds every promise after each step. A
// history that breaks one is shrunk; the line that it leaves belongs into testdata/histories. What stands in
// the end is read by others than us. HERALD_HISTORIES says how many, HERALD_HISTORY_SEED where to begin.
func TestRandomHistories(t *testing.T) {
	name := cmp.Or(os.Getenv("HERALD_HISTORY_KIND"), "files")
	k := kindNamed(name)
	if k == nil {
		t.Fatalf("no kind %q: there are %q", name, slices.Sorted(maps.Keys(kinds())))
	}
	liveThrough(t, k, uint64(number(t, "HERALD_HISTORIES", 40)))
}

// TestRandomHistoriesOfEveryKind lives through a few histories of each kind of source beside files. HERALD_HISTORY_KIND has
// TestRandomHistories live through those of one kind.
func TestRandomHistoriesOfEveryKind(t *testing.T) {
	count := uint64(1)
	if os.Getenv("CI") != "" {
		count = 2
	}
	for name, k := range kinds() {
		if k != ofFiles {
			t.Run(name, func(t *testing.T) { liveThrough(t, k, count) })
		}
	}
}

func liveThrough(t *testing.T, k *kind, count uint64) {
	from := uint64(number(t, "HERALD_HISTORY_SEED", 0))
	t.Logf("%d histories of %d steps, seeds from %d on", count, stepsOfOne, from)
	var mu sync.Mutex
	ends := map[string][]byte{} // documents of the last states
	t.Run("live", func(t *testing.T) {
		for seed := from; seed < from+count; seed++ {
			t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
				t.Parallel()
				p := randomPast(k, seed)
				stood, failure := p.outcome(t)
				if failure != nil {
					p = p.shrink(failure.promise, func(p past) *broken { return p.live(t) })
					again := p.live(t)
					if again == nil {
						t.Fatalf("%v\nit broke once and not again: %s", failure, p)
					}
					t.Fatalf("%v\nkeep it: %s", again, p)
				}
				mu.Lock()
				defer mu.Unlock()
				for name, doc := range stood {
					if seed < from+40 { // outsiders need not read ten thousand
						ends[fmt.Sprint(seed, "/", name)] = []byte(doc)
					}
				}
			})
		}
	})
	outsidertest.Read(t, ends)
}

// TestABrokenHistoryIsShrunk: of all steps only those are left without which nothing breaks.
func TestABrokenHistoryIsShrunk(t *testing.T) {
	whole := randomPast(ofFiles, 3)
	want := past{whole.kind, whole.seed, []happening{whole.steps[2], whole.steps[9]}}
	broke := func(p past) *broken {
		first, second := slices.Index(p.steps, want.steps[0]), slices.Index(p.steps, want.steps[1])
		switch {
		case first < 0:
			return nil
		case second > first:
			return &broken{promise: "ids are for ever"}
		}
		return &broken{promise: "another"}
	}
	got, err := parsePast(whole.shrink("ids are for ever", broke).String())
	if err != nil || got.String() != want.String() {
		t.Errorf("%s shrinks to %s, want %s (%v)", whole, got, want, err)
	}
	never := func(past) *broken { return nil }
	if got := whole.shrink("ids are for ever", never); got.String() != whole.String() {
		t.Errorf("%s, which does not break again, shrinks to %s", whole, got)
	}
}

// aHistory is the environment key of a history that a process of its own is to live through.
const aHistory = "HERALD_TEST_HISTORY"

// TestTheMachineDoesNotMatter lives through one history on machines with other zones, languages and
// temporary folders: every document must have the same bytes after every step.
func TestTheMachineDoesNotMatter(t *testing.T) {
	if line := os.Getenv(aHistory); line != "" {
		p, err := parsePast(line)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("told: %x\n", p.told(t))
		return
	}
	var first string
	for _, env := range [][]string{{"TZ=UTC", "LANG=C"}, {"TZ=Asia/Seoul", "LANG=ko_KR.UTF-8"}, {"TZ=America/St_Johns", "LC_ALL=tr_TR.UTF-8"}} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestTheMachineDoesNotMatter$")
		cmd.Env = append(os.Environ(), aHistory+"="+randomPast(ofFiles, 6).String(), "TMPDIR="+t.TempDir())
		cmd.Env = append(cmd.Env, env...)
		out, err := cmd.CombinedOutput()
		told, _, found := strings.Cut(string(out), "\n")
		if err != nil || !found || !strings.HasPrefix(told, "told: ") {
			t.Fatalf("%v: %v\n%s", env, err, out)
		}
		if first = cmp.Or(first, told); first != told {
			t.Errorf("%v: other bytes", env)
		}
	}
}

// told digests all documents after each step.
func (p past) told(t testing.TB) []byte {
	h, sum := &history{kind: p.kind}, sha256.New()
	defer func() { h.end() }()
	h.begin(t, p.seed)
	for _, s := range p.steps {
		h.step(s, false)
		for _, name := range slices.Sorted(maps.Keys(h.before.docs)) {
			fmt.Fprintf(sum, "%s %s\n%s\n", s.name, name, h.before.docs[name])
		}
	}
	return sum.Sum(nil)
}

// TestKeptHistories lives through the histories that once broke a promise.
func TestKeptHistories(t *testing.T) {
	kept, err := filepath.Glob("testdata/histories/*.txt")
	if err != nil || len(kept) == 0 {
		t.Fatalf("no kept histories: %v", err)
	}
	for _, file := range kept {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(text)) {
				if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
					continue
				}
				p, err := parsePast(line)
				if err != nil {
					t.Fatal(err)
				}
				if b := p.live(t); b != nil {
					t.Errorf("%v\nin %s", b, p)
				}
			}
		})
	}
}
