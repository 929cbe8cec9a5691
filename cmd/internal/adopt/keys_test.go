package adopt

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLooseLink(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"https://a.example/x/", "http://www.a.example/x.html", true},
		{"https://a.example/x", "https://a.example/x/index.html?utm_source=feed&utm_medium=rss#more", true},
		{"https://a.example/", "https://a.example/index.html", true},
		{"https://a.example/?p=1", "https://a.example/?p=2", false},
		{"https://a.example/?p=1&utm_source=rss", "https://a.example/?p=1", true},
		{"https://a.example/x/", "https://b.example/x/", false},
		{"https://a.example/x/", "https://a.example/X/", false},
		{"https://a.example/%E1%84%80%E1%85%A1/", "https://a.example/%EA%B0%80", true}, // decomposed and composed
		{"https://a.example/a%2Fb", "https://a.example/%zz", false},
		{"https://a.example/html", "https://a.example/", false},
	} {
		if got := looseLink(test.a) == looseLink(test.b); got != test.same {
			t.Errorf("%s and %s: got %t, want %t", test.a, test.b, got, test.same)
		}
	}
}

func TestLooseTitle(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"It’s – “so”…", `It's -- "so"...`, true},
		{"R&amp;D &lt;b&gt;big&lt;/b&gt; 소식", "R&D big  소식", true},
		{"<em>속보</em>", "속보", true},
		{"a<b 이고 c>d", "a&lt;b 이고 c&gt;d", true},
		{"가나다", "가나다", true}, // decomposed
		{"첫 소식", "둘째 소식", false},
	} {
		if got := looseTitle(test.a) == looseTitle(test.b); got != test.same {
			t.Errorf("%q and %q: got %q and %q", test.a, test.b, looseTitle(test.a), looseTitle(test.b))
		}
	}
}

func TestSameAddress(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"https://a.example/%ec%95%88", "https://a.example/%EC%95%88", true},
		{"https://a.example/a", "https://a.example/A", false},
		{"https://a.example/%41", "https://a.example/A", false},
	} {
		if got := sameAddress(test.a, test.b); got != test.same {
			t.Errorf("%s and %s: got %t, want %t", test.a, test.b, got, test.same)
		}
	}
}

func FuzzKeys(f *testing.F) {
	f.Add("https://a.example/x/?a=1&utm_b=2#c", `<b>It&rsquo;s</b> %eC "x"`)
	f.Fuzz(func(t *testing.T, link, title string) {
		title = strings.ToValidUTF8(title, "?")
		if once := looseTitle(title); !utf8.ValidString(once) {
			t.Errorf("%q: got %q", title, once)
		}
		looseLink(link)
		if !sameAddress(title, upperCodes(title)) {
			t.Errorf("%q is not the same as with its codes in capitals", title)
		}
	})
}
