package adopt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
)

// standing returns the files among our own documents that are the feed itself: once it is adopted, ours may take its place.
func (a *Adoption) standing(ctx context.Context, f *Feed) (paths []string, err error) {
	for _, path := range a.config.Feeds {
		name, err := a.config.Placement.Site.FilePath(path)
		if err != nil {
			continue // no document can stand there
		}
		body, err := a.config.Sink.Read(ctx, name, publish.MaxDocument)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, publish.ErrTooLarge), errors.Is(err, publish.ErrNotFile):
			continue
		case err != nil:
			return nil, err
		}
		if sum := sha256.Sum256(body); bytes.Equal(sum[:], f.Sum) {
			paths = append(paths, name)
		}
	}
	return paths, nil
}

// release lets the next publication replace the file at a path, as approve does for the hold over it.
func release(tx *ledger.Tx, path string, f *Feed, now int64) error {
	if _, ours, err := tx.Receipt(path); err != nil || ours {
		return err
	}
	h := ledger.Hold{Kind: hold.Foreign, Subject: path, Signature: hold.Signature(path, string(f.Sum)), Summary: fmt.Sprintf("%s was adopted", path)}
	kept, _, err := hold.Ensure(tx, h, now)
	if err != nil {
		return err
	}
	h.ID, h.Since, h.Approved, h.Summary = kept.ID, ledger.Millis(kept.Since), true, kept.Summary
	return tx.PutHold(&h)
}
