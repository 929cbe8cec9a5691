package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// field is one key of front matter. A value is a bool, a string, raw, a []string or a []field.
type field struct {
	key   string
	value any
}

// raw stands as it is, whatever the language of the front matter.
type raw string

// matter writes front matter in one of the languages that articles use, fences included.
func matter(language string, fields []field) string {
	switch language {
	case "toml":
		return "+++\n" + toml(fields) + "+++\n"
	case "---toml":
		return "---toml\n" + toml(fields) + "---\n"
	case "json":
		return jsonValue(fields, "\n  ") + "\n"
	case "---json":
		return "---json\n" + jsonValue(fields, "\n") + "\n---\n"
	case "flow": // YAML as few people write it
		var b strings.Builder
		for _, f := range fields {
			fmt.Fprintf(&b, "%s: %s\n", f.key, jsonValue(f.value, " "))
		}
		return "---\n" + b.String() + "---\n"
	case "":
		return ""
	}
	return "---\n" + yaml(fields, "") + "---\n"
}

func quote(s string) string {
	text, _ := json.Marshal(s) // a string is always written
	return string(text)
}

// jsonValue writes a value as JSON, with what stands before each member of a mapping.
func jsonValue(value any, between string) string {
	switch v := value.(type) {
	case string:
		return quote(v)
	case []string:
		all := make([]string, len(v))
		for i, s := range v {
			all[i] = quote(s)
		}
		return "[" + strings.Join(all, ", ") + "]"
	case []field:
		all := make([]string, len(v))
		for i, f := range v {
			all[i] = between + quote(f.key) + ": " + jsonValue(f.value, " ")
		}
		return "{" + strings.Join(all, ",") + strings.TrimRight(between, " ") + "}"
	}
	return fmt.Sprint(value)
}

func toml(fields []field) string {
	var b strings.Builder
	for _, f := range fields {
		text := jsonValue(f.value, " ")
		if m, ok := f.value.([]field); ok {
			all := make([]string, len(m))
			for i, inner := range m {
				all[i] = quote(inner.key) + " = " + jsonValue(inner.value, " ")
			}
			text = "{" + strings.Join(all, ", ") + "}"
		}
		fmt.Fprintf(&b, "%s = %s\n", f.key, text)
	}
	return b.String()
}

// yaml writes YAML as people do: plain and folded texts, block lists.
func yaml(fields []field, indent string) string {
	var b strings.Builder
	for i, f := range fields {
		switch v := f.value.(type) {
		case string:
			switch {
			case len(v) > 60 && !strings.HasPrefix(v, " ") && !strings.Contains(v, "\n"):
				fmt.Fprintf(&b, "%s%s: >\n%s  %s\n", indent, f.key, indent, strings.ReplaceAll(v, ". ", ".\n  "+indent))
			case i%3 == 0:
				fmt.Fprintf(&b, "%s%s: '%s'\n", indent, f.key, strings.ReplaceAll(v, "'", "''"))
			default:
				fmt.Fprintf(&b, "%s%s: %s\n", indent, f.key, v)
			}
		case []string:
			fmt.Fprintf(&b, "%s%s:\n", indent, f.key)
			for _, s := range v {
				fmt.Fprintf(&b, "%s  - %s\n", indent, quote(s))
			}
		case []field:
			fmt.Fprintf(&b, "%s%s:\n%s", indent, f.key, yaml(v, indent+"  "))
		default:
			fmt.Fprintf(&b, "%s%s: %v\n", indent, f.key, v)
		}
	}
	return b.String()
}
