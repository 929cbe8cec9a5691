package words

import (
	"iter"
	"strconv"
	"strings"
)

// pairs returns the texts of a PO file (GNU gettext) with their translations, in order: msgid and msgstr, comments passed over. What
// is no line of one ends the sequence.
func pairs(po string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		var id, said string
		into := &id
		for line := range strings.SplitSeq(po+"\nmsgid \"\"", "\n") {
			keyword, quoted, _ := strings.Cut(line, " ")
			switch {
			case line == "" || line[0] == '#':
				continue
			case line[0] == '"':
				quoted = line
			case keyword == "msgid":
				if id != "" && !yield(id, said) {
					return
				}
				id, said, into = "", "", &id
			case keyword == "msgstr":
				into = &said
			}
			text, err := strconv.Unquote(quoted)
			if err != nil {
				return
			}
			*into += text
		}
	}
}
