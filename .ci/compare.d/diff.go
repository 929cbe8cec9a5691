package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// difference is one file that is not the same.
type difference struct {
	file  string
	lines []string // the first lines that differ, cut to where they do
}

const (
	shownLines = 6
	shownWidth = 160
)

// differences compares two folders byte for byte and returns how many files they hold together.
func differences(older, newer string) (int, []difference, error) {
	names := map[string]bool{}
	for _, root := range []string{older, newer} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				name, _ := filepath.Rel(root, path) // below root, as it was walked
				names[name] = true
			}
			return err
		})
		if err != nil {
			return 0, nil, err
		}
	}
	var all []difference
	for _, name := range slices.Sorted(maps.Keys(names)) {
		d, err := compareFile(older, newer, name)
		if err != nil {
			return 0, nil, err
		}
		if d != nil {
			all = append(all, *d)
		}
	}
	return len(names), all, nil
}

func compareFile(older, newer, name string) (*difference, error) {
	a, errA := os.ReadFile(filepath.Join(older, name))
	b, errB := os.ReadFile(filepath.Join(newer, name))
	switch {
	case errors.Is(errA, fs.ErrNotExist):
		return &difference{file: name, lines: []string{"only the new binary makes it"}}, nil
	case errors.Is(errB, fs.ErrNotExist):
		return &difference{file: name, lines: []string{"only the old binary makes it"}}, nil
	case errA != nil || errB != nil:
		return nil, errors.Join(errA, errB)
	case bytes.Equal(a, b):
		return nil, nil
	}
	lines, err := firstLines(filepath.Join(older, name), filepath.Join(newer, name))
	return &difference{file: name, lines: lines}, err
}

// firstLines returns the first lines in which two files differ, an old and a new one side by side.
func firstLines(older, newer string) ([]string, error) {
	out, err := exec.Command("diff", "-a", "-U0", older, newer).Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("diff %s %s: %w", older, newer, err)
	}
	var lines []string
	changed := 0
	for hunk := range strings.SplitSeq(string(out), "\n@@ ") {
		at, rest, ours := strings.Cut(hunk, "\n")
		if !strings.Contains(at, " @@") || !ours {
			continue // the head
		}
		var gone, come []string
		for line := range strings.SplitSeq(rest, "\n") {
			switch {
			case strings.HasPrefix(line, "-"):
				gone = append(gone, line[1:])
			case strings.HasPrefix(line, "+"):
				come = append(come, line[1:])
			}
		}
		changed += max(len(gone), len(come))
		if len(lines) < shownLines {
			lines = append(lines, "@@ "+at)
			lines = append(lines, paired(gone, come)...)
		}
	}
	if len(lines) > shownLines {
		lines = lines[:shownLines]
	}
	return append(lines, fmt.Sprintf("%d lines differ", changed)), nil
}

// paired lays old lines beside new ones, each cut to where the two differ.
func paired(gone, come []string) []string {
	var lines []string
	for i := range min(max(len(gone), len(come)), shownLines/2) {
		var a, b string
		if i < len(gone) {
			a = gone[i]
		}
		if i < len(come) {
			b = come[i]
		}
		from := 0
		for from < len(a) && from < len(b) && a[from] == b[from] {
			from++
		}
		if from -= shownWidth / 4; len(a) <= shownWidth && len(b) <= shownWidth {
			from = 0
		}
		if i < len(gone) {
			lines = append(lines, "-"+window(a, from))
		}
		if i < len(come) {
			lines = append(lines, "+"+window(b, from))
		}
	}
	return lines
}

// window cuts a line to shownWidth bytes from a place on, with dots where something is missing.
func window(line string, from int) string {
	from = min(max(from, 0), len(line))
	to := min(from+shownWidth, len(line))
	for from > 0 && from < len(line) && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	text := strings.ToValidUTF8(line[from:to], "\uFFFD")
	if from > 0 {
		text = "…" + text
	}
	if to < len(line) {
		text += "…"
	}
	return text
}
