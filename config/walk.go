package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"herald/config/address"
	"herald/config/number"
	"herald/config/refer"
	"herald/config/schedule"
	"herald/config/yamlfile"
	"herald/source/near"
	"herald/source/text"
	"herald/source/yamlhint"
)

// maxNodes bounds what aliases may unfold to.
const maxNodes = 100_000

// walker turns YAML nodes into values along the table of keys and reports all that does not fit.
type walker struct {
	faults *faults
	values refer.Expander
	nodes  int
	full   *Error       // set once the bound is passed; nothing else is reported then
	secret func(string) // Options.Secret
}

// tooMany reports that the file holds more than any config does.
func (w *walker) tooMany(n *yaml.Node, path string) {
	if w.full == nil {
		w.full = &Error{File: w.faults.file, Line: n.Line, Column: n.Column, Path: path, Message: fmt.Sprintf("holds or unfolds to more than %d values", maxNodes)}
	}
}

func (w *walker) position(n *yaml.Node) position {
	return position{file: w.faults.file, line: n.Line, column: n.Column}
}

// value reads one node as k describes it. It returns nil where the node is null: not given.
func (w *walker) value(n *yaml.Node, k *key, path string) *value {
	if w.nodes++; w.nodes > maxNodes {
		w.tooMany(n, path)
		return nil
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if yamlfile.IsNull(n) {
		return nil
	}
	v := &value{key: k, path: path, at: w.position(n), keyAt: w.position(n), given: true}
	switch {
	case k.list && n.Kind == yaml.SequenceNode:
		w.list(n, v)
	case k.list && k.orOne && n.Kind == yaml.ScalarNode:
		w.list(&yaml.Node{Kind: yaml.SequenceNode, Line: n.Line, Column: n.Column, Content: []*yaml.Node{n}}, v)
	case !k.list && n.Kind == yaml.MappingNode && k.free:
		w.freeMapping(n, v)
	case !k.list && n.Kind == yaml.MappingNode && k.keys != nil:
		w.mapping(n, v)
	case !k.list && n.Kind == yaml.ScalarNode && k.kind != none && !k.free:
		w.scalar(n, v)
	default:
		w.wrongKind(n, v)
	}
	return v
}

func (w *walker) wrongKind(n *yaml.Node, v *value) {
	wanted := "a single value"
	switch k := v.key; {
	case k.list && k.keys != nil:
		wanted = "a list of mappings (- " + k.keys[0].name + ": …)"
	case k.list && k.orOne:
		wanted = "a text or a list of texts ([a, b])"
	case k.list:
		wanted = "a list ([a, b])"
	case k.free:
		wanted = "a mapping of old paths to paths"
	case k.keys != nil && k.kind == none:
		wanted = "a mapping of keys (" + strings.Join(names(k.keys), ", ") + ")"
	case k.keys != nil && k.kind == boolean:
		wanted = "true, false or a mapping of keys (" + strings.Join(names(k.keys), ", ") + ")"
	}
	hint := ""
	if n.Kind == yaml.SequenceNode && n.Style == yaml.FlowStyle && !v.key.list && v.key.keys == nil && !v.key.free {
		hint = "; quote a value that begins with ["
	}
	for _, k := range v.key.keys {
		if n.Kind == yaml.ScalarNode && strings.HasPrefix(n.Value, k.name+":") {
			hint = fmt.Sprintf("; write a space after %q", k.name+":")
		}
	}
	w.faults.of(v, "must be %s, not %s%s", wanted, yamlfile.Describe(n), hint)
}

func (w *walker) list(n *yaml.Node, v *value) {
	item := *v.key
	item.list, item.def = false, ""
	for i, node := range n.Content {
		path := fmt.Sprintf("%s[%d]", v.path, i)
		v.items = append(v.items, w.item(node, &item, path, w.position(node)))
	}
}

// item reads a value of a list or of a free mapping, which may not be empty.
func (w *walker) item(n *yaml.Node, k *key, path string, at position) *value {
	if v := w.value(n, k, path); v != nil {
		return v
	}
	v := &value{key: k, path: path, at: at, keyAt: at, given: true}
	w.faults.of(v, "is empty")
	return v
}

// pair is a key and its value in a mapping, with merged ones (<<) unfolded.
type pair struct{ key, value *yaml.Node }

// pairs returns the mapping's own pairs, then those that << takes in and that it does not have
// itself. A key that is no text, or is given twice, is a fault.
func (w *walker) pairs(n *yaml.Node, path string, depth int) []pair {
	var own, merged []pair
	first := map[string]int{}
	if w.nodes += len(n.Content); w.nodes > maxNodes {
		w.tooMany(n, path)
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, val := n.Content[i], n.Content[i+1]
		if k.Kind == yaml.AliasNode {
			k = k.Alias
		}
		switch at := w.position(n.Content[i]); {
		case k.Tag == "!!merge":
			merged = append(merged, w.merge(val, path, depth+1)...)
		case k.Kind != yaml.ScalarNode:
			w.faults.add(at, path, "a key must be text, not "+yamlfile.Describe(k))
		case first[k.Value] > 0:
			w.faults.add(at, join(path, shorten(k.Value)), fmt.Sprintf("is given twice, first in line %d", first[k.Value]))
		default:
			first[k.Value] = max(k.Line, 1)
			own = append(own, pair{k, val})
		}
	}
	for _, p := range merged {
		if first[p.key.Value] == 0 {
			first[p.key.Value] = max(p.key.Line, 1)
			own = append(own, p)
		}
	}
	return own
}

func (w *walker) merge(n *yaml.Node, path string, depth int) []pair {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if w.nodes++; w.nodes > maxNodes || depth > 10 {
		w.tooMany(n, path)
		return nil
	}
	var all []pair
	switch n.Kind {
	case yaml.MappingNode:
		all = w.pairs(n, path, depth)
	case yaml.SequenceNode:
		for _, one := range n.Content {
			all = append(all, w.merge(one, path, depth+1)...)
		}
	default:
		w.faults.add(w.position(n), path, "<< takes in a mapping, not "+yamlfile.Describe(n))
	}
	return all
}

func (w *walker) mapping(n *yaml.Node, v *value) {
	v.keys = map[string]*value{}
	pairs := w.pairs(n, v.path, 0)
	free := names(v.key.keys)
	for _, p := range pairs {
		if i := slices.Index(free, p.key.Value); i >= 0 {
			free = slices.Delete(free, i, i+1)
		}
	}
	for _, p := range pairs {
		k := v.key.child(p.key.Value)
		if k == nil {
			w.unknown(p.key, v, free)
			continue
		}
		if c := w.value(p.value, k, join(v.path, k.name)); c != nil {
			c.keyAt = w.position(p.key)
			v.set(k.name, c)
		}
	}
}

// unknown reports an unknown key, with the nearest of the free keys: those that could be given here and are not.
func (w *walker) unknown(n *yaml.Node, v *value, free []string) {
	if len(w.faults.errors) > maxFaults {
		w.faults.add(w.position(n), join(v.path, shorten(n.Value)), "unknown key")
		return // more faults than are shown; no need to look for the nearest key
	}
	if key, odd := yamlhint.TrimOdd(n.Value); odd != "" {
		w.faults.add(w.position(n), join(v.path, shorten(key)), "a "+odd+" stands beside this key, where YAML takes it for a letter: type a plain space")
		return
	}
	message := "unknown key" + near.DidYouMean(n.Value, free)
	if where := sectionsWith(n.Value); where != "" && !strings.Contains(message, ";") {
		message += "; it belongs under " + where
	}
	w.faults.add(w.position(n), join(v.path, shorten(n.Value)), message)
}

// sectionsWith returns the parts of the config that have a key of that name.
func sectionsWith(name string) string {
	var found []string
	for _, k := range root().keys {
		if c := k.child(name); c != nil && !c.notYet && !k.notYet {
			found = append(found, k.name)
		}
	}
	return strings.Join(found, " or ")
}

func (w *walker) freeMapping(n *yaml.Node, v *value) {
	v.keys = map[string]*value{}
	item := *v.key
	item.free = false
	for _, p := range w.pairs(n, v.path, 0) {
		path := fmt.Sprintf("%s[%s]", v.path, shorten(p.key.Value))
		c := w.item(p.value, &item, path, w.position(p.key))
		c.keyAt = w.position(p.key)
		v.set(p.key.Value, c)
	}
}

func (w *walker) scalar(n *yaml.Node, v *value) {
	v.raw = n.Value
	expanded, inserted, err := w.values.Expand(n.Value)
	v.referred = len(inserted) > 0
	for _, value := range inserted {
		if w.secret != nil && holdsSecrets(v.path) && (v.key.isText() || v.key.check(value) != nil) {
			w.secret(value)
		}
	}
	if err != nil {
		w.faults.of(v, "%v", err)
		return
	}
	v.text = expanded
	if w.secret != nil && strings.Contains(v.path, "].credentials.") && v.text != "" {
		w.secret(v.text)
	}
	if w.secret != nil && (strings.HasSuffix(v.path, "].dsn") || strings.HasSuffix(v.path, "].path")) {
		for _, password := range address.Passwords(v.text) {
			w.secret(password)
		}
	}
	w.check(v)
}

// holdsSecrets reports whether what a reference puts in at a path may be a secret.
func holdsSecrets(path string) bool {
	if strings.HasPrefix(path, "notify") || path == "admin.token" {
		return true
	}
	_, key, found := strings.Cut(path, "].")
	return found && strings.HasPrefix(path, "sources[") && (key == "url" || key == "dsn" || strings.HasPrefix(key, "headers") || strings.HasPrefix(key, "credentials"))
}

// isText reports whether a value of k is none of a few, of a number or of a duration: it may be a secret.
func (k *key) isText() bool {
	return !slices.Contains([]kind{boolean, whole, duration, size, limit}, k.kind)
}

// check checks a scalar against its key: characters, kind, values.
func (w *walker) check(v *value) {
	if v.path != "robots.extra" {
		v.text = strings.TrimSpace(v.text)
	}
	if bad, r := forbidden(v.text); bad {
		w.faults.of(v, "holds the character %U, which no document may carry", r)
		return
	}
	if v.text == "" {
		w.faults.of(v, "is empty")
		return
	}
	k := v.key
	if err := k.check(v.text); err != nil {
		w.faults.of(v, "%v%s", err, shown(v))
	} else if len(k.values) > 0 && !slices.Contains(k.values, v.text) {
		one := fmt.Sprintf("must be one of %s", strings.Join(k.values, ", "))
		w.faults.of(v, "%s%s%s", one, shown(v), near.DidYouMean(v.text, k.values))
	}
}

// shown returns a wrong value in quotes, unless it came from a reference or is long.
func shown(v *value) string {
	if v.raw != v.text || len(v.raw) > 60 || strings.Contains(v.raw, "@") {
		return ""
	}
	return fmt.Sprintf(", not %q", v.raw)
}

// check returns why s is no value of k's kind.
func (k *key) check(s string) (err error) {
	switch k.kind {
	case boolean:
		if _, err = number.Bool(s); err != nil && k.keys != nil {
			err = fmt.Errorf("%w, or a mapping of keys (%s)", err, strings.Join(names(k.keys), ", "))
		}
	case whole:
		_, err = number.Int(s)
	case duration:
		_, err = schedule.ParseDuration(s)
	case size:
		_, err = number.Size(s)
	case limit:
		_, err = number.ParseLimit(s)
	}
	return err
}

// forbidden finds a character that no text may hold.
func forbidden(s string) (bool, rune) {
	if !utf8.ValidString(s) {
		return true, utf8.RuneError
	}
	for _, r := range s {
		if !text.IsChar(r) {
			return true, r
		}
	}
	return false, 0
}

func names(keys []key) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = k.name
	}
	return all
}

// shorten returns a key as a message can show it: short, on one line.
func shorten(s string) string {
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:60], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if bad, _ := forbidden(string(r)); bad || r < 0x20 {
			return '\uFFFD'
		}
		return r
	}, s)
}
