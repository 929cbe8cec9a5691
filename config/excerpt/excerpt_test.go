package excerpt_test

import (
	"testing"

	"herald/config/excerpt"
)

func TestLine(t *testing.T) {
	text := []byte("site: {url: x}\r\nurl: https://u:hunter2@x.example/a\nheaders: {X-Key: hunter2}\n  api_key: hunter2")
	for number, want := range map[int]string{0: "", 1: "site: {url: x}", 2: "url: https://u:***@x.example/a", 3: "", 4: "", 5: ""} {
		if got := excerpt.Line(text, number); got != want {
			t.Errorf("%d: got %q, want %q", number, got, want)
		}
	}
}
