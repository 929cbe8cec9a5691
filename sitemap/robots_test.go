package sitemap_test

import (
	"bytes"
	"strings"
	"testing"

	"herald/sitemap"
)

const (
	entry = "https://news.example.org/sitemap.xml"
	whole = "# herald begin\nUser-agent: *\nAllow: /\nSitemap: " + entry + "\n# herald end\n"
	block = "# herald begin\nSitemap: " + entry + "\n# herald end\n"
)

func TestRobots(t *testing.T) {
	tests := []struct{ name, existing, extra, want string }{
		{"no file", "", "", whole},
		{"blank file", "\uFEFF\r\n\n", "", whole},
		{"our own file", whole, "", whole},
		{"extra", "", "#DaumWebMasterTool:abc\r\nCrawl-delay: 1\n",
			"# herald begin\nUser-agent: *\nAllow: /\n#DaumWebMasterTool:abc\nCrawl-delay: 1\nSitemap: " + entry + "\n# herald end\n"},
		{"extra with our marks", "", "a\n# herald end\n # herald begin \nb",
			"# herald begin\nUser-agent: *\nAllow: /\na\nb\nSitemap: " + entry + "\n# herald end\n"},
		{"foreign", "User-agent: *\nDisallow: /x\n", "", "User-agent: *\nDisallow: /x\n" + block},
		{"foreign without last line end", "User-agent: *", "", "User-agent: *\n" + block},
		{"foreign with CRLF", "\uFEFFUser-agent: *\r\nDisallow:\r\n", "", "\uFEFFUser-agent: *\r\nDisallow:\r\n" + block},
		{"block in the middle", "a\n# herald begin\nold\n# herald end\nb\xFF", "", "a\n" + block + "b\xFF"},
		{"block with CRLF", "a\r\n# herald begin\r\nold\r\n# herald end\r\nb\r\n", "", "a\r\n" + block + "b\r\n"},
		{"two blocks", "a\n" + block + "b\n" + block + "c\n", "", "a\n" + block + "b\nc\n"},
		{"a begin alone", "# herald begin\na\n", "", "# herald begin\na\n" + block},
		{"an end alone", "# herald end\na\n", "", "# herald end\na\n" + block},
		{"lines added to our file", whole + "User-agent: X\nDisallow: /\n", "", block + "User-agent: X\nDisallow: /\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := sitemap.Robots([]byte(test.existing), []string{entry}, test.extra)
			if string(got) != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if again := sitemap.Robots(got, []string{entry}, test.extra); !bytes.Equal(again, got) {
				t.Errorf("again %q", again)
			}
		})
	}
}

func TestRobotsTakenOut(t *testing.T) {
	if got := sitemap.Robots([]byte(whole), nil, ""); len(got) > 0 {
		t.Errorf("of our own file is left %q", got)
	}
	if got := sitemap.Robots([]byte("a\n"+block+"b"), nil, ""); string(got) != "a\nb" {
		t.Errorf("got %q", got)
	}
}

// Every foreign line is kept, and a second run changes nothing.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\n", "a\n# herald end")
	f.Add("x\n# herald begin\n# herald begin\n# herald end", "\r")
	f.Fuzz(func(t *testing.T, existing, extra string) {
		once := sitemap.Robots([]byte(existing), []string{entry}, extra)
		if twice := sitemap.Robots(once, []string{entry}, extra); !bytes.Equal(once, twice) {
			t.Errorf("once %q, twice %q", once, twice)
		}
		if strings.Contains(existing, "herald") {
			return
		}
		for line := range strings.Lines(existing) {
			if strings.TrimSpace(strings.TrimPrefix(line, "\uFEFF")) != "" && !bytes.Contains(once, []byte(line)) {
				t.Errorf("%q is lost", line)
			}
		}
	})
}
