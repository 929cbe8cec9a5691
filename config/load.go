package config

import (
	"path/filepath"
)

// Load reads and checks the config at path. Of a wrong one it returns Errors: every fault at once, in
// the order of the file. Warnings are returned either way.
//
// Files that ${file:…} names are read; no source, state or output is touched.
func Load(path string, o Options) (*Config, []Warning, error) {
	raw, err := readBounded(path, maxFile)
	if err != nil {
		return nil, nil, Errors{unreadable(path, err)}
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, nil, Errors{unreadable(path, err)}
	}
	return load(path, abs, raw, o)
}

// load is Load of bytes: name is the file in messages, abs the file below whose folder relative paths start.
func load(name, abs string, raw []byte, o Options) (*Config, []Warning, error) {
	node, fault := parse(name, raw)
	if fault != nil {
		return nil, nil, Errors{fault}
	}
	f := &faults{file: name}
	env := environment(o.Env)
	w := &walker{faults: f, expander: expander{env: env, dir: filepath.Dir(abs)}}
	table := root()
	o.admit(table)
	tree := w.value(node, table, "")
	if w.full != nil {
		return nil, nil, Errors{w.full}
	}
	w.overlay(tree, settings(env, f))
	refuse(tree, f)
	b := &builder{faults: f, file: abs, dir: filepath.Dir(abs), kinds: o.SourceKinds}
	c := b.config(tree)
	if err := f.err(); err != nil {
		return nil, f.warnings, err
	}
	c.File, c.Dir = abs, filepath.Dir(abs)
	if err := o.check(c, tree, f); err != nil {
		return nil, f.warnings, err
	}
	return c, f.warnings, nil
}
