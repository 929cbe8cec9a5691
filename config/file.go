package config

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

// maxFile bounds a config in bytes.
const maxFile = 1 << 20

var errTooLarge = errors.New("is too large")

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

func unreadable(path string, err error) *Error {
	message := "read: " + bare(err).Error()
	switch {
	case errors.Is(err, errTooLarge):
		message = "is larger than 1 MiB; that is no config"
	case errors.Is(err, fs.ErrNotExist):
		message += "; `herald init` writes one"
	}
	return &Error{File: path, Message: message, Err: err}
}

// parse returns the file's only document. It must be a mapping.
func parse(file string, raw []byte) (*yaml.Node, *Error) {
	if line, column, bad := excerpt.NoText(raw); bad {
		return nil, &Error{File: file, Line: line, Column: column, Message: "is not UTF-8 text; save the file as UTF-8 (not EUC-KR, CP949 or UTF-16)"}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	var doc, second yaml.Node
	err := decode(decoder, &doc)
	if errors.Is(err, io.EOF) || err == nil && isNull(doc.Content[0]) {
		return nil, &Error{File: file, Line: 1, Column: 1, Message: "is empty; site.url, site.title and one of sources are needed, `herald init` writes them"}
	}
	if err != nil {
		return nil, syntax(file, raw, err)
	}
	node := doc.Content[0]
	if node.Kind != yaml.MappingNode {
		return nil, &Error{File: file, Line: node.Line, Column: node.Column, Message: "must be a mapping of keys (site, sources, …), not " + describe(node)}
	}
	switch err := decode(decoder, &second); {
	case err == nil:
		return nil, &Error{File: file, Line: second.Line, Column: second.Column, Message: "holds a second document (---); one is wanted"}
	case !errors.Is(err, io.EOF):
		return nil, syntax(file, raw, err)
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
func syntax(file string, raw []byte, err error) *Error {
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
		return &Error{File: file, Line: hint.Line, Column: hint.Column, Message: "YAML: " + hint.Remedy + " (" + message + ")", Err: err}
	}
	lines := strings.Split(string(raw), "\n")
	line = min(max(line, 1), len(lines))
	here := lines[line-1]
	column := len(here) - len(strings.TrimLeft(here, " ")) + 1
	return &Error{File: file, Line: line, Column: column, Message: "YAML: " + message, Err: err}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// describe names what a node is, for messages.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a single value"
}
