package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// killsKey names how many times the program is killed, killSeed the seed of when; README.md tells
// how long the long form takes.
const (
	killsKey = "HERALD_KILLS"
	killSeed = "HERALD_KILL_SEED"
)

// killsARound is how many kills lie between two looks at what the world has heard.
const killsARound = 25

// TestO8KilledAnywhere kills the real program at random moments while articles change and targets
// fail, with a reader looking on. Whenever nobody is killed for a while, everything must be
// as if nothing had happened.
func TestO8KilledAnywhere(t *testing.T) {
	seed := uint64(number(t, killSeed, 1))
	newCrashes(t, seed).live(number(t, killsKey, 15), seed)
}

// live is killed so many times.
func (c *crashes) live(kills int, seed uint64) {
	t := c.T
	t.Logf("%d kills, seed %d", kills, seed)
	c.build()

	stopReader := c.loop(c.read)
	for done := 0; done < kills; {
		stopWriter := c.loop(c.write)
		c.fails(true)
		for range min(killsARound, kills-done) {
			c.killOnce()
			done++
		}
		stopWriter()
		c.fails(false)
		c.whole()
		c.build()
		c.asWritten()
		c.everythingTold() // before later changes tell it anyway
	}
	c.whole()
	c.build()
	stopReader()
	c.everythingTold()
	c.nothingToldTwice()
	if ok, mixed := c.world.inOrder(); !ok {
		t.Errorf("requests named %q, want URLs in their order", mixed)
	}
	c.sameAsForced()
	t.Logf("%d readings, %d writings, %d requests", c.readings, c.writings, c.world.requests())
}

func number(t *testing.T, key string, otherwise int) int {
	text := os.Getenv(key)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return n
}

// crashes is a newsroom run by the real program.
type crashes struct {
	*testing.T
	seed               uint64
	kind               string
	daily              bool
	dir, program, base string
	rand               *rand.Rand // of the killing; the writer has its own
	typical            time.Duration
	world              *listener
	desk               *desk
	readings, writings int
	life               int // number of the process that runs or ran last
	many               bool
	first              map[string]string // what stood after the first scan, of which nobody is told: versions by subject
}

func newCrashes(t *testing.T, seed uint64) *crashes {
	return crashesOf(t, seed, "files", programFor(t))
}

// theProgram makes the program, once.
var theProgram = sync.OnceValues(func() (program string, err error) {
	dir, err := os.MkdirTemp("", "program")
	if err != nil {
		return "", err
	}
	program = filepath.Join(dir, "herald")
	if out, err := exec.Command("go", "build", "-o", program, "herald/cmd/herald").CombinedOutput(); err != nil {
		return program, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
})

// programFor returns the path of the program, which TestMain takes away.
func programFor(t *testing.T) string {
	programMade.Store(true)
	program, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// programMade says that the program was made.
var programMade atomic.Bool

// unbuild takes the program away.
func unbuild() {
	if programMade.Load() {
		program, _ := theProgram()
		_ = os.RemoveAll(filepath.Dir(program))
	}
}

// crashesOf is a newsroom whose articles are of a kind.
func crashesOf(t *testing.T, seed uint64, kind, program string) *crashes {
	dir := t.TempDir()
	daily := seed%4 < 2
	r, base := rackOf(t, kind, dir, daily)
	c := &crashes{T: t, seed: seed, kind: kind, daily: daily, dir: dir, program: program, base: base, rand: rand.New(rand.NewPCG(seed, 1)), many: seed%2 == 1}
	c.world = newListener(t, base, filepath.Join(c.dir, "public"), seed)
	c.desk = newDesk(t, r, seed)
	c.config("herald.yaml", "public", "herald.db")
	for range max(12, 2*len(r)) {
		c.desk.add()
	}
	return c
}

// crashMore are feeds with archives, limits and articles that are kept for a while: a seed that is odd has them.
const crashMore = `  - {name: old, rss: /old.xml, atom: /old.atom.xml, json: /old.json, items: 3, archive: 3}
  - {name: short, rss: /short.xml, items: 20, bytes: 5kB, keep: 1h}
  - {name: each, each: category, rss: "/each-:slug.xml", items: 4, keep: 1h, archive: 5}
`

// config writes a config whose outputs and state stand at the paths.
func (c *crashes) config(name, public, state string) {
	more := ""
	if c.many {
		more = crashMore
	}
	sources := ""
	for i, r := range c.desk.racks {
		sources += fmt.Sprintf("  - {name: articles-%d, %s, undated: first_seen}\n", i, r.source())
	}
	text := fmt.Sprintf(`site: {url: %s, title: 새벽신문, allow_private: true}
state: %s
publish: {to: %s}
schedule: "@every 1s"
sources:
%sfeeds:
  - {name: main, items: 5000}
%ssitemap: {urls_per_file: 10}
guard: false
notify:
  delay: 0s
  min_interval: 0s
  verify: false
  indexnow: {endpoints: ["%s/indexnow"]}
  websub: {hubs: ["%s/hub"]}
`, c.base, state, public, sources, more, c.world.URL, c.world.URL)
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o644); err != nil {
		c.Fatal(err)
	}
}

func (c *crashes) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(c.program, args...)
	cmd.Dir = c.dir
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := c.world.drain(); err != nil {
		c.Error(err)
	}
	c.life++
	c.world.lives(c.life, args[0] == "build")
	return cmd, &said
}

// build is one pass that nobody kills and that must end well.
func (c *crashes) build() {
	c.Helper()
	start := time.Now()
	for attempt := 1; ; attempt++ {
		cmd, said := c.command("build", "--notify")
		err := cmd.Run()
		if err == nil {
			break
		}
		if attempt == 5 || !strings.Contains(said.String(), "no answer in time") { // which is no fault on a busy machine
			c.Fatalf("build: %v\n%s", err, said)
		}
	}
	if c.typical == 0 { // later ones also wait for targets to be asked again
		c.typical = time.Since(start)
	}
}

// fails says whether targets and sources fail from now on.
func (c *crashes) fails(on bool) {
	c.world.fails(on)
	for i, w := range c.desk.racks.web() {
		w.fails(on, c.seed+uint64(i))
	}
}

// whole waits until a full listing is due, where what is gone is seen by none else.
func (c *crashes) whole() {
	if !c.daily && slices.ContainsFunc(strings.Split(c.kind, "+"), late) {
		time.Sleep(time.Second)
	}
}

// killOnce starts a pass or the daemon and kills it.
func (c *crashes) killOnce() {
	c.Helper()
	args := []string{"build", "--notify"}
	if c.rand.IntN(3) == 0 {
		args = []string{"run"}
	}
	cmd, said := c.command(args...)
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	soon := time.Duration(c.rand.Int64N(int64(c.typical * 2)))
	if web := c.desk.racks.web(); len(web) > 0 && c.rand.IntN(2) == 0 { // at a request, or a moment after its answer
		w := web[c.rand.IntN(len(web))]
		w.set(&trap{left: 1 + c.rand.IntN(6), answered: c.rand.IntN(2) == 0, kill: func() { _ = cmd.Process.Signal(syscall.SIGKILL) }})
		defer w.set(nil)
		soon = c.typical * 2
	}
	select {
	case <-time.After(soon):
		_ = cmd.Process.Signal(syscall.SIGKILL)
		<-ended
		c.world.died(c.life)
	case err := <-ended:
		if state := cmd.ProcessState.Sys().(syscall.WaitStatus); state.Signaled() && state.Signal() == syscall.SIGKILL {
			c.world.died(c.life)
			break
		}
		// It was done sooner. A notice left over is no fault while targets fail.
		var exit *exec.ExitError
		if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1 && args[0] == "build") {
			c.Fatalf("%s: %v\n%s", args[0], err, said)
		}
	}
	if strings.Contains(said.String(), "panic") {
		c.Fatalf("%s", said)
	}
}

// loop calls f until the returned function is called.
func (c *crashes) loop(f func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	wait.Go(func() {
		for ctx.Err() == nil {
			f(ctx)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); wait.Wait() })
	c.Cleanup(stop)
	return stop
}

// write is the desk at work.
func (c *crashes) write(context.Context) {
	c.desk.work()
	c.writings++
	time.Sleep(time.Duration(10+c.desk.rand.IntN(60)) * time.Millisecond)
}

// read is a reader who looks at everything that stands.
func (c *crashes) read(context.Context) {
	entries, err := os.ReadDir(filepath.Join(c.dir, "public"))
	if err != nil {
		c.Errorf("read outputs: %v", err)
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".herald-") {
			continue // of a process that was killed; nobody serves it
		}
		if err := c.readOne(e.Name()); err != nil {
			c.Errorf("reading %d: %s: %v", c.readings, e.Name(), err)
		}
	}
	c.readings++
	time.Sleep(5 * time.Millisecond)
}

func (c *crashes) readOne(name string) error {
	body, err := os.ReadFile(filepath.Join(c.dir, "public", name))
	if errors.Is(err, os.ErrNotExist) && strings.HasPrefix(name, "sitemap-") {
		return nil // its month has no article any more
	}
	if err != nil {
		return err
	}
	if err := whole(name, body, c.base); err != nil {
		return err
	}
	for _, child := range children(string(body)) {
		_, err := os.Stat(filepath.Join(c.dir, "public", strings.TrimPrefix(child, c.base+"/")))
		if now, _ := os.ReadFile(filepath.Join(c.dir, "public", name)); err != nil && bytes.Equal(now, body) {
			return fmt.Errorf("it names %s: %w", child, err)
		}
	}
	return nil
}
