package feeds_test

import (
	"testing"

	"herald/feeds"
	"herald/feeds/lint"
	"herald/source"
)

// linted fails where the linter finds anything in a document of ours, be it a warning.
func linted(t *testing.T, f *feeds.Feed) {
	t.Helper()
	for _, w := range writers {
		doc := render(t, w.write, f)
		for _, found := range lint.Lint(doc, lint.Options{URL: f.Self[w.kind]}) {
			found.File = string(w.kind)
			t.Errorf("%s\n%s", found, doc)
		}
	}
}

// F1: every document of ours passes the linter without an error or a warning.
func TestOursPassLint(t *testing.T) {
	for _, c := range []feeds.Content{feeds.Full, feeds.Summary, feeds.None} {
		linted(t, withContent(c))
	}
	linted(t, empty())
}

// F1, C2–C4: whatever an article's texts hold.
func TestHostileArticlesPassLint(t *testing.T) {
	for _, text := range []string{
		`<3 R&D &lt;b&gt; "따옴표" '홑'`, "a ]]> b ]]]]>> <![CDATA[ c ]]>", "<!-- x --> &lt;!-- &amp;amp;", "</p> <b>굵게 &nbsp; &#160;",
		"a\x00b\x01c\x1Bd", "가\xEA\xB0나", "a\uFFFEb\uFFFFc", "a\r\nb", "<script>alert(1)", "a@b.example",
	} {
		f := newsroom()
		f.Title, f.Description, f.Copyright, f.Author.Name = text, text, text, text
		a := f.Items[1]
		a.Title, a.Summary, a.Categories, a.Tags = text, text, []string{text}, []string{text}
		a.Authors = []source.Author{{Name: text}, {Name: text, Email: "desk@news.example.org"}}
		linted(t, f)
	}
}
