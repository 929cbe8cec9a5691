// Package yamlfile reads a file that holds one YAML mapping, and says of another what is wrong with it and where.
package yamlfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"herald/config/excerpt"
	"herald/source/yamlhint"
)

// maxFile bounds a file in bytes.
const maxFile = 1 << 20

var errTooLarge = errors.New("is too large")

// Fault is why a file is no such mapping. Line and Column count from 1; Line 0 means the file as a whole.
type Fault struct {
	Line, Column int
	Message      string
	Err          error // the cause, if any; its text is part of Message
}

// Read returns a file's bytes, and its only document, which is a mapping. Where it has none the bytes are those that were read.
func Read(path string) ([]byte, *yaml.Node, *Fault) {
	raw, err := readBounded(path, maxFile)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	node, fault := parse(raw)
	return raw, node, fault
}

// readBounded returns a file's bytes; errTooLarge where there are more than limit.
func readBounded(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(raw)) > limit {
		err = errTooLarge
	}
	return raw, err
}

// bare takes the path off an error that is about to name it again.
func bare(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func unreadable(err error) *Fault {
	message := "read: " + bare(err).Error()
	switch {
	case errors.Is(err, errTooLarge):
		message = "is larger than 1 MiB; that is no config"
	case errors.Is(err, fs.ErrNotExist):
		message += "; `herald init` writes one"
	}
	return &Fault{Message: message, Err: err}
}

// parse returns the file's only document. It must be a mapping.
func parse(raw []byte) (*yaml.Node, *Fault) {
	if line, column, bad := excerpt.NoText(raw); bad {
		return nil, &Fault{Line: line, Column: column, Message: "is not UTF-8 text; save the file as UTF-8 (not EUC-KR, CP949 or UTF-16)"}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	var doc, second yaml.Node
	err := decode(decoder, &doc)
	if errors.Is(err, io.EOF) || err == nil && IsNull(doc.Content[0]) {
		return nil, &Fault{Line: 1, Column: 1, Message: "is empty; site.url, site.title and one of sources are needed, `herald init` writes them"}
	}
	if err != nil {
		return nil, syntax(raw, err)
	}
	node := doc.Content[0]
	if node.Kind != yaml.MappingNode {
		return nil, &Fault{Line: node.Line, Column: node.Column, Message: "must be a mapping of keys (site, sources, …), not " + Describe(node)}
	}
	switch err := decode(decoder, &second); {
	case err == nil:
		return nil, &Fault{Line: second.Line, Column: second.Column, Message: "holds a second document (---); one is wanted"}
	case !errors.Is(err, io.EOF):
		return nil, syntax(raw, err)
	}
	return node, nil
}

// decode is one document, with a panic of the parser turned into an error.
func decode(d *yaml.Decoder, node *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	err = d.Decode(node)
	if err == nil && len(node.Content) == 0 {
		return io.EOF
	}
	return err
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntax returns the YAML parser's error with its position: it knows the line, we look up the column.
func syntax(raw []byte, err error) *Fault {
	message := err.Error()
	found := yamlLine.FindStringSubmatch(message)
	line := 1
	if found != nil {
		message = message[len(found[0]):]
		if n, err := strconv.Atoi(found[1]); err == nil {
			line = n
		}
	}
	if hint, found := yamlhint.Find(string(raw)); found {
		return &Fault{Line: hint.Line, Column: hint.Column, Message: "YAML: " + hint.Remedy + " (" + message + ")", Err: err}
	}
	lines := strings.Split(string(raw), "\n")
	line = min(max(line, 1), len(lines))
	here := lines[line-1]
	column := len(here) - len(strings.TrimLeft(here, " ")) + 1
	return &Fault{Line: line, Column: column, Message: "YAML: " + message, Err: err}
}

// IsNull reports whether a node is null: no value.
func IsNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// Describe names what a node is, for messages.
func Describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a single value"
}
