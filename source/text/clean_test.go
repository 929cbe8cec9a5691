package text_test

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
	"herald/source/text"
)

func TestClean(t *testing.T) {
	tests := []struct {
		name, in, want string
		warnings       []source.Warning
	}{
		{"clean text", "한글\n\t본문", "한글\n\t본문", nil},
		{"byte order mark", "\ufeff제목", "제목", nil},
		{"line ends of Windows and old Mac", "가\r\n나\r다\r\r\n라", "가\n나\n다\n\n라", nil},
		{"UTF-16 little endian", "\xff\xfe\x00\xac\x0d\x00\x0a\x00\x3d\xd8\x00\xde", "가\n😀", nil},
		{"UTF-16 big endian, odd last byte", "\xfe\xff\xac\x00\x00", "가\ufffd", []source.Warning{{Line: 1, Column: 2, Message: "broken UTF-8 is replaced by U+FFFD in 1 places: save the file as UTF-8"}}},
		{"UTF-16 lone surrogate", "\xfe\xff\xd8\x00\x00a", "\ufffda", []source.Warning{{Line: 1, Column: 1, Message: "broken UTF-8 is replaced by U+FFFD in 1 places: save the file as UTF-8"}}},
		{"control characters and noncharacters", "가\x7f나\u0080다\u009f라\u00a0\ufdd0마\ufdef\U0001fffe바\U0010ffff\U0001f9ff", "가나다라\u00a0마바\U0001f9ff", []source.Warning{{Line: 1, Column: 2, Message: "characters that XML forbids or advises against are dropped: 7, the first is U+007F"}}},
		{"forbidden characters", "가나\n다\b라\x00\ufffe마", "가나\n다라마", []source.Warning{{Line: 2, Column: 2, Message: "characters that XML forbids or advises against are dropped: 3, the first is U+0008"}}},
		{"broken UTF-8", "a\xff\xfeb\r\nc\xed\x95", "a\ufffdb\nc\ufffd", []source.Warning{{Line: 1, Column: 2, Message: "broken UTF-8 is replaced by U+FFFD in 2 places: save the file as UTF-8"}}},
		{"a replacement character that was there", "가\ufffd나", "가\ufffd나", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, warnings := text.Clean([]byte(tt.in))
			if got != tt.want {
				t.Errorf("text = %q, want %q", got, tt.want)
			}
			if len(warnings) != len(tt.warnings) {
				t.Fatalf("warnings = %v, want %v", warnings, tt.warnings)
			}
			for i := range warnings {
				if warnings[i] != tt.warnings[i] {
					t.Errorf("warning = %v, want %v", warnings[i], tt.warnings[i])
				}
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	f.Add([]byte("---\r\ntitle: 제목\r\n---\r\n본문"))
	f.Add([]byte("\xff\xfe\x00\xd8a"))
	f.Add([]byte("\ufeff\x00\x08\xff]]>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _, _ := text.Clean(data)
		if !utf8.ValidString(text) || strings.ContainsRune(text, '\r') {
			t.Fatalf("Clean(%q) = %q", data, text)
		}
		var escaped bytes.Buffer
		if err := xml.EscapeText(&escaped, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if strings.Count(escaped.String(), "\ufffd") != strings.Count(text, "\ufffd") {
			t.Fatalf("Clean(%q) = %q holds what XML forbids", data, text)
		}
		for _, r := range text {
			if r >= 0x7f && r <= 0x9f || r >= 0xfdd0 && r <= 0xfdef || r&0xffff >= 0xfffe {
				t.Fatalf("Clean(%q) = %q holds %U", data, text, r)
			}
		}
	})
}
