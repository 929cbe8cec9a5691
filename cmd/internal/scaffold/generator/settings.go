package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"

	"herald/cmd/internal/scaffold/looseyaml"
)

// maxSettings bounds a generator's config in bytes.
const maxSettings = 1 << 20

// settings is a generator's config: YAML, TOML or JSON by its name.
type settings map[string]any

// readSettings reads a config as forgivingly as generators do. What cannot be read is noted, and what can be is returned.
func readSettings(dir, name string, s *site) settings {
	path := filepath.Join(dir, name)
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxSettings {
		s.note(name + " is too large to be read")
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		s.note(err.Error())
		return nil
	}
	var m settings
	if strings.HasSuffix(name, ".toml") {
		err = toml.Unmarshal(data, &m)
	} else { // JSON is YAML too
		m, err = looseyaml.Read(string(data))
	}
	if err != nil {
		s.note(name + " could not be read: " + strings.ReplaceAll(err.Error(), "\n", " "))
	}
	return m
}

// text returns the first of the keys that holds a text or a number.
func (m settings) text(keys ...string) string {
	for _, key := range keys {
		switch v := m[key].(type) {
		case string:
			if v != "" {
				return v
			}
		case int, int64, float64:
			return fmt.Sprint(v)
		}
	}
	return ""
}

// flag returns the yes or no below a key; set is false where there is none.
func (m settings) flag(key string) (yes, set bool) {
	yes, set = m[key].(bool)
	return yes, set
}

// part returns the mapping below a key; nil is none.
func (m settings) part(key string) settings {
	switch v := m[key].(type) {
	case map[string]any:
		return v
	case settings:
		return v
	}
	return nil
}

// parts returns the mappings in the list below a key.
func (m settings) parts(key string) []settings {
	var all []settings
	switch many := m[key].(type) {
	case []any:
		for _, v := range many {
			if one, ok := v.(map[string]any); ok {
				all = append(all, one)
			}
		}
	case []map[string]any: // TOML
		for _, one := range many {
			all = append(all, one)
		}
	}
	return all
}

// list returns the texts below a key, which may hold one or many.
func (m settings) list(key string) []string {
	if one, ok := m[key].(string); ok {
		return []string{one}
	}
	var all []string
	many, _ := m[key].([]any)
	for _, v := range many {
		if one := (settings{key: v}).text(key); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// dropsSlash reports whether the host's config in a folder takes the slash off the end of URLs, and which file says so.
func dropsSlash(dir string) (name string, drops bool) {
	for _, name := range []string{"firebase.json", "vercel.json"} {
		m := readSettings(dir, name, &site{})
		for _, place := range []settings{m, m.part("hosting")} {
			if yes, set := place.flag("trailingSlash"); set && !yes {
				return name, true
			}
		}
	}
	return "", false
}

// readLines returns the lines of a small file; none where it cannot be read.
func readLines(path string) []string {
	if info, err := os.Stat(path); err != nil || info.Size() > maxSettings {
		return nil
	}
	data, _ := os.ReadFile(path)
	return strings.Split(strings.ToValidUTF8(string(data), ""), "\n")
}
