package scaffold

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
	"gopkg.in/yaml.v3"
)

// maxSettings bounds a generator's config in bytes.
const maxSettings = 1 << 20

// settings is a generator's config: YAML, TOML or JSON by its name.
type settings map[string]any

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
		err = yaml.Unmarshal(data, &m)
	}
	if err != nil {
		s.note(name + " could not be read: " + strings.ReplaceAll(err.Error(), "\n", " "))
		return nil
	}
	return m
}

// text returns the first of the keys that holds a string.
func (m settings) text(keys ...string) string {
	for _, key := range keys {
		if v, ok := m[key].(string); ok && v != "" {
			return v
		}
	}
	return ""
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

// list returns the strings below a key, which may hold one or many.
func (m settings) list(key string) []string {
	if one, ok := m[key].(string); ok {
		return []string{one}
	}
	var all []string
	many, _ := m[key].([]any)
	for _, v := range many {
		if one, ok := v.(string); ok {
			all = append(all, one)
		}
	}
	return all
}
