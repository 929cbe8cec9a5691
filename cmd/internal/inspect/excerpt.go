package inspect

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"unicode/utf8"
)

const (
	excerpts    = 20      // how many refused articles are shown with a line of their file
	excerptRead = 1 << 20 // how far into a file that line may lie, in bytes
)

// Excerpt is the line of a file at which an article was refused.
type Excerpt struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
}

// placed is a reason behind the place of a file, with line and column.
var placed = regexp.MustCompile(`^(.+?):(\d+):(\d+): `)

// excerptOf returns the line that a reason names, of a file below the folder that relative places begin in; nil where the whole
// file is meant, or the line cannot be shown.
func excerptOf(reason, dir string) *Excerpt {
	found := placed.FindStringSubmatch(reason)
	if found == nil || found[2] == "1" && found[3] == "1" {
		return nil
	}
	x := &Excerpt{}
	x.Line, _ = strconv.Atoi(found[2])
	x.Column, _ = strconv.Atoi(found[3])
	path := filepath.FromSlash(found[1])
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	lines := bufio.NewScanner(io.LimitReader(f, excerptRead))
	for n := 1; lines.Scan(); n++ {
		if n == x.Line {
			x.Text = lines.Text()
			break
		}
	}
	if x.Text == "" || !utf8.ValidString(x.Text) {
		return nil
	}
	return x
}
