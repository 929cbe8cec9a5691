package scaffold

import (
	"fmt"
	"strings"
)

// NoFolder returns why a folder cannot be looked at. Only those of this machine can: of an object store the config is written by hand.
func NoFolder(dir string, err error) error {
	if !strings.Contains(dir, "://") {
		return err
	}
	return fmt.Errorf("%s is not a folder on this machine, and init looks at one: write herald.yaml by hand, with - path: %q below sources; herald check says what it reads there", dir, dir)
}
