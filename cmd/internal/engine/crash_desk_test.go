package engine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// desk writes articles as editors do: no two versions of one are equal.
type desk struct {
	tb     testing.TB
	racks  racks
	rand   *rand.Rand
	count  int
	made   int // articles
	began  time.Time
	alive  []string
	papers map[string]paper // by name: as they were saved last
	before map[string]bool  // articles of the first scan that nobody touched since
}

func newDesk(t testing.TB, r racks, seed uint64) *desk {
	return &desk{
		tb: t, racks: r, rand: rand.New(rand.NewPCG(seed, 3)), papers: map[string]paper{}, before: map[string]bool{},
		began: time.Now().Add(-300 * 24 * time.Hour).Truncate(time.Second),
	}
}

// rack is where the articles of a desk stand.
type rack interface {
	save(name string, a paper) error             // in the place of what is there
	rename(from, to string, a paper) error       // a is what it says from now on
	remove(name string, a paper) error           // it is gone; a is what it said
	source() string                              // what the config says of it
	again(dir string, all map[string]paper) rack // one with these articles, for another newsroom that stands in a folder
}

// paper is what an article says. Its date may be "".
type paper struct {
	title, category, date, text string
	number                      int       // the same for ever, whatever it is called
	changed                     time.Time // rises with every change of any
}

// file is an article as a file.
func (a paper) file() string {
	text := fmt.Sprintf("---\ntitle: %s\ncategories: [%s]\n", a.title, a.category)
	if a.date != "" {
		text += "date: " + a.date + "\n"
	}
	return text + "---\n\n" + a.text + "\n"
}

func (a paper) word() string { return wordOf(a.text) }

// folderRack is a folder of files.
type folderRack struct{ dir string }

func newFolderRack(dir string) folderRack { return folderRack{filepath.Join(dir, "articles")} }

func (f folderRack) save(name string, a paper) error {
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(f.path(name), []byte(a.file()), 0o644)
}

func (f folderRack) path(name string) string { return filepath.Join(f.dir, name+".md") }

func (f folderRack) rename(from, to string, _ paper) error {
	return os.Rename(f.path(from), f.path(to))
}

func (f folderRack) remove(name string, _ paper) error { return os.Remove(f.path(name)) }

func (f folderRack) source() string { return "path: articles" }

func (f folderRack) again(dir string, all map[string]paper) rack {
	other := newFolderRack(dir)
	for name, a := range all {
		if err := other.save(name, a); err != nil {
			panic(err)
		}
	}
	return other
}

func (d *desk) check(err error) {
	if err != nil {
		d.tb.Error(err)
	}
}

// work does one thing.
func (d *desk) work() {
	switch n := d.rand.IntN(10); {
	case len(d.alive) < 8 || n < 3 && len(d.alive) < 40+len(d.racks):
		name := d.add()
		delete(d.before, name)
	case n < 7:
		name := d.pick()
		d.save(name)
		delete(d.before, name)
	case n < 9:
		from := d.pick()
		to, a := fmt.Sprintf("글%d", d.tick()), d.papers[from]
		a.changed = d.moment()
		d.check(d.racks.rename(from, to, a))
		d.forget(from)
		d.papers[to] = a
		d.alive = append(d.alive, to)
	default:
		name := d.pick()
		if d.lonely(name) || d.racks.keeps(d.papers[name]) {
			break // a source that is emptied is another matter
		}
		d.check(d.racks.remove(name, d.papers[name]))
		d.forget(name)
	}
}

// lonely reports whether no other article stands where one does.
func (d *desk) lonely(name string) bool {
	n := len(d.racks)
	for other, a := range d.papers {
		if other != name && a.number%n == d.papers[name].number%n {
			return false
		}
	}
	return true
}

func (d *desk) tick() int { d.count++; return d.count }

// moment is later than any before. Between two lies more than an hour, so that who asks for what has changed of late is not told of everything.
func (d *desk) moment() time.Time { return d.began.Add(time.Duration(d.count) * time.Minute * 70) }

func (d *desk) add() string {
	name := fmt.Sprintf("글%d", d.tick())
	d.save(name)
	d.alive = append(d.alive, name)
	d.before[name] = true
	return name
}

// save writes a version of an article that never was before.
func (d *desk) save(name string) {
	n := d.tick()
	a := paper{
		title: fmt.Sprintf("마을 소식 %d", n), category: []string{"바다", "장터"}[n%2], text: fmt.Sprintf("판-%d. 다리가 놓였다.", n),
		number: d.made + 1, changed: d.moment(),
	}
	if was, known := d.papers[name]; known {
		a.number = was.number
	} else {
		d.made++
	}
	if d.rand.IntN(2) == 0 {
		a.date = fmt.Sprintf("2026-%02d-%02d", 1+d.rand.IntN(9), 1+d.rand.IntN(28))
	}
	d.papers[name] = a
	d.check(d.racks.save(name, a))
}

func (d *desk) pick() string { return d.alive[d.rand.IntN(len(d.alive))] }

func (d *desk) forget(name string) {
	d.alive = slices.DeleteFunc(d.alive, func(a string) bool { return a == name })
	delete(d.before, name)
	delete(d.papers, name)
}

// stands is a copy of what stands in the rack.
func (d *desk) stands() map[string]paper { return maps.Clone(d.papers) }
