package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// maxInsert bounds the file that a ${file:…} names, in bytes.
const maxInsert = 64 << 10

var variable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// expander replaces ${NAME} and ${file:/path} in values. What it puts in is not looked at again.
type expander struct {
	env map[string]string
	dir string // relative file names start here

	inserted []string // what references were replaced with, since it was last emptied
}

// expand returns text with its references replaced; $${ stands for ${ itself.
func (e *expander) expand(text string) (string, error) {
	var b strings.Builder
	for {
		i := strings.Index(text, "${")
		if i < 0 {
			b.WriteString(text)
			return b.String(), nil
		}
		if i > 0 && text[i-1] == '$' {
			b.WriteString(text[:i-1] + "${")
			text = text[i+2:]
			continue
		}
		end := strings.IndexByte(text[i:], '}')
		if end < 0 {
			return "", errors.New("${ has no }; write $${ for the characters themselves")
		}
		got, err := e.lookup(text[i+2 : i+end])
		if err != nil {
			return "", err
		}
		e.inserted = append(e.inserted, got)
		b.WriteString(text[:i] + got)
		text = text[i+end+1:]
	}
}

func (e *expander) lookup(name string) (string, error) {
	if path, ok := strings.CutPrefix(name, "file:"); ok {
		return e.file(path)
	}
	if !variable.MatchString(name) {
		return "", fmt.Errorf("${%s} is no reference; write ${NAME} or ${file:/path}, or $${ for the characters themselves", name)
	}
	got, ok := e.env[name]
	if !ok {
		return "", fmt.Errorf("${%s} is not set in the environment", name)
	}
	return got, nil
}

func (e *expander) file(path string) (string, error) {
	if path == "" {
		return "", errors.New("${file:} names no file")
	}
	full := path
	if !filepath.IsAbs(full) {
		full = filepath.Join(e.dir, full)
	}
	raw, err := readInsert(full)
	if err != nil {
		return "", fmt.Errorf("${file:%s}: %w", path, err)
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(raw), "\n"), "\r"), nil
}

// readInsert reads a regular file: a pipe or device could hold the start up for ever.
func readInsert(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, bare(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is no regular file")
	}
	raw, err := readBounded(path, maxInsert)
	if errors.Is(err, errTooLarge) {
		return nil, errors.New("is larger than 64 KiB")
	}
	return raw, bare(err)
}
