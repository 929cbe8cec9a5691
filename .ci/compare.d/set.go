package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// set is one folder of inputs and what is asked of herald there, step by step.
type set struct {
	name  string
	about string
	env   []string
	hub   bool // a listener stands for search engines and hubs; its URL replaces HUB in configs
	steps []step
}

// step changes the inputs, then asks. Between two steps the clock goes on by an hour.
type step struct {
	name   string
	change func(*site)
	asks   []ask
}

// ask is one command line, without the program.
type ask []string

// asks reads command lines, one a text.
func asks(lines ...string) []ask {
	var all []ask
	for _, line := range lines {
		all = append(all, strings.Fields(line))
	}
	return all
}

// look is what operators ask of a site: everything, in both forms, and a second build that must be
// idle.
func look(build ...string) []ask {
	b := strings.Join(append([]string{"build"}, build...), " ")
	return asks("check", "check --json", "plan", "plan --json", b, "build --json", "status", "status --json", "status --editions", "status --editions --json")
}

// briefly is look for large sites and for those with many steps.
func briefly() []ask {
	return asks("check --json", "plan --json", "build", "build --json", "status --json")
}

// explain asks for the life of each of the articles, by turns in both forms.
func explain(articles ...string) []ask {
	var all []ask
	for i, a := range articles {
		if i%2 == 0 {
			all = append(all, ask{"explain", a})
		} else {
			all = append(all, ask{"explain", "--json", a})
		}
	}
	return all
}

// verdict is what came of a set.
type verdict struct {
	files int
	diffs []difference
	took  time.Duration
	err   error
}

// compare runs the set with the old and the new binary, one after the other at the same place.
func (s set) compare(o options) verdict {
	begun := time.Now()
	home := filepath.Join(o.report, "sets", s.name)
	v := s.both(o, home)
	v.took = time.Since(begun)
	if v.err == nil && len(v.diffs) == 0 && !o.keep {
		v.err = os.RemoveAll(home)
	}
	return v
}

func (s set) both(o options, home string) verdict {
	var hub *hub
	if s.hub {
		var err error
		if hub, err = openHub(); err != nil {
			return verdict{err: err}
		}
		defer hub.close()
	}
	for i, name := range []string{"old", "new"} {
		r := runner{set: s, binary: o.binaries[i], folder: filepath.Join(home, "site"), results: filepath.Join(home, name), hub: hub}
		if err := r.run(); err != nil {
			return verdict{err: fmt.Errorf("%s: %s: %w", s.name, name, err)}
		}
	}
	files, diffs, err := differences(filepath.Join(home, "old"), filepath.Join(home, "new"))
	return verdict{files: files, diffs: diffs, err: err}
}
