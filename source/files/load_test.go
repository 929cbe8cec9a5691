package files_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"herald/source"
	"herald/source/files"
	"herald/source/reader"
)

// TestLoadsShareNothing: files are read into memory that others were read into, and no article shows a
// byte of another's file.
func TestLoadsShareNothing(t *testing.T) {
	root, contents := t.TempDir(), map[string]string{}
	body := func(i int) string { return strings.Repeat(fmt.Sprintf("문단 %d. ", i), 1+i*i*40) } // up to 300 KB
	for i := range 24 {
		contents[fmt.Sprintf("%d.txt", i)] = fmt.Sprintf("---\ntitle: 제목 %d\n---\n%s", i, body(i))
	}
	write(t, root, contents)
	s := open(t, files.Config{Root: root})
	loaded := make([]*source.Article, 24*4)
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 24 {
				n := (i*7 + worker*5) % 24 // long ones and short ones in turn
				a, err := s.Load(context.Background(), fmt.Sprintf("%d.txt", n))
				if err != nil {
					t.Error(err)
					return
				}
				loaded[worker*24+n] = a
			}
		})
	}
	all.Wait()
	for i, a := range loaded {
		if n := i % 24; a != nil && (a.Title != fmt.Sprintf("제목 %d", n) || a.Body.Text != body(n)) {
			t.Errorf("%d.txt was read as %q with %d bytes", n, a.Title, len(a.Body.Text))
		}
	}
}

// TestLongFilesAreParsedOneAtATime holds that a long file keeps other long ones waiting while it is parsed, and that short
// ones neither wait nor keep any waiting.
func TestLongFilesAreParsedOneAtATime(t *testing.T) {
	root := t.TempDir()
	const front = "---\ntitle: 제목\n---\n{% include a.html %}\n"
	write(t, root, map[string]string{"long.md": front + strings.Repeat("글. ", 80_000), "short.md": front + "글"})
	var s *files.Source
	var long []bool
	s = open(t, files.Config{Root: root, Reading: reader.Reading{Include: func(string) (string, bool) {
		long = append(long, s.ParsesLong())
		return "", true
	}}})
	for _, c := range []struct {
		key  string
		want bool
	}{{"long.md", true}, {"short.md", false}} {
		long = nil
		if _, err := s.Load(context.Background(), c.key); err != nil {
			t.Fatal(err)
		}
		if len(long) == 0 || long[0] != c.want {
			t.Errorf("while %s is parsed, long files wait: %v, want %v", c.key, long, c.want)
		}
	}
	if s.ParsesLong() {
		t.Error("nothing is parsed, and long files wait")
	}
}
