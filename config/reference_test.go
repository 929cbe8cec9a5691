package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// This file is inside the package: it holds the documents against the table of keys, which is
// nobody else's business.

func updating() bool { return flag.Lookup("update").Value.String() == "true" }

func TestSchemaFile(t *testing.T) {
	const file = "herald.schema.json"
	if updating() {
		if err := os.WriteFile(file, schemaFile(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, schemaFile()) {
		t.Error("differs from the table of keys; go test ./config -update")
	}
	if !json.Valid(got) {
		t.Error("is no JSON")
	}
}

const begin, end = "<!-- keys: begin -->\n", "<!-- keys: end -->\n"

func TestReadme(t *testing.T) {
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(raw), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("the marks of the table are gone")
	}
	want := head + begin + reference() + end + tail
	if updating() {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(raw) {
		t.Error("differs from the table of keys; go test ./config -update")
	}
}

func reference() string {
	var b strings.Builder
	b.WriteString("| key | default | in this version | what it is |\n|---|---|---|---|\n")
	rows(&b, root(), "", true)
	return b.String()
}

func rows(b *strings.Builder, k *key, path string, built bool) {
	for i := range k.keys {
		c := &k.keys[i]
		p := join(path, c.name)
		if c.list && c.keys != nil {
			p += "[]"
		}
		there := "yes"
		switch {
		case !built || c.notYet && instead(c) == "":
			there = "no"
		case c.notYet:
			there = "only `" + c.def + "`"
		}
		def := c.def
		if def != "" && !inWords(def) {
			def = "`" + def + "`"
		}
		doc := c.doc
		if len(c.values) > 1 {
			doc += ": `" + strings.Join(c.values, "`, `") + "`"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", p, strings.Trim(def, "()"), there, doc)
		if there != "no" && c.name != "fields" { // its keys are the names of the table of articles
			rows(b, c, p, true)
		}
	}
}

// What Load takes, the schema takes: editors must not mark a good config.
func TestSchemaTakesGood(t *testing.T) {
	var s schema
	if err := json.Unmarshal(schemaFile(), &s); err != nil {
		t.Fatal(err)
	}
	for file, good := range map[string]bool{
		"testdata/smallest.good.yml": true, "testdata/all.good.yml": true, "example/herald.yaml": true,
		"testdata/unknown_nested.bad.yml": false, "testdata/preset.bad.yml": false, "testdata/sources_empty.bad.yml": false,
		"testdata/title_missing.bad.yml": false, "testdata/dates_unknown.bad.yml": false, "testdata/sitemap_gzip.bad.yml": false,
	} {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := yaml.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		if got := fits(s, v); got != good {
			t.Errorf("%s fits: %v, want %v", file, got, good)
		}
	}
}

// fits knows as much of JSON Schema as schemaFile writes, but patterns.
func fits(s schema, v any) bool {
	if any, ok := s["anyOf"].([]any); ok {
		for _, one := range any {
			if fits(one.(schema), v) {
				return true
			}
		}
		return false
	}
	if c, ok := s["const"]; ok {
		return fmt.Sprint(c) == fmt.Sprint(v)
	}
	if values, ok := s["enum"].([]any); ok {
		for _, c := range values {
			if c == v {
				return true
			}
		}
		return false
	}
	switch v := v.(type) {
	case map[string]any:
		return s["type"] == "object" && fitsObject(s, v)
	case []any:
		least, _ := s["minItems"].(float64)
		for _, item := range v {
			if s["type"] != "array" || !fits(s["items"].(schema), item) {
				return false
			}
		}
		return s["type"] == "array" && len(v) >= int(least)
	}
	types := fmt.Sprint(s["type"])
	switch v := v.(type) {
	case string:
		if p, ok := s["pattern"]; ok && p == `\$\{` {
			return strings.Contains(v, "${")
		}
		return strings.Contains(types, "string")
	case bool:
		return strings.Contains(types, "boolean")
	case int, float64:
		return strings.Contains(types, "integer") || strings.Contains(types, "number")
	}
	return v == nil && types == "null"
}

func fitsObject(s schema, v map[string]any) bool {
	required, _ := s["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			return false
		}
	}
	properties, _ := s["properties"].(schema)
	for name, child := range v {
		p, known := properties[name].(schema)
		if !known {
			p, known = s["additionalProperties"].(schema)
		}
		if !known || !fits(p, child) {
			return false
		}
	}
	return true
}

// Each variable sets one key: two paths may not give one name.
func TestEnvironmentNames(t *testing.T) {
	seen := map[string]string{}
	for _, p := range scalars(root(), "") {
		if seen[envName(p)] != "" {
			t.Errorf("%s is both %s and %s", envName(p), p, seen[envName(p)])
		}
		seen[envName(p)] = p
	}
}

// Every default can be read as its own kind, and every key of this version says what it is.
func TestTable(t *testing.T) {
	var walk func(k *key, path string)
	walk = func(k *key, path string) {
		for i := range k.keys {
			c := &k.keys[i]
			if err := c.check(c.def); err != nil && c.def != "" && !inWords(c.def) {
				t.Errorf("%s: default %q %v", join(path, c.name), c.def, err)
			}
			if c.doc == "" && !k.notYet {
				t.Errorf("%s: says nothing", join(path, c.name))
			}
			walk(c, join(path, c.name))
		}
	}
	walk(root(), "")
}
