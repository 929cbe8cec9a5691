package config

import (
	"errors"
	"path/filepath"

	"herald/config/excerpt"
	"herald/config/refer"
	"herald/config/yamlfile"
)

// Load reads and checks the config at path. Of a wrong one it returns Errors: every fault at once, in
// the order of the file. Warnings are returned either way.
//
// Files that ${file:…} names are read; no source, state or output is touched.
func Load(path string, o Options) (*Config, []Warning, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, nil, Errors{{File: path, Message: err.Error(), Err: err}}
	}
	raw, node, fault := yamlfile.Read(path)
	if fault != nil {
		return nil, nil, excerpts(Errors{{File: path, Line: fault.Line, Column: fault.Column, Message: fault.Message, Err: fault.Err}}, raw)
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
	if len(f.errors) > 0 {
		return nil, f.warnings, excerpts(f.all(), raw)
	}
	c.File, c.Dir, c.Settings = abs, dir, tree.settings()
	if err := o.check(c, tree, f); err != nil {
		if faults := (Errors)(nil); errors.As(err, &faults) {
			excerpts(faults, raw)
		}
		return nil, f.warnings, err
	}
	return c, f.warnings, nil
}

// excerpts returns faults with the lines of the file at which they stand.
func excerpts(all Errors, raw []byte) Errors {
	for _, one := range all {
		if one.Line > 0 && !holdsSecrets(one.Path) {
			one.Text = excerpt.Line(raw, one.Line)
		}
	}
	return all
}
