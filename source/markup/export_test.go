package markup

import (
	"bytes"

	"github.com/yuin/goldmark/parser"

	"herald/source"
	"herald/source/blocks"
)

// Costs returns what Markdown costs beyond its length, and what it may cost at most for all that is known without parsing it.
func Costs(b source.Body) (spent, most blocks.Tally) {
	text, context := Prepare(b, false), withWiki(nil)
	var out bytes.Buffer
	_ = dialects()[b.Markup].document.Convert([]byte(text), &out, parser.WithContext(context))
	return blocks.Spent(context), blocks.Most(text)
}
