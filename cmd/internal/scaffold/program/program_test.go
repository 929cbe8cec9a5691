package program

import (
	"fmt"
	"testing"
)

func TestProgramValues(t *testing.T) {
	js := withoutComments("const site = {\n  // title: 'no',\n  title: 'It\\'s // here', /* url: 'x' */ url: \"https://x.example\",\n  \"quoted\": `tick`,\n  on: true, off: false, made: `a${b}`, call: f('one') + f(\"two\"),\n  dir: { input: 'src', nested: { input: 'no' } },\n};\n", false)
	py := withoutComments("# TITLE = 'no'\nTITLE = u'It # stays'\nTITLE = \"last\"\nON = True\nLIST = ['a', 'b',  # c\n 'd']\nPAIRS = (('p/*.md', 'x'),)\nif A == 'x':\n    pass\n", true)
	for _, c := range []struct{ got, want string }{
		{js.Text("title"), "It's // here"},
		{js.Text("url"), "https://x.example"},
		{js.Text("quoted"), "tick"},
		{js.Text("made"), ""},
		{js.Text("none", "title"), "It's // here"},
		{js.Block("dir").Text("nested"), ""},
		{js.Block("dir").Block("nested").Text("input"), "no"},
		{fmt.Sprint(js.Called("f")), "[one two]"},
		{py.Text("TITLE"), "last"},
		{py.Text("A"), ""},
		{fmt.Sprint(py.Block("LIST").Strings()), "[a b d]"},
		{fmt.Sprint(Inside(string(py.Block("PAIRS"))).Strings()), "[p/*.md x]"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	for key, want := range map[string][2]bool{"on": {true, true}, "off": {false, true}, "title": {false, false}, "none": {false, false}} {
		if yes, set := js.Flag(key); yes != want[0] || set != want[1] {
			t.Errorf("%s: got %t, %t", key, yes, set)
		}
	}
	if yes, set := py.Flag("ON"); !yes || !set {
		t.Errorf("ON: got %t, %t", yes, set)
	}
}

func FuzzProgram(f *testing.F) {
	for _, s := range []string{"a: 'b'", "a = \"", "dir: { input: `x`", "f('", "/*", "a: [(}", "a = '\\"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, python bool) { // it ends
		p := withoutComments(text, python)
		p.Text("a")
		p.Flag("a")
		p.Block("dir").Strings()
		p.Called("f")
	})
}
