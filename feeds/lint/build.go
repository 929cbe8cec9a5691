package lint

import (
	"maps"
	"strings"
)

// These functions make the rows of the tables.

// text is an element that holds text, each value of which passes the checks.
func text(checks ...check) *element { return &element{text: checks, holds: someText} }

// group is an element that holds elements.
func group(kids map[string]*element) *element { return &element{kids: kids} }

// eaten is an element whose inside nobody asks after.
func eaten() *element { return &element{holds: ignored} }

// one lets the element stand once under its parent.
func (e *element) one() *element { return e.oneAs("DuplicateElement") }

func (e *element) oneAs(code string) *element { e.single = code; return e }

// may allows attributes, by name, for whose values there are no checks.
func (e *element) may(names string) *element {
	for name := range strings.FieldsSeq(names) {
		e.attrs = append(e.attrs, attribute{name: name})
	}
	return e
}

// with allows one attribute whose value passes checks.
func (e *element) with(name string, checks ...check) *element {
	e.attrs = append(e.attrs, attribute{name, false, checks})
	return e
}

// must demands one attribute whose value passes checks.
func (e *element) must(name string, checks ...check) *element {
	e.attrs = append(e.attrs, attribute{name, true, checks})
	return e
}

func (e *element) onOpen(f func(c *checker, n *node)) *element  { e.open = f; return e }
func (e *element) onClose(f func(c *checker, n *node)) *element { e.close = f; return e }
func (e *element) twinned(pairs ...string) *element {
	e.twins = map[string][]string{}
	for i := 0; i < len(pairs); i += 2 {
		a, b := pairs[i], pairs[i+1]
		e.twins[a], e.twins[b] = append(e.twins[a], b), append(e.twins[b], a)
	}
	return e
}

// merged joins tables; a later row wins.
func merged(tables ...map[string]*element) map[string]*element {
	all := map[string]*element{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

// same makes one row for several names.
func same(make func() *element, names string) map[string]*element {
	all := map[string]*element{}
	for name := range strings.FieldsSeq(names) {
		all[name] = make()
	}
	return all
}
