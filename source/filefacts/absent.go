package filefacts

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"herald/source/near"
)

// Written is a path as an operator wrote it.
type Written struct {
	Key  string // where: "sources[0].path"
	Path string // "./posts"
}

// Absent turns the error of a path that is not there into one that says so, with the name beside it that was most likely
// meant. Any other error is returned as it is, and so is any where nobody wrote a path. abs is the path whole.
func (w Written) Absent(err error, abs string) error {
	if w.Path == "" || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, there := os.Lstat(abs); there == nil {
		return fmt.Errorf("%s: %s is a link, and what it leads to does not exist", w.Key, w.Path)
	}
	var names []string
	all, _ := os.ReadDir(filepath.Dir(abs))
	for _, one := range all {
		if !strings.HasPrefix(one.Name(), ".") {
			names = append(names, one.Name())
		}
	}
	name := filepath.Base(abs)
	meant := near.Name(name, names)
	if meant == "" {
		return fmt.Errorf("%s: %s does not exist", w.Key, w.Path)
	}
	if before, found := strings.CutSuffix(strings.TrimRight(w.Path, "/"), name); found {
		meant = before + meant
	}
	return fmt.Errorf("%s: %s does not exist; is %s meant?", w.Key, w.Path, meant)
}
