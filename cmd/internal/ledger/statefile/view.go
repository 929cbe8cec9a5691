package statefile

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// View is how a state is read without a trace: nothing is written beside it, and it waits for nobody.
type View struct {
	Path string // of the file to open: the state, or a private copy
	Copy bool   // it is a copy, which may be written
	// Parameters are those of the address by which SQLite opens it.
	Parameters []string

	temp  *tempFolder // of a copy
	still stillness   // of a state that is read in its place and that nobody holds
}

// stillness is what a file looks like while nobody writes it.
type stillness struct {
	path string
	size int64
	time time.Time
}

// Open returns how the state at path is to be read. Close what it returns.
//
// A state that somebody holds is read beside them, as SQLite does. One at rest is read where it lies, as a file that
// does not change. What a process left in the -wal that was killed needs a copy: SQLite would have to write.
func Open(path string) (*View, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	info, err := f.Stat()
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, unreadable(path, err)
	}
	switch {
	case Running(path):
		return &View{Path: path, Parameters: []string{"mode=ro"}}, nil
	case filled(path+"-wal") || filled(path+"-journal"):
		return Copied(path)
	}
	return &View{Path: path, Parameters: []string{"mode=ro", "immutable=1"}, still: stillness{path, info.Size(), info.ModTime()}}, nil
}

// Close removes what was made, and says where the state was written while it was read as one at rest: what was read may be half of
// either.
func (v *View) Close() error {
	if v.temp != nil {
		return v.temp.remove()
	}
	if v.still.path == "" {
		return nil
	}
	info, err := os.Stat(v.still.path)
	if err != nil || info.Size() != v.still.size || !info.ModTime().Equal(v.still.time) {
		return fmt.Errorf("state %s was written while it was read: run again", v.still.path)
	}
	return nil
}

// copyTries is how often a copy is made of a state that is written meanwhile.
const copyTries = 10

// errMoving says that a state was written while it was copied.
var errMoving = errors.New("it is written without a pause: run again")

// Copied makes a private copy of a state, as it stands at one moment; with nothing in it where there is no state.
func Copied(path string) (*View, error) {
	temp, err := newTempFolder()
	if err != nil {
		return nil, fmt.Errorf("copy state: %w", err)
	}
	v := &View{Path: filepath.Join(temp.path, "herald.db"), Copy: true, temp: temp}
	if !Exists(path) {
		return v, nil
	}
	for i := 0; ; i++ {
		whole, err := copyAll(path, v.Path)
		if err == nil && whole {
			return v, nil
		}
		if err == nil && i < copyTries {
			time.Sleep(time.Duration(i) * tryAgain)
			continue
		}
		if err == nil {
			err = errMoving
		}
		return nil, errors.Join(unreadable(path, err), v.Close())
	}
}

// copyAll copies a state with its -wal; false where that changed meanwhile. What is written goes into the -wal first, and from
// there into the file: as long as the -wal stays as it was copied, it mends whatever the copy of the file has too old or too new.
func copyAll(path, to string) (whole bool, err error) {
	if err := copyFile(path+"-wal", to+"-wal"); err != nil {
		return false, err
	}
	before, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	if err := errors.Join(copyFile(path, to), copyFile(path+"-journal", to+"-journal")); err != nil {
		return false, err
	}
	after, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	copied, err := summed(to + "-wal")
	if err != nil {
		return false, err
	}
	now, err := summed(path + "-wal")
	return copied == now && (copied != "" || before.ModTime().Equal(after.ModTime())), err
}

// summed returns a digest of a file, "" where there is none.
func summed(path string) (string, error) {
	sum := sha256.New()
	in, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer in.Close()
	n, err := io.Copy(sum, in)
	if n == 0 {
		return "", err
	}
	return string(sum.Sum(nil)), err
}

// copyFile copies a file; where there is none, it leaves none.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.Remove(to); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("read state %s: %w; user id %d must be able to read it: ask as the user that runs herald", path, err, os.Getuid())
	}
	return fmt.Errorf("read state %s: %w", path, err)
}
