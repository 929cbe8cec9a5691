package screen

import (
	"cmp"
	"time"
)

// State is what was dumped of a state, or loaded into one.
type State struct {
	File     string           `json:"file,omitempty"` // "" is stdin
	State    string           `json:"state"`
	Site     string           `json:"site"`
	At       time.Time        `json:"at"` // of the dump
	Schema   int64            `json:"schema"`
	Rows     int64            `json:"rows"`
	Tables   map[string]int64 `json:"tables"`
	Warnings []string         `json:"warnings,omitempty"`
}

// Dumped prints what was dumped.
func (s Screen) Dumped(r *State) { s.Printf("Dumped %s to %s: %s.", r.State, r.File, s.counts(r)) }

// Loaded prints what was loaded, and what comes next.
func (s Screen) Loaded(r *State) {
	s.Printf("Loaded %s into %s: %s, as of %s.", cmp.Or(r.File, "stdin"), r.State, s.counts(r), s.Moment(r.At))
	for _, warning := range r.Warnings {
		s.Printf("warning: %s", warning)
	}
	s.Printf("herald build goes on from there.")
}

func (s Screen) counts(r *State) string {
	return s.say("%s, %s in all", s.articles(r.Tables["article"]), counted(s, r.Rows, "1 row", "%d rows"))
}
