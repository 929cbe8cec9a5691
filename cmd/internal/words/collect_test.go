package words

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// printed is a text that the source holds and the program may print: a format, or a part of a sentence.
type printed struct {
	text string
	room string // the folder of the file that holds it
	file string // of the first place
	line string // file:line
}

// collector finds the texts of the source: string constants and what is joined to them.
type collector struct {
	files  *token.FileSet
	silent silent
	root   string
	room   string
	consts map[string]ast.Expr // of one package
	found  map[string]*printed
	all    []*printed
}

// collect returns every text of the program's source, in the order of rooms, files and lines.
func collect(t *testing.T) []*printed {
	t.Helper()
	c := &collector{silent: readSilent(t), files: token.NewFileSet(), root: filepath.Join("..", "..", ".."), found: map[string]*printed{}}
	err := filepath.WalkDir(c.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		room, err := filepath.Rel(c.root, path)
		if err != nil {
			return err
		}
		c.room = filepath.ToSlash(room)
		if c.room != "." && (c.silent.room(c.room) || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		return c.collectRoom(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, met := range c.silent.texts {
		if !met {
			t.Errorf("testdata/silent.txt: %q stands nowhere in the source", text)
		}
	}
	c.room = others
	for _, text := range quoted(t, "testdata/others.txt") {
		c.note(text, token.NoPos)
	}
	return c.all
}

// others names the part of the catalogue that no literal of the source shows to be a text: states that are printed as they are,
// and what libraries and the system say.
const others = "libraries"

// collectRoom takes up the files of one package.
func (c *collector) collectRoom(dir string) error {
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	var files []*ast.File
	c.consts = map[string]ast.Expr{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") || c.silent.file(c.room, filepath.Base(path)) {
			continue
		}
		file, err := parser.ParseFile(c.files, path, nil, 0)
		if err != nil {
			return err
		}
		files = append(files, file)
		ast.Inspect(file, c.noteConst)
	}
	for _, file := range files {
		ast.Walk(visitor{c, ""}, file)
	}
	return nil
}

// noteConst takes up the constants of a package, so that a sentence that ends with one is whole.
func (c *collector) noteConst(n ast.Node) bool {
	decl, is := n.(*ast.GenDecl)
	if !is || decl.Tok != token.CONST {
		return true
	}
	for _, spec := range decl.Specs {
		v := spec.(*ast.ValueSpec)
		for i, name := range v.Names {
			if i < len(v.Values) {
				c.consts[name.Name] = v.Values[i]
			}
		}
	}
	return false
}

// visitor walks the expressions of a file; call is the innermost call around.
type visitor struct {
	*collector
	call string
}

// Visit takes up the whole texts and goes on below everything else.
func (v visitor) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return nil
	case *ast.Field:
		if n.Tag != nil {
			return nil
		}
	case *ast.IndexExpr, *ast.CaseClause:
	case *ast.CallExpr:
		name := called(n.Fun)
		if v.silent.call(name) {
			return nil
		}
		v.takeCounted(name, n)
		return visitor{v.collector, name}
	case *ast.BinaryExpr:
		if n.Op != token.ADD {
			if n.Op == token.EQL || n.Op == token.NEQ {
				return nil
			}
			return v
		}
		if text, is := v.format(n); is {
			v.take(v.call, text, n.Pos())
			for _, operand := range operands(n) {
				if _, literal := operand.(*ast.BasicLit); !literal {
					ast.Walk(v, operand)
				}
			}
			return nil
		}
	case *ast.BasicLit:
		if text, is := v.format(n); is {
			v.take(v.call, text, n.Pos())
		}
	}
	return v
}

// called returns the name of what is called: f, x.f.
func called(f ast.Expr) string {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return called(f.X) + "." + f.Sel.Name
	case *ast.CallExpr:
		return called(f.Fun)
	case *ast.IndexExpr:
		return called(f.X)
	}
	return ""
}

// operands returns what + joins.
func operands(e ast.Expr) []ast.Expr {
	if b, is := e.(*ast.BinaryExpr); is && b.Op == token.ADD {
		return append(operands(b.X), operands(b.Y)...)
	}
	if p, is := e.(*ast.ParenExpr); is {
		return operands(p.X)
	}
	return []ast.Expr{e}
}

// format returns an expression as a format: constants as they are, everything else as %s; false where no constant is in it.
func (c *collector) format(e ast.Expr) (string, bool) {
	var b strings.Builder
	is := false
	for _, one := range operands(e) {
		switch one := one.(type) {
		case *ast.BasicLit:
			if one.Kind == token.STRING {
				text, err := strconv.Unquote(one.Value)
				if err != nil {
					return "", false
				}
				b.WriteString(text)
				is = true
				continue
			}
		case *ast.Ident:
			if value, known := c.consts[one.Name]; known {
				if text, literal := c.format(value); literal {
					b.WriteString(text)
					is = true
					continue
				}
			}
		}
		b.WriteString("%s")
	}
	return b.String(), is
}

// takeCounted takes up what a call counts: Counted(n, "file") says "1 file" and "%d files".
func (v visitor) takeCounted(name string, call *ast.CallExpr) {
	if name == "counted" && v.room == "source/sitemap" && len(call.Args) == 3 { // with the one and the many
		for i, number := range []string{"1 ", "%d "} {
			if noun, is := v.format(call.Args[1+i]); is {
				v.note(number+noun, call.Pos())
			}
		}
	}
	if name != "generator.Counted" && name != "Counted" || len(call.Args) != 2 {
		return
	}
	if noun, is := v.format(call.Args[1]); is {
		v.note("1 "+noun, call.Pos())
		v.note("%d "+noun+"s", call.Pos())
	}
}

// take notes a text where it is one for people.
func (c *collector) take(call, text string, at token.Pos) {
	if _, is := c.silent.texts[text]; is {
		c.silent.texts[text] = true
		return
	}
	if !prose(text) && !(c.room == "cmd/internal/screen" && saidBy(call) && letters.MatchString(text)) {
		return
	}
	if c.silent.errorsOnly(c.room) && call != "fmt.Errorf" && call != "errors.New" {
		return
	}
	c.note(text, at)
}

// saidBy reports whether a call of screen says what it is handed, a single word too.
func saidBy(call string) bool {
	return slices.Contains([]string{"s.row", "s.list", "s.first", "s.say", "s.word", "s.Printf", "counted", "label", "append"}, call) || call == ""
}

func (c *collector) note(text string, at token.Pos) {
	if c.found[text] != nil {
		return
	}
	p := c.files.Position(at)
	one := &printed{text: text, room: c.room, file: c.room + "/" + filepath.Base(p.Filename), line: fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)}
	if at == token.NoPos {
		one.file = "words/testdata/others.txt"
	}
	c.found[text] = one
	c.all = append(c.all, one)
}

var (
	letters = regexp.MustCompile(`^[ ,:;(]*[A-Za-z]{2}|%d [a-z]`)
	word    = regexp.MustCompile(`\pL{2,}:? |[ ;:,(]\pL{2,}`)
	code    = regexp.MustCompile(`(?i)^\s*(select|insert into|insert or|update \w+ set|update %s set|delete from|create (table|index|unique)|with \w+( \(.*\))? as|with recursive|pragma|alter|drop (table|index)|vacuum|order by|left join|begin isolation|set session|on conflict|returning) ?|\$\d|^\s*<[!?]|^\s*<.*(</|/>)|^\S+$`)
)

// prose reports whether a text is for people: it has words and is no SQL, no markup, no path.
func prose(text string) bool { return word.MatchString(text) && !code.MatchString(text) }
