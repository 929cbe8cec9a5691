package yamlhint_test

import (
	"testing"

	"herald/source/yamlhint"
)

// What a parser refuses is named at the line to mend, with what to do there.
func TestFind(t *testing.T) {
	for text, want := range map[string]yamlhint.Hint{
		"site:\n  url: https://x.example\n title: 장터\n":           {3, 2, `indent "title" by 2, as "url" in line 2 is`},
		"site:\n  url: https://x.example\n    title: 장터\n":        {3, 5, `indent "title" by 2, as "url" in line 2 is`},
		"title: 장터\n date: 2024-01-01\n":                          {2, 2, `do not indent "date": "title" in line 1 is not`},
		"sources:\n  - path: ./a\n - path: ./b\n":                 {3, 2, `indent "- path" by 2, as "path" in line 2 is`},
		"sources:\n  - path: ./a\n    name: a\n   watch: false\n": {4, 4, `indent "watch" by 4, as "name" in line 3 is`},
		"title: 5·18: 기념식\n":                                      {1, 8, `quote a value that holds ": "`},
		"a: 1\nnote: 장터 # 참고: 뒤\ntitle: 둘: 셋\n":                   {3, 8, `quote a value that holds ": "`},
		"a: 1\nserve:{listen: \":8080\"}\n":                       {2, 7, `write a space after "serve:"`},
		"title:장터\ndate: 2024-01-01\n":                            {1, 7, `write a space after "title:"`},
		"site:\n  url=https://x.example\n  title: 장터\n":           {2, 6, `write "url: " in place of =`},
		"site:\n  title: 장터\n\u00a0 url: x\n":                     {3, 1, "type a plain space here: this is a no-break space (U+00A0)"},
		"site:\n  url:\u00a0https://x.example\n  title: 장터\n":     {2, 7, "type a plain space here: this is a no-break space (U+00A0)"},
		"a:\n\tb: 1\n":                                {2, 1, "indent with spaces, not with tabs"},
		"a: 1\ntitle: \"장터\nb: \"2\"\n":               {2, 8, "the quote that opens here has no end"},
		"tags: [a, b\ndate: 2024-01-01\n":             {1, 7, "the [ that opens here has no ]"},
		"title: [속보] 다리\n":                            {1, 8, "quote a value that begins with [, @, *, % or a quote and goes on after it"},
		"text: |\n  a: b: c\n  [x] y\ntitle: 하나: 둘\n": {4, 8, `quote a value that holds ": "`},
		"a: 1\nsources:\n  - {type: feed, url: https://x.example/?feed=rss2, name: b}\nc: 2\n": {3, 23, "quote a value with a question mark inside [ ] or { }"},
		"urls: [\"https://x.example/?a\", https://x.example/?b]\nc: 2\n":                       {1, 32, "quote a value with a question mark inside [ ] or { }"},
		"# title: 하나: 둘\na: b: c\n":                                                            {2, 4, `quote a value that holds ": "`},
	} {
		if got, found := yamlhint.Find(text); !found || got != want {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}

// What is right is not blamed, however it is written.
func TestFindBlamesNothingThatIsRight(t *testing.T) {
	for _, text := range []string{
		"site: {url: \"https://x.example\", title: 장터}\nsources: [{path: ./a}, {path: ./b}]\n",
		"site:\n    url: https://x.example:8080/a\n    title: '하나: 둘'\n    author: {name: a,\n      email: b}\nsources:\n- path: ./a\n  exclude:\n  - b\n  - c\n- path: ./d\nserve:\n  listen: \":8080\"\n",
		"a: >\n   eins: zwei: drei\n  # vier\nb: CRON_TZ=Asia/Seoul 0 3 * * *\nc: \"[a] b\" # d: e\n",
		"title: 장터\u00a0소식\nlist:\n  - https://x.example/a\n  - b\n",
		"",
	} {
		if got, found := yamlhint.Find(text); found {
			t.Errorf("%q: got %+v, want nothing", text, got)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("a: b\n  c: d\n- e: [\n")
	f.Fuzz(func(t *testing.T, text string) {
		if h, found := yamlhint.Find(text); found && (h.Line < 1 || h.Column < 1 || h.Remedy == "") {
			t.Errorf("%q: got %+v", text, h)
		}
	})
}
