package feeds

import (
	"bytes"
	"encoding/json"
	"testing"

	"herald/source/text"
)

// The standard library's encoder is the judge, HTML left as it is.
func FuzzJSONString(f *testing.F) {
	for _, s := range []string{"", "봄꽃", `a "b" \c`, "1234567\"", "12345678\\", "tab\tline\n", "“따옴표” … 끝", "\u2028 \u2029", "x\u2028", "1234567\u2029", "\xe2", "\x7f\u0080\ufffe"} {
		f.Add(s)
		f.Add(s + s + s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = text.ForXML(s)
		j := &jsonText{}
		j.string("", s)
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
		if got := string(j.b) + "\n"; got != want.String() {
			t.Errorf("%q\nis    %s\nwant  %s", s, got, &want)
		}
	})
}
