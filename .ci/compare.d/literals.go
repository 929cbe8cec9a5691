package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// literals returns the texts that stand in the tests of the rooms that read and write articles,
// fuzz seeds included: what is hostile enough for a test is hostile enough here.
func literals(repository string) ([]string, error) {
	seen := map[string]bool{}
	for _, room := range []string{"source", "feeds", "sitemap", "cmd/internal"} {
		err := filepath.WalkDir(filepath.Join(repository, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if _, imported := n.(*ast.ImportSpec); imported {
					return false
				}
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					text, err := strconv.Unquote(l.Value)
					if err == nil && strings.ContainsAny(text, " <>&#\\/-:\n") {
						seen[text] = true
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(seen)), nil
}
