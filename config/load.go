package config

import (
	"path/filepath"

	"herald/config/refer"
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
	node, fault := parse(path, raw)
	if fault != nil {
		return nil, nil, Errors{fault}
	}
	f, dir, table := &faults{file: path}, filepath.Dir(abs), root()
	o.admit(table)
	w := &walker{secret: o.Secret, faults: f, values: refer.Expander{Env: environment(o.Env), Dir: dir}}
	tree := w.value(node, table, "")
	if w.full != nil {
		return nil, nil, Errors{w.full}
	}
	w.overlay(tree)
	refuse(tree, f)
	b := &builder{faults: f, file: abs, dir: dir, kinds: o.SourceKinds}
	c := b.config(tree)
	if err := f.err(); err != nil {
		return nil, f.warnings, err
	}
	c.File, c.Dir, c.Settings = abs, dir, tree.settings()
	if err := o.check(c, tree, f); err != nil {
		return nil, f.warnings, err
	}
	return c, f.warnings, nil
}
