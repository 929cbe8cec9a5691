package config

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Fault is what Options.Check finds wrong with one value of a Config.
type Fault struct {
	Path string // of the value: "sources[0].permalink"
	Err  error
}

// Error returns "path: cause".
func (f *Fault) Error() string { return f.Path + ": " + f.Err.Error() }

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// check asks o.Check of a config that has no fault so far. A *Fault gets the place of its value.
func (o Options) check(c *Config, tree *value, f *faults) error {
	if o.Check == nil {
		return nil
	}
	err := o.Check(c)
	var fault *Fault
	if !errors.As(err, &fault) {
		return err
	}
	at := place{file: f.file} // the file as a whole, where nothing on the path is given
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
		root.add("notify."+kind, key{kind: text, list: true, doc: "addresses that are told"})
	}
	if o.SourceKinds == nil {
		return
	}
	k := root.child("sources").child("type")
	k.values = slices.Sorted(maps.Keys(o.SourceKinds))
	k.later = slices.DeleteFunc(k.later, func(name string) bool { return slices.Contains(k.values, name) })
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

// everyKind are the keys of a source that the pipeline itself obeys, whatever the kind.
var everyKind = []string{"name", "type", "permalink", "undated", "schedule", "timeout", "removal_grace", "publish_when"}

// takes reports whether a key means something to a kind of source.
func (b *builder) takes(kind, key string) bool {
	keys, known := b.kinds[kind]
	return !known || slices.Contains(keys, key) || slices.Contains(everyKind, key)
}

// refuseKeys notes what is given and means nothing to the source's kind.
func (b *builder) refuseKeys(v *value, kind string) {
	for _, name := range v.order {
		if c := v.keys[name]; !c.bad && !b.takes(kind, name) {
			b.faults.add(c.keyAt, c.path, "means nothing to a source of type "+kind)
		}
	}
}
