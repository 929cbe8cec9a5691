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
	// Documents are keys beside those of the table that give the path of a document, or false, which is their default:
	// "sitemap.text", or "feeds.text" for a format of feeds.
	Documents []string
	// Targets are kinds of target beside those of the table; each has its addresses in a list at notify.<kind>.
	Targets []string
	// Check is asked of a config that is right as far as this package can tell; nil: nothing more
	// is asked. Where it returns a *Fault, Load returns Errors with the position of that value.
	Check func(*Config) error
	// Secret is told, as soon as it is read, of each value that came by a reference where secrets stand: below notify and
	// admin, and in the addresses and headers of sources. nil: nobody is told.
	Secret func(value string)
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

// admit adds to the table what o names: kinds of source, documents, kinds of target.
func (o Options) admit(root *key) {
	for _, path := range o.Documents {
		root.add(path, key{kind: document, def: "false", doc: "where it lies; false: not published"})
	}
	for _, kind := range o.Targets {
		root.add("notify."+kind, key{kind: plain, list: true, doc: "addresses that are told"})
	}
	if o.SourceKinds == nil {
		return
	}
	k := root.child("sources").child("type")
	k.values = slices.Sorted(maps.Keys(o.SourceKinds))
}

// add adds a key at a path of mappings that the table has, unless it stands there.
func (k *key) add(path string, added key) {
	above, name, found := strings.Cut(path, ".")
	switch {
	case found:
		k.child(above).add(name, added)
	case k.child(path) == nil:
		added.name = path
		k.keys = append(k.keys, added)
	}
}
