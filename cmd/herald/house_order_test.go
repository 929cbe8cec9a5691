package main_test

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"
)

const maxPackageLines = 2600

// A package is read from its lowest file upwards: what a file names at the top level of another does not lead back to it.
// Methods do not count: a type may have them in several files.
func TestFilesStandInOrder(t *testing.T) {
	for room, files := range byRoom(parseAll(t)) {
		uses := usesBetween(files)
		for _, name := range slices.Sorted(maps.Keys(uses)) {
			if path := wayBack(uses, name); path != nil {
				t.Errorf("%s: %s: files use each other in a circle: move what both need into a file of its own", room, strings.Join(path, " → "))
				break
			}
		}
	}
}

func TestPackageSizes(t *testing.T) {
	for room, files := range byRoom(parseAll(t)) {
		lines := 0
		for _, f := range files {
			lines += f.set.File(f.ast.Pos()).LineCount()
		}
		if lines > maxPackageLines {
			t.Errorf("%s has %d lines; more than %d hold more than one subject: split it into rooms", room, lines, maxPackageLines)
		}
	}
}

// byRoom sorts the files that are no tests by their package.
func byRoom(files []goFile) map[string][]goFile {
	rooms := map[string][]goFile{}
	for _, f := range files {
		if !f.test {
			rooms[f.room] = append(rooms[f.room], f)
		}
	}
	return rooms
}

// usesBetween returns which files of a package name something that another one declares at its top level.
func usesBetween(files []goFile) map[string][]string {
	declared := map[string]string{}
	for _, f := range files {
		for _, d := range f.ast.Decls {
			for _, name := range topLevelNames(d) {
				declared[name] = f.name
			}
		}
	}
	uses := map[string][]string{}
	for _, f := range files {
		for _, id := range f.ast.Unresolved {
			if other := declared[id.Name]; other != "" && other != f.name && !slices.Contains(uses[f.name], other) {
				uses[f.name] = append(uses[f.name], other)
			}
		}
	}
	return uses
}

func topLevelNames(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// wayBack returns the files on a way from one back to itself; nil: there is none.
func wayBack(uses map[string][]string, from string) []string {
	seen := map[string]bool{}
	var walk func(at string) []string
	walk = func(at string) []string {
		for _, next := range uses[at] {
			if next == from {
				return []string{at, next}
			}
			if !seen[next] {
				seen[next] = true
				if rest := walk(next); rest != nil {
					return append([]string{at}, rest...)
				}
			}
		}
		return nil
	}
	return walk(from)
}
