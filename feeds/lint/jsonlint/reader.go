package jsonlint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"herald/source/finding"
)

// maxJSONDepth is how deep values may nest; JSON Feed itself needs five.
const maxJSONDepth = 100

// jsonReader walks a JSON document along the tables of JSON Feed.
type jsonReader struct {
	doc    []byte
	dec    *json.Decoder
	found  *finding.List
	now    time.Time
	url    string          // where the document lies
	seen   map[string]bool // kind and value of what must be unique
	stamps map[string]int  // how often each date of publication stands
	line   int             // of lineAt
	lineAt int
	depth  int
}

// field is one key of an object: what its value must be.
type field struct {
	kind     string // string, number, boolean, array, object; "" for anything
	required bool
	check    func(j *jsonReader, at int, key, s string) // of a string
	of       *field                                     // of an array: its values
	keys     map[string]*field                          // of an object
	close    func(j *jsonReader, at int, o object)      // asked at the object's end
}

// object is what was read of an object: its strings, and "" for its other values.
type object map[string]string

func (o object) has(key string) bool { _, ok := o[key]; return ok }

// begin is where the next value begins.
func (j *jsonReader) begin() int {
	at := int(j.dec.InputOffset())
	for at < len(j.doc) && bytes.IndexByte([]byte(" \t\r\n,:"), j.doc[at]) >= 0 {
		at++
	}
	return at
}

// report adds a finding at an offset. Lines are counted on from the last one.
func (j *jsonReader) report(at int, code, what string) {
	at = max(0, min(at, len(j.doc)))
	if at < j.lineAt {
		j.line, j.lineAt = 1, 0
	}
	j.line += bytes.Count(j.doc[j.lineAt:at], []byte("\n"))
	j.lineAt = at
	start := bytes.LastIndexByte(j.doc[:at], '\n') + 1
	j.found.Add(j.line, utf8.RuneCount(j.doc[start:at])+1, code, what)
}

// value reads one value.
func (j *jsonReader) value(f *field, key string) error {
	at := j.begin()
	token, err := j.dec.Token()
	if err != nil {
		return err
	}
	kind, text := kindOf(token)
	if f.kind != "" && kind != f.kind {
		j.report(at, "InvalidJSONType", fmt.Sprintf("%s is %s, not %s", key, kind, f.kind))
		f = &field{}
	}
	if j.depth++; j.depth > maxJSONDepth {
		return fmt.Errorf("values nest deeper than %d", maxJSONDepth)
	}
	defer func() { j.depth-- }()
	switch {
	case kind == "object":
		return j.object(f, at, key)
	case kind == "array":
		return j.array(f, key)
	case f.check != nil && f.kind == "string":
		f.check(j, at, key, text)
	}
	return nil
}

// kindOf names a token, and returns the text of a string.
func kindOf(token json.Token) (kind, text string) {
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return "object", ""
		}
		return "array", ""
	case string:
		return "string", t
	case json.Number:
		return "number", t.String()
	case bool:
		return "boolean", ""
	}
	return "null", ""
}

func (j *jsonReader) array(f *field, key string) error {
	of := f.of
	if of == nil {
		of = &field{}
	}
	for j.dec.More() {
		if err := j.value(of, key); err != nil {
			return err
		}
	}
	_, err := j.dec.Token()
	return err
}

func (j *jsonReader) object(f *field, at int, key string) error {
	o := object{}
	for j.dec.More() {
		if err := j.member(f, o); err != nil {
			return err
		}
	}
	if _, err := j.dec.Token(); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(f.keys)) {
		if f.keys[name].required && !o.has(name) {
			j.report(at, "MissingElement", key+" has no "+name)
		}
	}
	if f.close != nil {
		f.close(j, at, o)
	}
	return nil
}

// member reads a key and its value.
func (j *jsonReader) member(f *field, o object) error {
	at := j.begin()
	token, err := j.dec.Token()
	if err != nil {
		return err
	}
	name, _ := token.(string)
	if o.has(name) {
		j.report(at, "DuplicateKey", "the key "+finding.Quote(name)+" appears twice")
	}
	of := f.keys[name]
	switch {
	case of != nil:
	case f.keys != nil && !strings.HasPrefix(name, "_"):
		j.report(at, "UnknownKey", "the key "+finding.Quote(name))
		of = &field{}
	default:
		of = &field{}
	}
	start := j.begin()
	if err := j.value(of, name); err != nil {
		return err
	}
	o[name] = ""
	if of.kind == "string" && start < len(j.doc) && j.doc[start] == '"' && len(name) < 20 {
		var s string
		if json.Unmarshal(j.doc[start:j.dec.InputOffset()], &s) == nil {
			o[name] = s[:min(len(s), 2000)]
		}
	}
	return nil
}
