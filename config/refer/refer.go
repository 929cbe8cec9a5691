// Package refer replaces references in values: ${NAME} by the environment's NAME, ${file:/path} by a file's text.
package refer

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// maxInsert bounds the file that a ${file:…} names, in bytes.
const maxInsert = 64 << 10

var variable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// Expander replaces references in values. What it puts in is not looked at again. It is safe for concurrent use.
type Expander struct {
	Env map[string]string // the environment
	Dir string            // relative file names start here
}

// Expand returns text with its references replaced, and what each was replaced with; $${ stands for ${ itself.
func (e Expander) Expand(text string) (expanded string, inserted []string, err error) {
	var b strings.Builder
	for {
		i := strings.Index(text, "${")
		if i < 0 {
			b.WriteString(text)
			return b.String(), inserted, nil
		}
		if i > 0 && text[i-1] == '$' {
			b.WriteString(text[:i-1] + "${")
			text = text[i+2:]
			continue
		}
		end := strings.IndexByte(text[i:], '}')
		if end < 0 {
			return "", inserted, errors.New("${ has no }; write $${ for the characters themselves")
		}
		got, err := e.lookup(text[i+2 : i+end])
		if err != nil {
			return "", inserted, err
		}
		inserted = append(inserted, got)
		b.WriteString(text[:i] + got)
		text = text[i+end+1:]
	}
}

func (e Expander) lookup(name string) (string, error) {
	if path, ok := strings.CutPrefix(name, "file:"); ok {
		return e.file(path)
	}
	if !variable.MatchString(name) {
		return "", fmt.Errorf("${%s} is not a reference; write ${NAME} or ${file:/path}, or $${ for the characters themselves", name)
	}
	got, ok := e.Env[name]
	if !ok {
		return "", fmt.Errorf("${%s} is not set in the environment", name)
	}
	return got, nil
}

func (e Expander) file(path string) (string, error) {
	if path == "" {
		return "", errors.New("${file:} names no file")
	}
	full := path
	if !filepath.IsAbs(full) {
		full = filepath.Join(e.Dir, full)
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
		return nil, errors.New("is not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, bare(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxInsert+1))
	if len(raw) > maxInsert {
		return nil, errors.New("is larger than 64 KiB")
	}
	return raw, bare(err)
}

// bare takes the path off an error that is about to name it again.
func bare(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
