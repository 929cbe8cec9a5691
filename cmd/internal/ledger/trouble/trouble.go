// Package trouble says what an operator can do about an error of the state file.
package trouble

import (
	"errors"
	"fmt"
	"os"
)

// damaged is the remedy where the file cannot be believed any more. Nothing moves it away by itself: it
// may be repaired or a backup be at hand, and what documents show is not all that it held.
const damaged = "move the file away and load a backup (herald state load), or build without one: ids and dates are then recovered from the published documents"

// ErrDamaged says that the state contradicts itself.
var ErrDamaged = errors.New("the state is damaged; " + damaged)

type sqliteError interface {
	error
	Code() int
}

// Explain adds what an operator can do to the errors of SQLite that name no remedy.
func Explain(err error) error {
	coded, is := errors.AsType[sqliteError](err)
	if !is {
		return err
	}
	remedy := ""
	switch coded.Code() & 0xff {
	case 5, 6: // SQLITE_BUSY, SQLITE_LOCKED
		remedy = "another program works with it; nothing is lost: run again when it has ended"
	case 8, 14: // SQLITE_READONLY, SQLITE_CANTOPEN
		remedy = fmt.Sprintf("user id %d must be able to read and write it and its folder", os.Getuid())
	case 10: // SQLITE_IOERR
		remedy = "the disk may be full or failing; nothing is lost: run again when it has room"
	case 11, 26: // SQLITE_CORRUPT, SQLITE_NOTADB
		remedy = damaged
	case 13: // SQLITE_FULL
		remedy = "free disk space and run again: nothing is lost"
	default:
		return err
	}
	return fmt.Errorf("%w; %s", coded, remedy)
}

// Unfit is Explain for the opening of a file: tables that no migration left so are damage as well.
func Unfit(err error) error {
	if coded, is := errors.AsType[sqliteError](err); is && coded.Code() == 1 { // SQLITE_ERROR
		return fmt.Errorf("%w; %w", coded, ErrDamaged)
	}
	return Explain(err)
}
