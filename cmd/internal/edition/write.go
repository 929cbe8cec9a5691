package edition

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/progress"
	"herald/cmd/internal/publish"
)

// write renders and puts what differs. It reads one moment of the ledger.
func (p *publication) write(ctx context.Context) error {
	return p.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		receipts, err := tx.Receipts()
		if err != nil {
			return err
		}
		for _, r := range receipts {
			p.receipts[r.Path] = r
		}
		if p.docs, err = p.edition.documents(tx); err != nil {
			return err
		}
		if err := p.findChildren(ctx); err != nil {
			return err
		}
		if err := p.guardForeign(ctx); err != nil {
			return err
		}
		counted := progress.Begin(ctx, "publishing", "", "documents")
		defer counted.End()
		counted.Expect(int64(len(p.docs)))
		for _, d := range p.docs {
			if err := p.document(ctx, tx, d); err != nil {
				return err
			}
			counted.Add(1)
		}
		if err := p.flush(ctx); err != nil {
			return err
		}
		if err := p.robots(ctx); err != nil {
			return err
		}
		return p.describe(tx)
	})
}

// document puts one document if it is not what stands.
func (p *publication) document(ctx context.Context, tx *ledger.Tx, d *Document) error {
	receipt, known := p.receipts[d.Path]
	receipt.Path = d.Path
	stands, err := p.stands(ctx, &receipt, known)
	if err != nil {
		return err
	}
	back := d.Kind.Leaving == document.Lingers && receipt.LeftAt != 0 // one that was replaced, and is meant again
	if known && stands && receipt.Inputs == d.Inputs && !back {
		if receipt.Stamp != d.Stamp {
			receipt.Stamp = d.Stamp
			p.put = append(p.put, receipt)
		}
		return nil
	}
	body, err := d.Render(tx)
	if err == nil && len(body) > publish.MaxDocument {
		err = fmt.Errorf("it would have %d bytes, and no more than %d could be read back", len(body), publish.MaxDocument)
	}
	if err == nil {
		err = d.Check(body)
	}
	if err != nil {
		p.fail(d, err)
		return nil
	}
	sum := sha256.Sum256(body)
	put := ledger.Receipt{
		Path: d.Path, Kind: d.Kind.Name, MediaType: d.Kind.MediaType, Inputs: d.Inputs, Body: sum, Size: int64(len(body)), Changed: p.now, LeftAt: d.LeftAt,
		Stamp: d.Stamp,
	}
	if (known || stands) && receipt.Body == sum {
		put.Changed, put.Edition = receipt.Changed, receipt.Edition
		p.changed[d.Path] = !known // put by a run that broke off before its receipt: who is to hear of it has not
		if stands {                // same bytes, of other inputs or of a lost ledger: only the receipt is written
			p.put = append(p.put, put)
			return nil
		}
	} else {
		p.changed[d.Path] = true
	}
	return p.await(ctx, d, body, put)
}

// await has a rendered document put with the next flush, which comes now where much waits.
func (p *publication) await(ctx context.Context, d *Document, body []byte, receipt ledger.Receipt) error {
	p.put = append(p.put, receipt)
	p.pending = append(p.pending, publish.Document{Path: d.Path, Body: body, MediaType: d.Kind.MediaType, Replace: p.released[d.Path]})
	if p.size += len(body); p.size > putBytes {
		return p.flush(ctx)
	}
	return nil
}

// stands reports whether the file of a receipt is still there, whole. Without a receipt it fills in r from
// what lies at the path.
func (p *publication) stands(ctx context.Context, r *ledger.Receipt, known bool) (bool, error) {
	limit := int64(publish.MaxDocument)
	if known {
		if size, there := p.sizes[r.Path]; !there || size != r.Size {
			return false, nil
		}
		if !p.audit {
			return true, nil
		}
		limit = r.Size
	}
	body, err := p.config.Sink.Read(ctx, r.Path, limit)
	if err != nil {
		return false, ignoreGone(err)
	}
	sum := sha256.Sum256(body)
	if !known {
		r.Body, r.Changed = sum, p.now
	}
	return sum == r.Body, nil
}

// gone reports whether nothing of ours can be at a path.
func gone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, publish.ErrNotFile) || errors.Is(err, publish.ErrTooLarge)
}

// ignoreMissing returns err unless it says that nothing is there.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// ignoreGone returns err unless it says that nothing of ours is there.
func ignoreGone(err error) error {
	if gone(err) {
		return nil
	}
	return err
}

// fail keeps the last good version of a document.
func (p *publication) fail(d *Document, err error) {
	p.failed = append(p.failed, d)
	p.report.Failed = append(p.report.Failed, fmt.Sprintf("%s: %v; the last good version stays", d.Path, err))
}

// flush puts what was rendered. Where a folder or file does not let us, the others are put one by one, and those that cannot
// be are kept at their last good version.
func (p *publication) flush(ctx context.Context) error {
	if len(p.pending) == 0 {
		return nil
	}
	err := p.config.Sink.Put(ctx, p.pending)
	put := p.pending
	if err != nil && refused(err) {
		put, err = p.putEach(ctx)
	}
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	for _, d := range put {
		p.report.Written = append(p.report.Written, d.Path)
	}
	p.pending, p.size = nil, 0
	return nil
}

// refused reports whether an error concerns what stands at, or above, one path.
func refused(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, publish.ErrNotFile)
}

// putEach puts the pending documents one by one and returns those that stand now. It is an error if none may be written. What
// came to stand in the way since it was looked for keeps its document back, and is held by the next publication.
func (p *publication) putEach(ctx context.Context) (put []publish.Document, err error) {
	for _, doc := range p.pending {
		if err = p.config.Sink.Put(ctx, []publish.Document{doc}); err == nil {
			put = append(put, doc)
			continue
		}
		if !refused(err) {
			return put, err
		}
		p.put = slices.DeleteFunc(p.put, func(r ledger.Receipt) bool { return r.Path == doc.Path })
		delete(p.changed, doc.Path)
		failed := &Document{Path: doc.Path} // robots.txt, which shows no article
		if i := slices.IndexFunc(p.docs, func(d *Document) bool { return d.Path == doc.Path }); i >= 0 {
			failed = p.docs[i]
		}
		p.fail(failed, err)
	}
	if len(put) > 0 || errors.Is(err, publish.ErrNotFile) {
		err = nil
	}
	return put, err
}

// describe fills in what an operator wants to see of the whole.
func (p *publication) describe(tx *ledger.Tx) error {
	p.report.Documents = len(p.docs)
	if p.config.Robots != nil {
		p.report.Documents++
	}
	var err error
	if p.report.Public, err = tx.PublicCount(); err != nil {
		return err
	}
	if p.report.Ahead, err = placement.Ahead(tx, p.config.Placement, p.now); err != nil {
		return err
	}
	return tx.NewestOf(ledger.Where{}, 3, func(row *ledger.Article) error {
		p.report.Examples = append(p.report.Examples, row.URL)
		return nil
	})
}
