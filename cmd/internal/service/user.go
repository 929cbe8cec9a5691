package service

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// AsUser returns what an operator has to know of an error that says that we may not do something: who we are, in brackets behind a space. It
// returns "" for any other error.
func AsUser(err error) string {
	if !errors.Is(err, fs.ErrPermission) || os.Getuid() < 0 {
		return ""
	}
	return fmt.Sprintf(" (herald runs as user %d)", os.Getuid())
}
