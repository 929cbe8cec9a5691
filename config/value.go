package config

import (
	"time"

	"herald/config/number"
	"herald/config/schedule"
)

// position is where a value was written: in a file, or (line 0) in the environment.
type position struct {
	file         string
	line, column int
}

// value is one key's value in a config: read, expanded and of the right kind, not yet judged.
type value struct {
	key      *key
	path     string   // "sources[0].schedule"
	at       position // of the value; of the mapping that lacks it where it is not given
	keyAt    position // of its key
	given    bool
	bad      bool   // a fault is noted already
	raw      string // as written
	referred bool   // raw holds a reference
	text     string // with ${…} replaced; the default where not given
	keys     map[string]*value
	order    []string // of keys
	items    []*value
}

// get returns the child named name; where it is not given, one that holds its default.
func (v *value) get(name string) *value {
	if c := v.keys[name]; c != nil {
		return c
	}
	k := v.key.child(name)
	c := &value{key: k, path: join(v.path, name), at: v.at, keyAt: v.at, bad: v.bad}
	if !inWords(k.def) {
		c.text = k.def
	}
	return c
}

// inWords reports whether a default is described in words, not written as a value.
func inWords(def string) bool { return len(def) > 0 && def[0] == '(' }

// mapped reports whether v is given as a mapping.
func (v *value) mapped() bool { return v.keys != nil }

// on reports whether v, a mapping or true or false, is switched on.
func (v *value) on() bool { return v.mapped() || v.bool() }

func (v *value) set(name string, c *value) {
	if v.keys == nil {
		v.keys = map[string]*value{}
	}
	if v.keys[name] == nil {
		v.order = append(v.order, name)
	}
	v.keys[name] = c
}

// The walk has checked the kinds: what could not be read is reported there, and zero here.

func (v *value) bool() bool              { b, _ := number.Bool(v.text); return b }
func (v *value) int() int                { n, _ := number.Int(v.text); return n }
func (v *value) size() int64             { n, _ := number.Size(v.text); return n }
func (v *value) limit() number.Limit     { l, _ := number.ParseLimit(v.text); return l }
func (v *value) duration() time.Duration { d, _ := schedule.ParseDuration(v.text); return d }

// texts returns a list's texts, nil where it is not given.
func (v *value) texts() []string {
	var all []string
	for _, item := range v.items {
		if !item.bad {
			all = append(all, item.text)
		}
	}
	return all
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
