package syntax_test

import (
	"slices"
	"testing"

	"herald/source/marks/syntax"
)

func TestRead(t *testing.T) {
	for text, want := range map[string]syntax.Mark{
		"{% if a %}b":             {Form: syntax.TagForm, End: 10, Name: "if", Args: "a"},
		"{%- End속보 -%}":           {Form: syntax.TagForm, End: 17, Name: "end속보"},
		"{{ a.b | c }}":           {Form: syntax.OutputForm, End: 13, Name: "a.b", Args: "a.b | c"},
		"{{< Fig src=\">}}\" >}}": {Form: syntax.ShortcodeForm, End: 21, Name: "fig", Args: "src=\">}}\""},
		"{{%/ x %}}":              {Form: syntax.ShortcodeForm, End: 10, Name: "/x"},
		"{{% /x %}}":              {Form: syntax.ShortcodeForm, End: 10, Name: "/x"},
		"{{ f(a=\"b\") }}":        {Form: syntax.CallForm, End: 14, Name: "f", Args: "a=\"b\""},
		"{% q(a=\"b\") %}":        {Form: syntax.TagForm, End: 14, Name: "q", Args: "a=\"b\""},
		"{# a\nb #}":              {Form: syntax.CommentForm, End: 9},
		"{{</* a */>}}":           {Form: syntax.EscapedForm, End: 13},
		"{% a":                    {},
		"{% a {% b %}":            {},
		"{{ .Title }}":            {},
		"{% 100 %}":               {},
		"{{ a\n\nb }}":            {},
		"{}":                      {},
	} {
		got, ok := syntax.Read(text, 0)
		if !ok {
			got = syntax.Mark{}
		}
		if got.Form != want.Form || got.End != want.End || got.Name != want.Name || got.Args != want.Args {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
}

func TestReadArgs(t *testing.T) {
	a := syntax.ReadArgs("눈 lang:js src=\"a \\\"b\\\"\" 'c d', e=`f` https://x.example/a=b, 3/")
	if want := []string{"눈", "c d", "https://x.example/a=b", "3/"}; !slices.Equal(a.List, want) {
		t.Errorf("got %q, want %q", a.List, want)
	}
	if got := []string{a.Get("x", "lang"), a.Get("src"), a.Get("e"), a.First("none"), a.At(9), a.Words()}; !slices.Equal(got, []string{"js", `a "b"`, "f", "눈", "", "눈 c d"}) {
		t.Errorf("got %q", got)
	}
}

func TestStructure(t *testing.T) {
	verbatim := func(name string) bool { return name == "code" }
	for _, c := range []struct {
		text string
		mdx  bool
		want []string
	}{
		{"가 `나` ``다 ` 라``", false, []string{"나", "다 ` 라"}},
		{"- ~~~ js\n  가\n  ~~~\n\n> ```\n> 나\n> ```\n\n뒤", false, []string{"~~~ js\n  가\n", "```\n> 나\n"}},
		{"글\n\n    가\n\n\t나", false, []string{"    가\n\n\t나"}},
		{"글\n\n    가", true, nil},
		{"{% code %}\n```\n{% endcode %}\n`가`", false, []string{"가"}},
		{"{% a `x` %} `가` {{ \"`\" }} `나`", false, []string{"가", "나"}},
		{"<pre>\n가\n</pre>\n\n<div>\n나\n</div>\n\n<!-- 다 -->", false, []string{"<pre>\n가\n</pre>\n", "<div>\n나\n</div>\n", "<!-- 다 -->"}},
		{"글", false, nil},
	} {
		var got []string
		for _, part := range syntax.Structure(c.text, verbatim, c.mdx) {
			got = append(got, c.text[part.Start:part.Stop])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}
