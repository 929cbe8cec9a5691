package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/viper"
)

// prefix begins every environment variable that sets a key.
const prefix = "HERALD_"

// layers lays the environment over the file's scalars outside lists. An empty
// variable counts as not set, as in a compose file that passes on what it does not know.
type layers struct {
	walker *walker
	tree   *value
	env    map[string]string // by path
}

// apply changes the tree to what defaults < file < environment give.
func (l *layers) apply() {
	v := viper.NewWithOptions(viper.KeyDelimiter("::")) // paths hold dots; they are no nesting to viper
	file := map[string]any{}
	paths := scalars(root(), "")
	for _, p := range paths {
		if k := l.lookup(p); !isNote(k.key.def) && k.key.def != "" {
			v.SetDefault(p, k.key.def)
		}
		if c := l.lookup(p); c.given && !c.mapped() {
			file[p] = c.text
		}
	}
	// The maps are ours and flat, so that merging them cannot fail.
	_ = v.MergeConfigMap(file)
	_ = v.MergeConfigMap(asAny(l.env))
	for _, p := range paths {
		if _, env := l.env[p]; env {
			l.put(p, v.GetString(p), "environment "+envName(p))
		}
	}
}

// lookup gives the value at path, its default where it is not given.
func (l *layers) lookup(path string) *value {
	v := l.tree
	for name := range strings.SplitSeq(path, ".") {
		v = v.get(name)
	}
	return v
}

// put writes text at path; a single value on the way there gives way to a mapping.
func (l *layers) put(path, text, origin string) {
	at := place{file: origin}
	parts := strings.Split(path, ".")
	v := l.tree
	for _, name := range parts[:len(parts)-1] {
		c := v.get(name)
		if !c.given || !c.mapped() {
			c = &value{key: c.key, path: c.path, at: at, keyAt: at, given: true, keys: map[string]*value{}}
			v.set(name, c)
		}
		v = c
	}
	last := parts[len(parts)-1]
	c := &value{key: v.key.child(last), path: path, at: at, keyAt: at, given: true, raw: text, text: text}
	v.set(last, c)
	l.walker.check(c)
}

// scalars gives the paths of all scalars outside lists: what one variable can hold.
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

// settings sorts the HERALD_… variables by the path that they set; others are warned of.
func settings(env map[string]string, f *faults) map[string]string {
	known := map[string]string{}
	for _, p := range scalars(root(), "") {
		known[envName(p)] = p
	}
	all := slices.Sorted(maps.Keys(known))
	set := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		if p, ok := known[name]; ok {
			if env[name] != "" {
				set[p] = env[name]
			}
			continue
		}
		f.warnings = append(f.warnings, Warning{File: "environment " + shorten(name), Message: "sets no key; keys inside lists are set in the file only" + didYouMean(name, all)})
	}
	return set
}

// environment gives the variables by name; of one given twice the last counts.
func environment(env []string) map[string]string {
	all := map[string]string{}
	for _, pair := range env {
		if name, text, ok := strings.Cut(pair, "="); ok {
			all[name] = text
		}
	}
	return all
}

func asAny(m map[string]string) map[string]any {
	all := make(map[string]any, len(m))
	for k, text := range m {
		all[k] = text
	}
	return all
}
