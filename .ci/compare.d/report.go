package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// report prints verdicts and writes what differs into a file.
type report struct {
	out     io.Writer
	folder  string
	keep    bool
	file    *os.File
	err     error
	differs []string
}

// shownFiles is how many differing files of a set stand on the screen; report.txt names all.
const shownFiles = 12

func (r *report) add(s set, v verdict) {
	if r.file == nil && r.err == nil {
		r.file, r.err = os.Create(filepath.Join(r.folder, "report.txt"))
	}
	if r.err != nil {
		return
	}
	line := fmt.Sprintf("%-14s same      %d files, %s\n", s.name, v.files, v.took.Round(time.Second/10))
	switch {
	case v.err != nil:
		r.err = v.err
		line = fmt.Sprintf("%-14s not compared: %v\n", s.name, v.err)
	case len(v.diffs) > 0:
		r.differs = append(r.differs, s.name)
		line = fmt.Sprintf("%-14s DIFFERENT %d of %d files, %s\n", s.name, len(v.diffs), v.files, v.took.Round(time.Second/10))
	}
	fmt.Fprint(r.out, line)
	fmt.Fprint(r.file, line)
	for i, d := range v.diffs {
		r.print(r.file, d)
		if i < shownFiles {
			r.print(r.out, d)
		} else if i == shownFiles {
			fmt.Fprintf(r.out, "    and %d files more\n", len(v.diffs)-i)
		}
	}
}

func (r *report) print(to io.Writer, d difference) {
	fmt.Fprintf(to, "    %s\n", d.file)
	for _, line := range d.lines {
		fmt.Fprintf(to, "        %s\n", line)
	}
}

// close says how it ended.
func (r *report) close() error {
	if r.file != nil {
		if err := r.file.Close(); r.err == nil {
			r.err = err
		}
	}
	switch {
	case r.err != nil:
		return r.err
	case len(r.differs) > 0:
		fmt.Fprintf(r.out, "different: %v; all of it in %s\n", r.differs, filepath.Join(r.folder, "report.txt"))
		return errDiffers
	}
	fmt.Fprintln(r.out, "same")
	if r.keep {
		return nil
	}
	return os.RemoveAll(r.folder)
}
