package engine

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/progress"
)

// LoadState fills the state at path, which nobody else may hold. Where that fails, a state that was
// not there before is not there afterwards.
func LoadState(ctx context.Context, path string, in io.Reader) (d *ledger.Dumped, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	made := !statefile.Exists(path)
	lock, err := statefile.TryLock(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	if _, err := statefile.Narrow(path); err != nil {
		return nil, err
	}
	in, counted := progress.Reading(ctx, "loading the state", in)
	defer counted.End()
	dump := bufio.NewReader(in)
	l, err := ledger.OpenFor(ctx, path, dump)
	if err != nil {
		return nil, err
	}
	d, err = l.Load(ctx, dump)
	err = errors.Join(err, l.Close())
	if err != nil && made {
		err = errors.Join(err, statefile.Remove(path))
	}
	return d, err
}
