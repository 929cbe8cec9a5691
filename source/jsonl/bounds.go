package jsonl

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// maxRowBytes is the largest row that is read.
const maxRowBytes = 32 << 20

var errTooLong = fmt.Errorf("the row is larger than %d MB", maxRowBytes>>20)

// errUnfinished means that a row goes on to the end of the file.
var errUnfinished = errors.New("the row has no end: the file is cut short or still being written")

// lineKey is the key of a row that has none of its own. No row may claim one like it.
func lineKey(line uint32) string { return fmt.Sprintf("line %d", line) }

// isLineKey reports whether a key is of the form of lineKey.
func isLineKey(key string) bool {
	digits, found := strings.CutPrefix(key, "line ")
	return found && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// plain returns the cause of an error without the path of this machine.
func plain(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
