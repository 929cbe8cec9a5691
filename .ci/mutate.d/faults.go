package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// fault is a change of one place of a file.
type fault struct {
	file     string // below the repository
	line     int
	from, to int // bytes that text replaces
	text     string
	source   []byte // of the file as it is
}

// String names the place and what is changed there.
func (f fault) String() string {
	was := strings.Join(strings.Fields(string(f.source[f.from:f.to])), " ")
	now := strings.Join(strings.Fields(f.text), " ")
	if now == "" {
		now = "(nothing)"
	}
	return f.file + ":" + strconv.Itoa(f.line) + ": " + short(was) + " → " + short(now)
}

func short(s string) string {
	if r := []rune(s); len(r) > 90 {
		return string(r[:90]) + "…"
	}
	return s
}

// planted returns the file with the fault in it.
func (f fault) planted() []byte {
	out := append([]byte{}, f.source[:f.from]...)
	return append(append(out, f.text...), f.source[f.to:]...)
}

// faults returns every fault that can be planted in the folders, in the order of their places.
func faults(folders []string) ([]fault, error) {
	var all []fault
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			return nil, err
		}
		sort.Strings(names)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			some, err := faultsOf(name)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
	}
	return all, nil
}

// planter collects the faults of one file.
type planter struct {
	fset   *token.FileSet
	name   string
	source []byte
	found  []fault
}

func faultsOf(name string) ([]fault, error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	p := &planter{fset: token.NewFileSet(), name: name, source: source}
	tree, err := parser.ParseFile(p.fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if g, is := n.(*ast.GenDecl); is && (g.Tok == token.IMPORT || g.Tok == token.TYPE) {
			return false
		}
		p.node(n)
		return true
	})
	sort.SliceStable(p.found, func(i, j int) bool { return p.found[i].from < p.found[j].from })
	return p.found, nil
}

func (p *planter) offset(at token.Pos) int { return p.fset.Position(at).Offset }

func (p *planter) text(n ast.Node) string {
	return string(p.source[p.offset(n.Pos()):p.offset(n.End())])
}

// plant notes that text could stand in the place of what lies between two positions.
func (p *planter) plant(from, to token.Pos, text string) {
	p.found = append(p.found, fault{p.name, p.fset.Position(from).Line, p.offset(from), p.offset(to), text, p.source})
}

var otherOperator = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+", token.MUL: "/", token.QUO: "*",
}

func (p *planter) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if other, is := otherOperator[n.Op]; is {
			p.plant(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), other)
		}
	case *ast.IfStmt:
		p.never(n.Cond)
	case *ast.CaseClause:
		for _, e := range n.List {
			if _, is := e.(*ast.BinaryExpr); is {
				p.never(e)
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			p.plant(n.OpPos, n.X.Pos(), "")
		}
	case *ast.BasicLit:
		if v, err := strconv.Atoi(n.Value); n.Kind == token.INT && err == nil {
			p.plant(n.Pos(), n.End(), strconv.Itoa(v+1))
		}
	case *ast.Ident:
		p.name1(n)
	case *ast.ExprStmt:
		p.plant(n.Pos(), n.End(), "")
	case *ast.DeferStmt:
		if call := p.text(n.Call.Fun); !strings.HasSuffix(call, "nlock") {
			p.plant(n.Pos(), n.End(), "")
		}
	case *ast.IncDecStmt:
		p.plant(n.Pos(), n.End(), "")
	case *ast.AssignStmt:
		p.assignment(n)
	case *ast.ReturnStmt:
		p.result(n)
	case *ast.CallExpr:
		p.call(n)
	case *ast.BranchStmt:
		if n.Tok == token.CONTINUE && n.Label == nil {
			p.plant(n.Pos(), n.End(), "break")
		}
	}
}

// never makes a condition false.
func (p *planter) never(cond ast.Expr) {
	p.plant(cond.Pos(), cond.End(), "false && ("+p.text(cond)+")")
}

func (p *planter) name1(n *ast.Ident) {
	switch n.Name {
	case "true":
		p.plant(n.Pos(), n.End(), "false")
	case "false":
		p.plant(n.Pos(), n.End(), "true")
	case "min":
		p.plant(n.Pos(), n.End(), "max")
	case "max":
		p.plant(n.Pos(), n.End(), "min")
	}
}

// assignment is made, and what it assigned forgotten.
func (p *planter) assignment(n *ast.AssignStmt) {
	switch n.Tok {
	case token.DEFINE:
	case token.ASSIGN:
		blanks := strings.TrimSuffix(strings.Repeat("_, ", len(n.Lhs)), ", ")
		if left := p.text(n.Lhs[0]); left != "_" && left != "err" {
			p.plant(n.Pos(), n.Rhs[0].Pos(), blanks+" = ")
		}
	default:
		p.plant(n.Pos(), n.End(), "")
	}
}

// result swallows an error.
func (p *planter) result(n *ast.ReturnStmt) {
	if len(n.Results) == 0 {
		return
	}
	if last := n.Results[len(n.Results)-1]; p.text(last) == "err" {
		p.plant(last.Pos(), last.End(), "nil")
	}
}

// call leaves out what a call does to its receiver: zones, cuts, orders.
func (p *planter) call(n *ast.CallExpr) {
	s, is := n.Fun.(*ast.SelectorExpr)
	if !is {
		return
	}
	pairs := map[string]string{"Before": "After", "After": "Before", "HasPrefix": "HasSuffix", "HasSuffix": "HasPrefix", "TrimPrefix": "TrimSuffix", "TrimSuffix": "TrimPrefix"}
	switch other := pairs[s.Sel.Name]; {
	case other != "":
		p.plant(s.Sel.Pos(), s.Sel.End(), other)
	case s.Sel.Name == "UTC" || s.Sel.Name == "In" || s.Sel.Name == "Truncate":
		p.plant(s.X.End(), n.End(), "")
	}
}
