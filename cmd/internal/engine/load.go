package engine

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"herald/cmd/internal/ledger"
)

// LoadState fills the state at path, which nobody else may hold. Where that fails, a state that was
// not there before is not there afterwards.
func LoadState(ctx context.Context, path string, in io.Reader) (d *ledger.Dumped, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	lock, err := TryLock(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	made := !ledger.Exists(path)
	dump := bufio.NewReader(in)
	l, err := ledger.OpenFor(ctx, path, dump)
	if err != nil {
		return nil, err
	}
	d, err = l.Load(ctx, dump)
	err = errors.Join(err, l.Close())
	if err != nil && made {
		for _, file := range []string{path, path + "-wal", path + "-shm"} {
			if gone := os.Remove(file); !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}
	return d, err
}
