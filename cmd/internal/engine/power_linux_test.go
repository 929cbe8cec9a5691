package engine_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cutsKey names how many power failures there are, cutSeed the seed of when and what they take.
const (
	cutsKey = "HERALD_POWER_CUTS"
	cutSeed = "HERALD_POWER_SEED"
)

// TestO8PowerFailsAnywhere records every system call of the real program while articles change, and
// replays them on a model of a disk that keeps for certain only what an fsync came back for. The power fails after any
// call; the program starts on what is left, and everything must be as if nothing had happened.
func TestO8PowerFailsAnywhere(t *testing.T) {
	needStrace(t)
	newPower(t, uint64(number(t, cutSeed, 1)), "files", programFor(t)).fails(number(t, cutsKey, 20))
}

// TestO8PowerFailsOverEveryKind does the same over articles that are no files, which all outlive it. HERALD_POWER_CUTS and HERALD_POWER_SEED are as
// for files, for each kind; HERALD_CRASH_KIND says which kinds.
func TestO8PowerFailsOverEveryKind(t *testing.T) {
	needStrace(t)
	program, seed := programFor(t), uint64(number(t, cutSeed, 1))
	for _, kind := range crashKinds() {
		t.Run(kind, func(t *testing.T) { newPower(t, seed, kind, program).fails(number(t, cutsKey, 5)) })
	}
}

// fails records a few days, and lets the power fail in them so many times.
func (p *power) fails(cuts int) {
	t, seed := p.T, p.seed
	p.passes()
	p.whole()
	t.Logf("%d cuts, seed %d, %d calls", cuts, seed, len(p.events))
	for i := range cuts {
		p.cut(rand.New(rand.NewPCG(seed, uint64(i))), i)
		if t.Failed() {
			return
		}
	}
}

// power is a newsroom whose every call is recorded.
type power struct {
	*crashes
	events []event
	passed []pass
}

// pass is one recorded process, and the articles that it saw.
type pass struct {
	articles map[string]paper
	quiet    map[string]bool // articles that stand as the first scan found them
	first    bool            // the first complete scan was not yet done when it began
	run      bool
}

type event struct {
	call
	pass int
}

func newPower(t *testing.T, seed uint64, kind, program string) *power {
	return &power{crashes: crashesOf(t, seed, kind, program)}
}

// passes records a few days of a newsroom: the first publication, killed and done again; edits, some
// published by a process that is killed; the daemon.
func (p *power) passes() {
	p.record("renameat:" + strconv.Itoa(1+p.rand.IntN(6)))
	for edits, stop := range []string{"", "", "fsync:" + strconv.Itoa(3+p.rand.IntN(12)), "", "renameat:1", ""} {
		for range edits * 2 {
			p.desk.work()
		}
		p.record(stop)
		if len(p.passed) == 2 {
			p.first = versions(p.base, filepath.Join(p.dir, "public"))
		}
	}
	p.desk.work()
	p.daemon()
	p.desk.work()
	p.record("")
}

// record is one pass of build --notify, killed where stop says so.
func (p *power) record(stop string) {
	p.Helper()
	p.begin(false)
	cmd := strace(p.recording(), stop, p.program, "build", "--notify")
	cmd.Dir = p.dir
	out, err := cmd.CombinedOutput()
	if err != nil && (stop == "" || !strings.Contains(err.Error(), "killed")) {
		p.Fatalf("build: %v\n%s", err, out)
	}
	p.end()
}

// daemon runs until it has told of everything.
func (p *power) daemon() {
	p.Helper()
	p.begin(true)
	cmd := strace(p.recording(), "", p.program, "run")
	cmd.Dir = p.dir
	earlier, err := os.ReadFile(filepath.Join(p.dir, "herald.db.lock"))
	if err := errors.Join(err, cmd.Start()); err != nil {
		p.Fatal(err)
	}
	p.Cleanup(func() { _ = cmd.Process.Kill() })
	deadline := time.Now().Add(2 * time.Minute)
	faults := func() []string {
		if text, err := os.ReadFile(filepath.Join(p.dir, "herald.db.lock")); err != nil || len(text) == 0 || slices.Equal(text, earlier) {
			return []string{"it has not begun"}
		}
		return append(p.stale(p.desk.papers), p.untold()...)
	}
	for ; len(faults()) > 0 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
	}
	late := faults()
	text, err := os.ReadFile(filepath.Join(p.dir, "herald.db.lock"))
	pid, perr := strconv.Atoi(strings.TrimSpace(string(text)))
	if err := errors.Join(err, perr); err != nil {
		p.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		p.Fatal(err)
	}
	if err := cmd.Wait(); err != nil || len(late) > 0 {
		p.Fatalf("run: %v, %q", err, late)
	}
	p.end()
}

func (p *power) recording() string { return filepath.Join(p.dir, "recording") }

func (p *power) begin(run bool) {
	p.passed = append(p.passed, pass{articles: p.desk.stands(), quiet: maps.Clone(p.desk.before), first: len(p.passed) < 2, run: run})
}

// end takes in what was recorded, and makes sure that the model has the very files that now lie there.
func (p *power) end() {
	p.Helper()
	record, err := os.ReadFile(p.recording())
	if err != nil {
		p.Fatal(err)
	}
	calls, err := parseTrace(record)
	if err != nil {
		p.Fatal(err)
	}
	for _, c := range calls {
		p.events = append(p.events, event{c, len(p.passed) - 1})
	}
	model := map[string]string{}
	p.replay(len(p.events)).top.live("", model)
	if len(model) == 0 {
		p.Fatal("no call changed a file")
	}
	for name, want := range model {
		have, err := os.ReadFile(filepath.Join(p.dir, name))
		if name != "herald.db-shm" && (err != nil || string(have) != want) {
			p.Fatalf("pass %d: %s: the model has %d bytes, the disk %d, %v", len(p.passed)-1, name, len(want), len(have), err)
		}
	}
	for name := range p.folder("public") {
		if _, known := model["public/"+name]; !known {
			p.Fatalf("the model lacks %s", name)
		}
	}
}

// replay returns the disk after so many calls.
func (p *power) replay(calls int) *disk {
	p.Helper()
	d, now := newDisk(p.dir, p.base), 0
	for _, e := range p.events[:calls] {
		if e.pass != now {
			d.start()
			now = e.pass
		}
		d.world.exact = !p.passed[e.pass].run
		if err := d.do(e.call); err != nil {
			p.Fatal(err)
		}
	}
	return d
}

// moment chooses after how many calls the power fails: each kind of call is as likely as any other.
func (p *power) moment(r *rand.Rand) int {
	kinds := map[string][]int{}
	for i, e := range p.events {
		if e.result >= 0 && !e.begins && !slices.Contains([]string{"close", "read", "socket"}, e.name) {
			kinds[e.name] = append(kinds[e.name], i+1)
		}
	}
	names := slices.Sorted(maps.Keys(kinds))
	moments := kinds[names[r.IntN(len(names))]]
	return moments[r.IntN(len(moments))]
}

// cut lets the power fail once, and judges what is left and what the next pass makes of it.
func (p *power) cut(r *rand.Rand, number int) {
	p.Helper()
	at := p.moment(r)
	last := p.events[at-1]
	o := outage{Rand: r, files: r.IntN(3), ordered: r.IntN(2) == 0, none: r.IntN(4) == 0}
	d, before := p.replay(at), p.passed[last.pass]
	files := map[string]string{}
	d.top.after(o, "", files)
	delete(files, "herald.db-shm") // made anew from the others

	after := &crashes{T: p.T, kind: p.kind, dir: filepath.Join(p.dir, "after"), program: p.program, base: p.base, world: p.world, many: p.many, first: p.first}
	if err := os.RemoveAll(after.dir); err != nil {
		p.Fatal(err)
	}
	for name, text := range files {
		file := filepath.Join(after.dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			p.Fatal(err)
		}
	}
	after.desk = &desk{tb: p.T, racks: p.desk.racks.again(after.dir, before.articles), before: before.quiet}
	after.config("herald.yaml", "public", "herald.db")
	p.world.moved(filepath.Join(after.dir, "public"), d.world.told)

	faults := d.world.faults(files, o.ordered || o.none)
	faults = append(faults, p.judge(after, before, d.world)...)
	for _, fault := range faults {
		p.Errorf("cut %d, after call %d, %s of pass %d, %v: %s", number, at, last.name, last.pass, o, fault)
	}
}

// judge starts the program after a power failure.
func (p *power) judge(after *crashes, before pass, world *heard) (faults []string) {
	p.Helper()
	cmd, said := after.command("build", "--notify")
	if err := cmd.Run(); err != nil {
		return append(faults, fmt.Sprintf("build: %v\n%s", err, said))
	}
	if err := integrity(filepath.Join(after.dir, "herald.db")); err != nil {
		faults = append(faults, err.Error())
	}
	for name, body := range after.folder("public") {
		if err := whole(name, []byte(body), p.base); err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", name, err))
		}
	}
	faults = append(faults, world.forgotten(itemsOf([]byte(after.folder("public")["feed.json"])))...)
	faults = append(faults, after.stale(before.articles)...)
	if before.first {
		if last := p.world.lastTold(); len(last) > 0 {
			faults = append(faults, fmt.Sprintf("told of the first scan: %v", last))
		}
	} else {
		faults = append(faults, after.untold()...)
	}
	after.sameAsForced()
	return faults
}

// stale says where the feed does not show the articles as they are.
func (c *crashes) stale(articles map[string]paper) (faults []string) {
	have, want := map[string]bool{}, map[string]bool{}
	for _, i := range itemsOf([]byte(c.folder("public")["feed.json"])) {
		have[wordOf(i.HTML)] = true
	}
	for _, a := range articles {
		want[a.word()] = true
	}
	if !maps.Equal(have, want) {
		faults = append(faults, fmt.Sprintf("the feed shows %v, there are %v", have, want))
	}
	return faults
}

// integrity asks SQLite whether its file is whole.
func integrity(path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	var answer string
	if err := db.QueryRow("pragma integrity_check").Scan(&answer); err != nil || answer != "ok" {
		return fmt.Errorf("%s: %s %w", path, answer, err)
	}
	return nil
}
