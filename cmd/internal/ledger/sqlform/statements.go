package sqlform

import (
	"strconv"
	"strings"
)

// Statements are the statements over the rows of a table. Selects is to be followed by which rows, Insert by what is to be
// done where one stands already; the values of Insert, Update and Upsert are those of the columns in their order.
type Statements struct{ Selects, Insert, Update, Upsert string }

// Describe returns the statements over a table whose columns are listed, with a comma between two. The primary key is the
// first of them, or so many.
func Describe(name string, keys int, columns string) Statements {
	names := strings.Split(strings.Join(strings.Fields(columns), ""), ",")
	var set, excluded []string
	for i, column := range names[keys:] {
		set = append(set, column+" = $"+strconv.Itoa(keys+i+1))
		excluded = append(excluded, column+" = excluded."+column)
	}
	list, key := strings.Join(names, ", "), strings.Join(names[:keys], ", ")
	insert := "insert into " + name + " (" + list + ") values (" + Placeholders(1, len(names)) + ")"
	return Statements{
		Selects: "select " + list + " from " + name + " ",
		Insert:  insert,
		Update:  "update " + name + " set " + strings.Join(set, ", ") + " where " + key + " = $1",
		Upsert:  insert + " on conflict (" + key + ") do update set " + strings.Join(excluded, ", "),
	}
}

// Placeholders returns "$from, … $to".
func Placeholders(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		if i > from {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i))
	}
	return b.String()
}

// Arguments returns texts as the parameters of a statement.
func Arguments(first string, more []string) []any {
	out := []any{first}
	for _, text := range more {
		out = append(out, text)
	}
	return out
}
