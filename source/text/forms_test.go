package text_test

import (
	"net/mail"
	"strings"
	"testing"

	"herald/source/text"
)

// IsEmail is held against the standard library, which knows all of RFC 5322.
func TestIsEmail(t *testing.T) {
	for s, want := range map[string]bool{
		"desk@news.example.org": true, "편집@뉴스.한국": true, "a+b@c": true, "a'b@c": true, "a@[192.0.2.1]": true,
		"": false, "a": false, "@": false, "a@": false, "@b": false, "a@b@c": false, "a b@c": false, "a@b\n": false,
		"a..b@c": false, ".a@c": false, "a.@c": false, "a@b..c": false, "a@b.": false, "a@[x]": false, "a[b@c": false,
		`a\b@c`: false, "A <a@b>": false, "a@b, c@d": false, "a(x)@b": false, `"a b"@c`: false, "a@b:1": false, "\xff@b": false,
	} {
		if got := text.IsEmail(s); got != want {
			t.Errorf("IsEmail(%q): got %v, want %v", s, got, want)
		}
		if a, err := mail.ParseAddress(s); (err == nil && a.Address == s) != want {
			t.Errorf("ParseAddress(%q): got %v, %v, want %v", s, a, err, want)
		}
	}
}

func TestIsIndexNowKey(t *testing.T) {
	for key, want := range map[string]bool{
		"abcDEF-8": true, strings.Repeat("a", 128): true, "": false, "1234567": false, strings.Repeat("a", 129): false,
		"abcdefg_": false, "abcdefgh\n": false, "한글열쇠한글열쇠": false, "../abcdef": false,
	} {
		if got := text.IsIndexNowKey(key); got != want {
			t.Errorf("IsIndexNowKey(%q): got %v, want %v", key, got, want)
		}
	}
}
