package config

import (
	"maps"
	"slices"
	"strings"

	"herald/source/near"
)

// prefix begins every environment variable that sets a key.
const prefix = "HERALD_"

// overlay lays the environment's settings over the file's scalars outside lists, and warns of those that set
// no key. An empty variable counts as not set, as in a compose file that passes on what it does not know.
func (w *walker) overlay(tree *value) {
	var known []string
	for _, path := range scalars(root(), "") {
		name := envName(path)
		known = append(known, name)
		if text := w.values.Env[name]; text != "" {
			w.put(tree, path, text)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.values.Env)) {
		if strings.HasPrefix(name, prefix) && !slices.Contains(known, name) {
			w.faults.warnings = append(w.faults.warnings, Warning{
				File:    "environment " + shorten(name),
				Message: "sets no key; keys inside lists are set in the file only" + near.DidYouMean(name, known),
			})
		}
	}
}

// put writes a setting of the environment at path; a single value on the way there becomes a mapping.
func (w *walker) put(v *value, path, text string) {
	at := position{file: "environment " + envName(path)}
	parts := strings.Split(path, ".")
	last := parts[len(parts)-1]
	for _, name := range parts[:len(parts)-1] {
		c := v.get(name)
		if !c.given || !c.mapped() {
			c = &value{key: c.key, path: c.path, at: at, keyAt: at, given: true, keys: map[string]*value{}}
			v.set(name, c)
		}
		v = c
	}
	c := &value{key: v.key.child(last), path: path, at: at, keyAt: at, given: true, raw: text, text: text}
	v.set(last, c)
	w.check(c)
}

// scalars returns the paths of all scalars outside lists: what one variable can hold.
func scalars(k *key, path string) []string {
	var all []string
	for i := range k.keys {
		c := &k.keys[i]
		if c.list || c.free {
			continue
		}
		p := join(path, c.name)
		if c.kind != none {
			all = append(all, p)
		}
		all = append(all, scalars(c, p)...)
	}
	return all
}

func envName(path string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(path, ".", "_"))
}

// environment returns the variables by name; of one given twice the last counts.
func environment(env []string) map[string]string {
	all := map[string]string{}
	for _, pair := range env {
		if name, text, ok := strings.Cut(pair, "="); ok {
			all[name] = text
		}
	}
	return all
}
