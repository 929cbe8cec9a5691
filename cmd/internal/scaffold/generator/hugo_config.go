package generator

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// hugoConfig reads a site's config from the one file that it may have and from the folder config, where each file holds the keys
// of its name. The keys come in lower case, for Hugo does not mind it. from is the file that the first came from, "" where
// there is none.
func hugoConfig(dir string, s *site) (m settings, from string) {
	m = settings{}
	for _, name := range []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"} {
		if isFile(dir, name) {
			m, from = lowerKeys(readSettings(dir, name, s)), name
			break
		}
	}
	for _, folder := range []string{"config/_default", "config/production"} {
		entries, _ := os.ReadDir(filepath.Join(dir, filepath.FromSlash(folder))) // none where there is no such folder
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			switch path.Ext(name) {
			case ".toml", ".yaml", ".yml", ".json":
			default:
				continue
			}
			if from == "" {
				from = name
			}
			stem := strings.ToLower(strings.TrimSuffix(e.Name(), path.Ext(name)))
			part := lowerKeys(readSettings(dir, name, s))
			if stem != "hugo" && stem != "config" {
				part = nested(strings.Split(stem, "."), part)
			}
			m.merge(part)
		}
	}
	return m, from
}

// nested returns settings below keys: languages.ko of a file of that name.
func nested(keys []string, m settings) settings {
	for i := len(keys) - 1; i >= 0; i-- {
		m = settings{keys[i]: map[string]any(m)}
	}
	return m
}

// merge takes over settings; where both have a mapping, they become one.
func (m settings) merge(over settings) {
	for key, v := range over {
		mine, theirs := m.part(key), over.part(key)
		if mine == nil || theirs == nil {
			m[key] = v
			continue
		}
		mine.merge(theirs)
		m[key] = map[string]any(mine)
	}
}

// lowerKeys returns settings with all keys in lower case.
func lowerKeys(m settings) settings {
	low, _ := lowered(map[string]any(m)).(map[string]any)
	if low == nil {
		return settings{}
	}
	return low
}

func lowered(v any) any {
	switch v := v.(type) {
	case settings:
		return lowered(map[string]any(v))
	case map[string]any:
		low := make(map[string]any, len(v))
		for key, one := range v {
			low[strings.ToLower(key)] = lowered(one)
		}
		return low
	case []map[string]any:
		all := make([]any, 0, len(v))
		for _, one := range v {
			all = append(all, lowered(one))
		}
		return all
	case []any:
		all := make([]any, 0, len(v))
		for _, one := range v {
			all = append(all, lowered(one))
		}
		return all
	}
	return v
}
