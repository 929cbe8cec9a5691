package config

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Options are what Load reads beside the file.
type Options struct {
	// Env is the environment as os.Environ returns it: HERALD_… settings and what ${NAME} means.
	Env []string
	// SourceKinds are the values of sources[].type, each with the keys of a source that mean
	// something to it beside those that mean something to all. nil: files, which takes every key.
	SourceKinds map[string][]string
	// Check is asked of a config that is right as far as this package can tell; nil: nothing more
	// is asked. Where it returns a *Fault, Load returns Errors with the position of that value.
	Check func(*Config) error
}

// Fault is what Options.Check finds wrong with one value of a Config.
type Fault struct {
	Path string // of the value: "sources[0].permalink"
	Err  error
}

// Error returns "path: cause".
func (f *Fault) Error() string { return f.Path + ": " + f.Err.Error() }

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// check asks o.Check of a config that has no fault so far. A *Fault gets the position of its value.
func (o Options) check(c *Config, tree *value, f *faults) error {
	if o.Check == nil {
		return nil
	}
	err := o.Check(c)
	var fault *Fault
	if !errors.As(err, &fault) {
		return err
	}
	at := position{file: f.file} // the file as a whole, where nothing on the path is given
	if v := tree.find(fault.Path); v != tree {
		at = v.at
	}
	return Errors{{File: at.file, Line: at.line, Column: at.column, Path: fault.Path, Message: fault.Err.Error(), Err: fault.Err}}
}

// find returns the value at a path such as sources[0].permalink, or the last on the way to it that
// is given.
func (v *value) find(path string) *value {
	for part := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' || r == '[' }) {
		index, isIndex := strings.CutSuffix(part, "]")
		i, err := strconv.Atoi(index)
		switch {
		case isIndex && err == nil && i < len(v.items):
			v = v.items[i]
		case !isIndex && v.keys[part] != nil:
			v = v.keys[part]
		default:
			return v
		}
	}
	return v
}

// admit makes o.SourceKinds the kinds of source that a config may name.
func (o Options) admit(root *key) {
	if o.SourceKinds == nil {
		return
	}
	k := root.child("sources").child("type")
	k.values = slices.Sorted(maps.Keys(o.SourceKinds))
	k.later = slices.DeleteFunc(k.later, func(name string) bool { return slices.Contains(k.values, name) })
}
