// Package xmlscan reads an XML document as strictly as the parsers of feed readers and crawlers do, one token at a time,
// and tells of each where it stands. It decodes the declared encoding, resolves namespaces, and reports what is not
// well-formed; the first fault of that kind ends the document.
//
// It expands no entity that refers to another, and reads nothing from outside, so that a hostile document costs no more
// than its length. It touches no disk, clock or network.
package xmlscan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"herald/source/finding"
)

// Kind says what a token is.
type Kind int

// The kinds of tokens. Done is the end of the document, or of what can be read of it.
const (
	Done Kind = iota
	Start
	Text
	End
)

// XMLSpace is the namespace of the prefix xml.
const XMLSpace = "http://www.w3.org/XML/1998/namespace"

// maxDepth is how deep elements may nest; libxml2 has 256.
const maxDepth = 256

// Attr is an attribute. Declarations of namespaces are none.
type Attr struct {
	Space, Prefix, Name string // Space is the namespace's URI; "" without a prefix
	Value               string
}

// Binding is a namespace as it is declared. Prefix "" is the default one.
type Binding struct{ Prefix, URI string }

// Scanner reads one document. Its fields describe the token that Next returned.
type Scanner struct {
	Space, Prefix, Name string    // of a Start or an End
	Attrs               []Attr    // of a Start
	Declared            []Binding // the namespaces that a Start declares
	Data                []byte    // of Text, until the next call; a text may come in pieces
	Line                int       // where the token begins
	Offset              int       // in bytes of Doc
	Doc                 []byte    // the document in UTF-8
	Encoding            string    // the one that it declares, in lower case; "" for none

	decoder *xml.Decoder
	found   *finding.List
	open    []element
	lines   []int // where the lines begin in which tokens begin
	bound   []Binding
	rooted  bool
	old     bool // the DOCTYPE is one of RSS 0.91
	done    bool
}

// element is an open element.
type element struct {
	prefix, name string
	bound        int // the namespaces that are bound around it
}

// Rules are the codes that a Scanner reports.
func Rules() map[string]finding.Rule {
	return map[string]finding.Rule{
		"SAXError":             {Severity: finding.Error, Advice: "no reader can parse the document: write it with an XML encoder"},
		"UnicodeError":         {Severity: finding.Error, Advice: "save the document as UTF-8, and say so in its declaration"},
		"UnknownEncoding":      {Severity: finding.Error, Advice: "save the document as UTF-8, and say so in its declaration"},
		"ObscureEncoding":      {Severity: finding.Warning, Advice: "many readers know UTF-8 only"},
		"BadXmlVersion":        {Severity: finding.Error, Advice: `readers know XML 1.0 only: write version="1.0"`},
		"ContainsSystemEntity": {Severity: finding.Warning, Advice: "readers fetch nothing from outside: write the text itself"},
		"DeprecatedDTD":        {Severity: finding.Error, Advice: "Netscape's DTD is gone: leave the DOCTYPE out"},
	}
}

// New makes a scanner of a document; faults go to found, which knows Rules.
func New(doc []byte, found *finding.List) *Scanner {
	s := &Scanner{found: found}
	s.Doc, s.Encoding = decoded(doc, found)
	s.decoder = xml.NewDecoder(bytes.NewReader(s.Doc))
	s.decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	s.bound = []Binding{{"xml", XMLSpace}}
	return s
}

// Depth returns how many elements are open.
func (s *Scanner) Depth() int { return len(s.open) }

// maxColumn is how far into a line characters are counted; a longer line is one that no editor shows, and its columns are
// counted in bytes, so that many findings in it cost little.
const maxColumn = 4096

// Column returns the column of the place where a token began.
func (s *Scanner) Column(at int) int {
	at = min(at, len(s.Doc))
	i, found := slices.BinarySearch(s.lines, at)
	start := 0
	switch {
	case found:
		return 1
	case i > 0:
		start = s.lines[i-1]
	}
	if at-start > maxColumn {
		return at - start + 1
	}
	before := s.Doc[start:at]
	return utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// End returns the offset behind the token.
func (s *Scanner) End() int { return int(s.decoder.InputOffset()) }

// Next reads the next token. After Done it returns Done.
func (s *Scanner) Next() Kind {
	for !s.done {
		s.Offset = int(s.decoder.InputOffset())
		s.mark()
		token, err := s.decoder.RawToken()
		if err != nil {
			s.finish(err)
			break
		}
		kind, err := s.token(token)
		if err != nil {
			s.broken(err.Error())
			break
		}
		if kind != Done {
			return kind
		}
	}
	return Done
}

// mark notes where the next token begins, and the line that it is on.
func (s *Scanner) mark() {
	line, column := s.decoder.InputPos()
	s.Line = line
	if start := s.Offset - column + 1; len(s.lines) == 0 || start > s.lines[len(s.lines)-1] {
		s.lines = append(s.lines, start)
	}
}

// token takes up one token; Done if it is none for the caller.
func (s *Scanner) token(token xml.Token) (Kind, error) {
	switch t := token.(type) {
	case xml.StartElement:
		return Start, s.start(t)
	case xml.EndElement:
		return End, s.end(t)
	case xml.CharData:
		if len(s.open) > 0 {
			s.Data = t
			return Text, nil
		}
		if len(bytes.TrimSpace(t)) > 0 {
			return Done, errors.New("text outside the root element")
		}
	case xml.ProcInst:
		if t.Target == "xml" && s.Offset != 0 {
			return Done, errors.New("something stands before <?xml: its first byte must be the document's first byte")
		}
	case xml.Directive:
		s.directive(string(t))
	}
	return Done, nil
}

func (s *Scanner) start(t xml.StartElement) error {
	if len(s.open) == 0 && s.rooted {
		return fmt.Errorf("a second root element <%s>", t.Name.Local)
	}
	if len(s.open) >= maxDepth {
		return fmt.Errorf("elements nest deeper than %d", maxDepth)
	}
	s.rooted = true
	s.open = append(s.open, element{t.Name.Space, t.Name.Local, len(s.bound)})
	s.Declared = s.Declared[:0]
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns":
			s.declare(a.Name.Local, a.Value)
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			s.declare("", a.Value)
		}
	}
	s.Prefix, s.Name = t.Name.Space, t.Name.Local
	var err error
	if s.Space, err = s.space(t.Name.Space, t.Name.Local); err != nil {
		return err
	}
	return s.attributes(t.Attr)
}

func (s *Scanner) declare(prefix, uri string) {
	if len(strings.Fields(uri)) > 1 {
		s.report("SAXError", "the namespace "+finding.Quote(uri)+" is not one URI")
	}
	s.bound = append(s.bound, Binding{prefix, uri})
	s.Declared = append(s.Declared, Binding{prefix, uri})
}

// space returns the namespace of a prefix.
func (s *Scanner) space(prefix, name string) (string, error) {
	for _, b := range slices.Backward(s.bound) {
		if b.Prefix == prefix {
			return b.URI, nil
		}
	}
	if prefix != "" {
		return "", fmt.Errorf("the prefix of %s:%s is not declared: add xmlns:%s", prefix, name, prefix)
	}
	return "", nil
}

func (s *Scanner) attributes(all []xml.Attr) (err error) {
	s.Attrs = s.Attrs[:0:0]
	for _, a := range all {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		own := Attr{Prefix: a.Name.Space, Name: a.Name.Local, Value: a.Value}
		if own.Prefix != "" {
			if own.Space, err = s.space(own.Prefix, own.Name); err != nil {
				return err
			}
		}
		for _, b := range s.Attrs {
			if b.Name == own.Name && b.Space == own.Space {
				return fmt.Errorf("the attribute %s appears twice in one tag", own.Name)
			}
		}
		s.Attrs = append(s.Attrs, own)
	}
	return nil
}

func (s *Scanner) end(t xml.EndElement) error {
	if len(s.open) == 0 {
		return fmt.Errorf("</%s> closes nothing", t.Name.Local)
	}
	last := s.open[len(s.open)-1]
	if last.prefix != t.Name.Space || last.name != t.Name.Local {
		return fmt.Errorf("</%s> stands where <%s> is open", t.Name.Local, last.name)
	}
	s.Prefix, s.Name = t.Name.Space, t.Name.Local
	s.Space, _ = s.space(t.Name.Space, t.Name.Local)
	s.bound = s.bound[:last.bound]
	s.open = s.open[:len(s.open)-1]
	return nil
}

// finish ends the document where the decoder can read no more.
func (s *Scanner) finish(err error) {
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF && !s.rooted:
		s.broken("there is no element in it")
	case err == io.EOF && len(s.open) > 0:
		s.broken(fmt.Sprintf("the document ends within <%s>", s.open[len(s.open)-1].name))
	case err == io.EOF:
		s.done = true
	case errors.As(err, &syntax):
		s.Line, s.Offset = syntax.Line, min(int(s.decoder.InputOffset()), len(s.Doc))
		s.broken(syntax.Msg)
	default:
		s.broken(err.Error())
	}
}

func (s *Scanner) broken(what string) {
	s.report("SAXError", what)
	s.done = true
}

func (s *Scanner) report(code, what string) { s.found.Add(s.Line, s.Column(s.Offset), code, what) }
