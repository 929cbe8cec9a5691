package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// These tests read every Go file of the house: sizes, doc comments, globals, the clock.

const (
	maxFileLines = 400
	maxFuncLines = 60
	tableLines   = 10 // a literal longer than this is a table and does not count
)

// goFile is one parsed file.
type goFile struct {
	name string // below the repository
	room string
	test bool
	set  *token.FileSet
	ast  *ast.File
}

func (f goFile) line(p token.Pos) int { return f.set.Position(p).Line }

func parseAll(t *testing.T) []goFile {
	t.Helper()
	var all []goFile
	for _, p := range listPackages(t) {
		for _, name := range slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles) {
			set := token.NewFileSet()
			parsed, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, goFile{p.room() + "/" + name, p.room(), strings.HasSuffix(name, "_test.go"), set, parsed})
		}
	}
	return all
}

// tablesIn counts the lines of the outermost long literals below a node.
func (f goFile) tablesIn(node ast.Node) int {
	lines := 0
	ast.Inspect(node, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if size := f.line(literal.End()) - f.line(literal.Pos()); size > tableLines {
			lines += size
			return false
		}
		return true
	})
	return lines
}

func TestSizes(t *testing.T) {
	for _, f := range parseAll(t) {
		end := f.set.File(f.ast.Pos()).LineCount()
		if size := end - f.tablesIn(f.ast); size > maxFileLines {
			t.Errorf("%s has %d lines; %d are the most that one reads at a sitting: split it by what its parts are about", f.name, size, maxFileLines)
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if size := f.line(fn.End()) - f.line(fn.Pos()) + 1 - f.tablesIn(fn); size > maxFuncLines {
				t.Errorf("%s:%d: %s has %d lines; more than %d cannot be seen at once: name its parts", f.name, f.line(fn.Pos()), fn.Name.Name, size, maxFuncLines)
			}
		}
	}
}

func TestPackageComments(t *testing.T) {
	docs := map[string][]string{}
	for _, f := range parseAll(t) {
		if f.test {
			continue
		}
		if docs[f.room] == nil {
			docs[f.room] = []string{}
		}
		if f.ast.Doc != nil {
			docs[f.room] = append(docs[f.room], f.name)
		}
	}
	for room, files := range docs {
		if len(files) != 1 {
			t.Errorf("%s has %d package comments %v: exactly one says what the room is for", room, len(files), files)
		}
	}
}

func TestExportedComments(t *testing.T) {
	for _, f := range parseAll(t) {
		if f.test {
			continue
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) {
					f.wantDoc(t, d.Name, d.Doc, true)
				}
			case *ast.GenDecl:
				f.wantGroupDoc(t, d)
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	exported := true
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = exported && id.IsExported()
			return false
		}
		return true
	})
	return exported
}

// wantGroupDoc asks for a comment on each exported type, and for constants and variables on
// the group or on each of them.
func (f goFile) wantGroupDoc(t *testing.T, d *ast.GenDecl) {
	t.Helper()
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			doc := s.Doc
			if doc == nil {
				doc = d.Doc
			}
			if s.Name.IsExported() {
				f.wantDoc(t, s.Name, doc, true)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && d.Doc == nil && s.Comment == nil {
					f.wantDoc(t, name, s.Doc, false)
				}
			}
		}
	}
}

func (f goFile) wantDoc(t *testing.T, name *ast.Ident, doc *ast.CommentGroup, named bool) {
	t.Helper()
	if doc == nil {
		t.Errorf("%s:%d: %s has no doc comment: an exported name promises something to its callers", f.name, f.line(name.Pos()), name.Name)
		return
	}
	words := strings.Fields(doc.Text())
	if named && !slices.Contains(words[:min(2, len(words))], name.Name) {
		t.Errorf("%s:%d: the comment of %s does not begin with its name, as Go's documentation wants", f.name, f.line(name.Pos()), name.Name)
	}
}

func TestNoInit(t *testing.T) {
	for _, f := range parseAll(t) {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s:%d: init() runs before anybody asks: make it a function that somebody calls", f.name, f.line(fn.Pos()))
			}
		}
	}
}

// A package variable is a table, an error or a compiled pattern: it begins with a value and
// nobody writes to it.
func TestGlobalsNeverChange(t *testing.T) {
	globals := map[string]map[string]bool{}
	files := parseAll(t)
	for _, f := range files {
		if globals[f.room] == nil {
			globals[f.room] = map[string]bool{}
		}
		if !f.test {
			f.addGlobals(t, globals[f.room])
		}
	}
	for _, f := range files {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && !f.test {
				f.wantUnwritten(t, fn, globals[f.room])
			}
		}
	}
}

func (f goFile) addGlobals(t *testing.T, names map[string]bool) {
	t.Helper()
	for _, d := range f.ast.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			if len(v.Values) == 0 && !embedded(g, v) {
				t.Errorf("%s:%d: %s is a global without a value, so somebody must write it: state belongs to a value that somebody owns", f.name, f.line(v.Pos()), v.Names[0].Name)
			}
			for _, name := range v.Names {
				names[name.Name] = name.Name != "_"
			}
		}
	}
}

// wantUnwritten looks for assignments to globals, leaving names out that the function declares.
func (f goFile) wantUnwritten(t *testing.T, fn *ast.FuncDecl, globals map[string]bool) {
	t.Helper()
	own := map[string]bool{}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				own[name.Name] = true
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				own[name.Name] = true
			}
		case *ast.AssignStmt:
			for _, target := range n.Lhs {
				id := rootName(target)
				switch {
				case id == nil:
				case n.Tok == token.DEFINE:
					own[id.Name] = true
				case globals[id.Name] && !own[id.Name]:
					t.Errorf("%s:%d: %s is written: state belongs to a value that somebody owns", f.name, f.line(n.Pos()), id.Name)
				}
			}
		}
		return true
	})
}

func embedded(g *ast.GenDecl, v *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{g.Doc, v.Doc} {
		if doc == nil {
			continue
		}
		for _, c := range doc.List {
			if strings.HasPrefix(c.Text, "//go:embed ") {
				return true
			}
		}
	}
	return false
}

// rootName returns x of x, x.f and x[i].
func rootName(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return rootName(e.X)
	case *ast.IndexExpr:
		return rootName(e.X)
	}
	return nil
}

// The clock and the end of the process belong to main: everywhere else time comes in, so that
// tests can be at any moment and the same input gives the same bytes. A room may name time.Now as
// what an unset field means; it may not call it.
func TestClockAndExit(t *testing.T) {
	forbidden := map[string]string{"time.Now": "the clock", "time.Since": "the clock", "time.Until": "the clock", "os.Exit": "the end of the process", "log.Fatal": "the end of the process", "log.Fatalf": "the end of the process"}
	for _, f := range parseAll(t) {
		if f.test || f.name == "cmd/herald/main.go" {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && forbidden[x.Name+"."+s.Sel.Name] != "" {
				t.Errorf("%s:%d: %s.%s: %s belongs to main, and comes in as a parameter or a field", f.name, f.line(s.Pos()), x.Name, s.Sel.Name, forbidden[x.Name+"."+s.Sel.Name])
			}
			return true
		})
	}
}
