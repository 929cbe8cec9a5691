package sql

import (
	"fmt"
	"slices"
	"strings"

	"herald/source/frontmatter"
	"herald/source/near"
)

// shape is what the rows look like. It never changes.
type shape struct {
	columns []column
	key     keyForm
	at      int      // of the key among columns
	cursor  *column  // nil: there is none
	of      string   // digest of what is listed
	parsed  []bool   // by column: a text that is JSON holds a list or a map
	names   []string // of the columns, in ascending order
	sorted  []int    // the columns with these names
}

// fault is what is wrong with the settings or the database, in words for an operator.
type fault struct{ what string }

func (f *fault) Error() string { return f.what }

func faulty(format string, args ...any) error { return &fault{fmt.Sprintf(format, args...)} }

// find returns where a column stands; -1: nowhere.
func (x *shape) find(name string) int {
	if i := slices.IndexFunc(x.columns, func(c column) bool { return c.name == name }); i >= 0 {
		return i
	}
	return slices.IndexFunc(x.columns, func(c column) bool { return frontmatter.SameKey(c.name, name) })
}

// nearest says which column may have been meant.
func (x *shape) nearest(name string) string {
	var all []string
	for _, c := range x.columns {
		all = append(all, c.name)
	}
	if guess := near.DidYouMean(name, all); guess != "" {
		return guess
	}
	return "; there are " + strings.Join(all[:min(len(all), 20)], ", ")
}

// sort fills names and sorted.
func (x *shape) sort() {
	for i := range x.columns {
		x.sorted = append(x.sorted, i)
	}
	slices.SortFunc(x.sorted, func(a, b int) int { return strings.Compare(x.columns[a].name, x.columns[b].name) })
	for _, i := range x.sorted {
		x.names = append(x.names, x.columns[i].name)
	}
}

// described returns the names and types of the columns as one text.
func (x *shape) described() string {
	var all strings.Builder
	for _, c := range x.columns {
		fmt.Fprintf(&all, "%q %q,", c.name, c.typed)
	}
	return all.String()
}
