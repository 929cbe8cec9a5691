package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
)

// batch is one Put or Remove under way.
type batch struct {
	dir     *Dir
	root    *os.Root
	staged  []staged
	touched map[string]bool // folders that need an fsync
}

// staged is a document that lies whole under its temporary name.
type staged struct {
	temp, path string
	replace    bool
}

// Put makes each document stand under its path, in the order given: what comes later may rely on
// what came before. It returns when all of it would survive a power failure.
//
// All bodies are written before the first document is replaced; a fault or the end of ctx until
// then leaves every document as it was. A fault between two replacements leaves the earlier ones
// replaced; Put may be called again with the same documents.
func (d *Dir) Put(ctx context.Context, docs []Document) error {
	if len(docs) == 0 {
		return nil
	}
	if err := d.checkBatch(docs); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	b, err := d.begin()
	if err != nil {
		return fmt.Errorf("put %s: %w", docs[0].Path, err)
	}
	defer b.end()
	for _, doc := range docs {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("put %s: %w", doc.Path, err)
		}
		if err := b.stage(doc); err != nil {
			return fmt.Errorf("put %s: %w", doc.Path, err)
		}
	}
	return errors.Join(b.rename(), b.sync())
}

// checkBatch finds what can be told without the disk.
func (d *Dir) checkBatch(docs []Document) error {
	if d.readOnly {
		return fmt.Errorf("put %s: %w: folder opened for reading", docs[0].Path, fs.ErrPermission)
	}
	return checkDocuments(docs)
}

// checkDocuments finds bad paths, and one that is named twice.
func checkDocuments(docs []Document) error {
	seen := make(map[string]bool, len(docs))
	for _, doc := range docs {
		if err := checkPath(doc.Path); err != nil {
			return fmt.Errorf("put %q: %w", doc.Path, err)
		}
		if seen[doc.Path] {
			return fmt.Errorf("put %s: %w: twice in one batch", doc.Path, fs.ErrInvalid)
		}
		seen[doc.Path] = true
	}
	return nil
}

func (d *Dir) begin() (*batch, error) {
	if err := makeRoot(d.root); err != nil {
		return nil, err
	}
	r, err := os.OpenRoot(d.root)
	if err != nil {
		return nil, cause(err)
	}
	return &batch{dir: d, root: r, touched: map[string]bool{}}, nil
}

// end removes what was staged and not renamed.
func (b *batch) end() {
	for _, s := range b.staged {
		_ = b.root.Remove(s.temp)
	}
	_ = b.root.Close()
}

func (b *batch) stage(doc Document) error {
	if err := b.enter(doc.Path); err != nil {
		return err
	}
	same, err := b.stands(doc)
	if err != nil || same {
		return err
	}
	temp, err := b.write(path.Dir(doc.Path), doc.Body)
	if err != nil {
		return cause(err)
	}
	b.staged = append(b.staged, staged{temp, doc.Path, doc.Replace})
	return nil
}

// enter makes the folders of the document p and clears leftovers from the last of them.
func (b *batch) enter(p string) error {
	folder := path.Dir(p)
	if b.touched[folder] {
		return nil
	}
	for _, f := range parents(p) {
		if err := b.mkdir(f); err != nil {
			return err
		}
	}
	b.dir.clean(b.root, folder)
	b.touched[folder] = true
	return nil
}

func (b *batch) mkdir(folder string) error {
	err := b.root.Mkdir(folder, folderMode)
	if errors.Is(err, fs.ErrExist) {
		info, err := b.root.Stat(folder)
		if err != nil {
			return fmt.Errorf("folder %s: %w", folder, cause(err))
		}
		if !info.IsDir() {
			return fmt.Errorf("folder %s: a file stands there", folder)
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("folder %s: %w", folder, cause(err))
	}
	b.touched[path.Dir(folder)] = true
	return modeError(b.root.Chmod(folder, folderMode))
}

// stands tells whether doc already stands as it should, readable by everyone; a link is not followed. The error is what it
// may not replace. Its folder still gets its fsync: the rename may be that of a Put that was killed before it came so far.
func (b *batch) stands(doc Document) (bool, error) {
	info, err := b.root.Lstat(doc.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, cause(err)
	case !info.Mode().IsRegular():
		return false, b.givesWay(doc.Path, info, doc.Replace)
	case info.Size() != int64(len(doc.Body)), info.Mode()&0o444 != 0o444:
		return false, nil
	}
	old, err := readFile(b.root, doc.Path, info.Size())
	return err == nil && bytes.Equal(old, doc.Body), nil
}

// givesWay returns the Obstacle at p, of which info tells, unless a document takes its place.
func (b *batch) givesWay(p string, info fs.FileInfo, replace bool) error {
	var o *Obstacle
	if err := regular(b.root, p, info); errors.As(err, &o) && (o.Stays || !replace) {
		return o
	}
	return nil
}

// write puts body on the disk under a new temporary name; a fault leaves nothing behind.
func (b *batch) write(folder string, body []byte) (_ string, err error) {
	f, temp, err := b.create(folder)
	if err != nil {
		return "", err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			_ = b.root.Remove(temp)
		}
	}()
	if _, err := f.Write(body); err != nil {
		return "", err
	}
	if err := modeError(f.Chmod(fileMode)); err != nil {
		return "", err
	}
	return temp, f.Sync()
}

func (b *batch) rename() error {
	for len(b.staged) > 0 {
		s := b.staged[0]
		if info, err := b.root.Lstat(s.path); err == nil {
			if err := b.givesWay(s.path, info, s.replace); err != nil { // it came since it was staged
				return fmt.Errorf("put %s: %w", s.path, err)
			}
			if info.IsDir() {
				_ = b.root.Remove(s.path) // it was empty; if it is no more, the rename says so
			}
		}
		if err := b.root.Rename(s.temp, s.path); err != nil {
			return fmt.Errorf("put %s: %w", s.path, cause(err))
		}
		b.staged = b.staged[1:]
	}
	return nil
}

func (b *batch) sync() error {
	for _, folder := range slices.Sorted(maps.Keys(b.touched)) {
		if err := syncFolder(b.root.Open(folder)); err != nil {
			return fmt.Errorf("fsync folder %s: %w", folder, cause(err))
		}
	}
	return nil
}
