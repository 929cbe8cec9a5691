package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
	"unicode/utf8"

	"herald/source"
	"herald/source/reader"
	"herald/source/selection"
)

// Load reads one article. An *source.ArticleError refuses it: it cannot be read, or what it holds
// cannot be. reader.ErrNotArticle: the file is none. An error that is fs.ErrNotExist: the file is
// gone since it was listed, or is none any more. Any other error: the folder cannot be read.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	place := s.place(key)
	if !utf8.ValidString(key) {
		return nil, &source.ArticleError{Place: place, Reason: "the name of the file or of a folder above it is not UTF-8: rename it"}
	}
	room := s.rooms.Get().(*[]byte)
	data, err := s.read(key, *room)
	if err != nil {
		return nil, err
	}
	defer s.keep(room, data)
	if selection.IsKeyFile(key, data) {
		return nil, &reader.SkipError{Why: "it is an IndexNow key"}
	}
	reading := s.config.Reading
	reading.Path, reading.Data = key, s.data(key)
	if s.history != nil {
		reading.Added = func() (time.Time, error) { return s.history.Added(ctx, key) }
	}
	if len(data) > maxRoom {
		s.big.Lock()
		defer s.big.Unlock()
	}
	a, err := reader.Parse(place, data, reading)
	if err != nil {
		return nil, err
	}
	a.Key = key
	return a, nil
}

// maxRoom is the largest room that is kept for other files.
const maxRoom = 256 << 10

// keep lets the next file be read into the room that this one took.
func (s *Source) keep(room *[]byte, data []byte) {
	if cap(data) <= maxRoom {
		*room = data
		s.rooms.Put(room)
	}
}

// read returns the bytes of a file, in room where it is large enough.
func (s *Source) read(key string, room []byte) ([]byte, error) {
	if data, ok := readDirect(s.config.Root, key, room); ok {
		return data, nil
	}
	root, err := os.OpenRoot(s.config.Root)
	if err != nil {
		return nil, fmt.Errorf("read %s: %v", s.config.Place, plain(err)) // not ErrNotExist: the source is gone, not the article
	}
	defer root.Close()
	data, err := readFile(root, filepath.FromSlash(key))
	if errors.Is(err, errOutside) {
		data, err = s.readLink(root, key)
	}
	switch {
	case err == nil:
		return data, nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNotRegular), errors.Is(err, syscall.ENOTDIR):
		return nil, fmt.Errorf("read %s: %w", s.place(key), fs.ErrNotExist)
	case errors.Is(err, errTooLarge):
		return nil, &source.ArticleError{Place: s.place(key), Reason: err.Error(), Err: err}
	}
	return nil, &source.ArticleError{Place: s.place(key), Reason: "read: " + plain(err).Error(), Err: err}
}

var (
	errOutside    = errors.New("the path is a symbolic link")
	errNotRegular = errors.New("not a regular file")
	errTooLarge   = fmt.Errorf("the file is larger than %d MB", maxFileBytes>>20)
)

// readLink reads the target of a symbolic link, if it lies inside the root.
func (s *Source) readLink(root *os.Root, key string) ([]byte, error) {
	real, err := filepath.EvalSymlinks(s.config.Root)
	if err != nil {
		return nil, err
	}
	target, inside := insideTarget(real, filepath.Join(real, filepath.FromSlash(key)))
	if !inside || s.skips().covers(filepath.Join(real, target)) {
		return nil, fs.ErrNotExist
	}
	data, err := readFile(root, target)
	if errors.Is(err, errOutside) {
		return nil, fs.ErrNotExist // swapped since it was followed
	}
	return data, err
}

// readFile reads a regular file through root. Without O_NONBLOCK a pipe that was put in its place
// would wait for ever.
func readFile(root *os.Root, name string) ([]byte, error) {
	info, err := root.Lstat(name)
	switch {
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, errOutside
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	}
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, err
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > maxFileBytes:
		return nil, errTooLarge
	}
	return readBounded(f, info.Size())
}

// readBounded reads to the end of a file that may grow meanwhile.
func readBounded(f io.Reader, size int64) ([]byte, error) {
	data := make([]byte, 0, size+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case err == io.EOF:
			return data, nil
		case err != nil:
			return nil, err
		case len(data) > maxFileBytes:
			return nil, errTooLarge
		case len(data) == cap(data):
			data = append(data, 0)[:len(data)]
		}
	}
}
