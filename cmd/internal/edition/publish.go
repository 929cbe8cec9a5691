package edition

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
)

const (
	putBytes   = 8 << 20        // rendered before it is put
	auditEvery = 24 * time.Hour // standing documents are read whole, and at start
)

// publication is one run of Publish.
type publication struct {
	*Edition
	force    bool
	audit    bool // every standing document is read, not only looked at
	now      int64
	docs     []*document
	receipts map[string]ledger.Receipt // by path, as they were
	put      []ledger.Receipt          // what was put now
	changed  map[string]bool           // paths whose bytes are others than before
	removed  []string
	pending  []publish.Document
	size     int
	report   *PublishReport
}

// Publish brings the documents up to what the ledger says: those whose inputs differ from their
// receipts, or whose files are gone, are rendered, checked and put; then receipts and notices are
// written in one transaction. ErrNothing says that no source ever held an article.
func (e *Edition) Publish(ctx context.Context, o PublishOptions) (*PublishReport, error) {
	p := &publication{Edition: e, force: o.Force, report: &PublishReport{}, changed: map[string]bool{}, receipts: map[string]ledger.Receipt{}}
	if held, err := e.prepare(ctx, o.Force); err != nil {
		return nil, err
	} else if held != nil {
		p.report.Holds = append(p.report.Holds, *held)
		return p.report, p.stand(ctx)
	}
	p.now = e.nowMillis()
	p.audit = p.now-e.audited >= auditEvery.Milliseconds() || p.now < e.audited // the clock was set back
	for _, step := range []func(context.Context) error{p.begin, e.fetch, p.write, p.commit} {
		if err := step(ctx); err != nil {
			e.audited = 0 // what was put has no receipt: the next run reads everything
			return p.report, err
		}
	}
	if p.audit {
		e.audited = p.now
	}
	return p.report, nil
}

// stand counts the documents that stay as they are while the site is held.
func (p *publication) stand(ctx context.Context) error {
	return p.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		receipts, err := tx.Receipts()
		p.report.Documents = len(receipts)
		return err
	})
}

// begin lets time and the config have their say in the ledger.
func (p *publication) begin(ctx context.Context) error {
	idle := false
	err := p.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		if known, err := tx.Known(); err != nil || !known {
			return errors.Join(err, ErrNothing)
		}
		err := p.unread(tx)
		if err == nil {
			idle, err = p.idle(tx)
		}
		return err
	})
	if err != nil || idle {
		return err
	}
	return p.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		return errors.Join(p.dropGone(tx), p.mintKey(tx), p.wake(tx, p.now), p.reshard(tx))
	})
}

// idle reports whether begin has nothing to write.
func (p *publication) idle(tx *ledger.Tx) (bool, error) {
	due, err := tx.NextDue()
	if err != nil || due != 0 && due <= p.now {
		return false, err
	}
	names, err := tx.SourceNames()
	if err != nil {
		return false, err
	}
	for _, name := range names {
		if _, err := p.source(name); err == nil {
			continue
		}
		if record, err := tx.Source(name); err != nil || record.Articles+record.Listed > 0 {
			return false, err // it left the config, and not all of it is dealt with
		}
	}
	holds, err := tx.HoldsOf("", HoldGone)
	if err != nil || len(holds) > 0 {
		return false, err
	}
	if over, err := p.overfull(tx); err != nil || over {
		return false, err
	}
	key, err := tx.Meta(metaKey)
	return len(p.Notify.IndexNow) == 0 || key != "" && (p.Notify.IndexNowKey == "" || p.Notify.IndexNowKey == key), err
}

// write renders and puts what differs. It reads one moment of the ledger.
func (p *publication) write(ctx context.Context) error {
	return p.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		receipts, err := tx.Receipts()
		if err != nil {
			return err
		}
		for _, r := range receipts {
			p.receipts[r.Path] = r
		}
		if p.docs, err = p.documents(tx); err != nil {
			return err
		}
		if err := p.guardForeign(ctx); err != nil {
			return err
		}
		for _, d := range p.docs {
			if err := p.document(ctx, tx, d); err != nil {
				return err
			}
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
func (p *publication) document(ctx context.Context, tx *ledger.Tx, d *document) error {
	receipt, known := p.receipts[d.path]
	receipt.Path = d.path
	stands, err := p.stands(ctx, &receipt, known)
	if err != nil {
		return err
	}
	if known && stands && receipt.Inputs == d.inputs {
		return nil
	}
	body, err := d.render(tx)
	if err == nil {
		err = d.check(body)
	}
	if err != nil {
		p.fail(d.path, err)
		return nil
	}
	sum := sha256.Sum256(body)
	put := ledger.Receipt{Path: d.path, Kind: d.kind, MediaType: d.mediaType, Inputs: d.inputs, Body: sum, Size: int64(len(body)), Changed: p.now}
	if (known || stands) && receipt.Body == sum {
		put.Changed, put.Edition = receipt.Changed, receipt.Edition
		if stands { // same bytes, of other inputs or of a lost ledger: only the receipt is written
			p.put = append(p.put, put)
			return nil
		}
	} else {
		p.changed[d.path] = true
	}
	p.put = append(p.put, put)
	p.pending = append(p.pending, publish.Document{Path: d.path, Body: body, MediaType: d.mediaType})
	if p.size += len(body); p.size > putBytes {
		return p.flush(ctx)
	}
	return nil
}

// stands reports whether the file of a receipt is still there, whole. Without a receipt it gives
// what lies at the path as one.
func (p *publication) stands(ctx context.Context, r *ledger.Receipt, known bool) (bool, error) {
	limit := int64(readLimit)
	if known {
		info, err := p.Sink.Stat(r.Path)
		if gone(err) || err == nil && info.Size != r.Size {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if !p.audit {
			return true, nil
		}
		limit = r.Size
	}
	body, err := p.Sink.Read(ctx, r.Path, limit)
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

func ignoreGone(err error) error {
	if gone(err) {
		return nil
	}
	return err
}

func (p *publication) fail(path string, err error) {
	p.report.Failed = append(p.report.Failed, fmt.Sprintf("%s: %v; the last good version stays", path, err))
}

// flush puts what was rendered.
func (p *publication) flush(ctx context.Context) error {
	if len(p.pending) == 0 {
		return nil
	}
	if err := p.Sink.Put(ctx, p.pending); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	for _, d := range p.pending {
		p.report.Written = append(p.report.Written, d.Path)
	}
	p.pending, p.size = nil, 0
	return nil
}

// describe fills in what an operator wants to see of the whole.
func (p *publication) describe(tx *ledger.Tx) error {
	p.report.Documents = len(p.docs)
	if p.Robots != nil {
		p.report.Documents++
	}
	var err error
	if p.report.Public, err = tx.PublicCount(); err != nil {
		return err
	}
	if p.report.Ahead, err = p.ahead(tx, p.now); err != nil {
		return err
	}
	return tx.Newest(3, func(row *ledger.Article) error {
		p.report.Examples = append(p.report.Examples, row.URL)
		return nil
	})
}

// commit writes receipts, the edition and notices in one transaction, after the files and before
// the world is told. Where a document failed, telling waits until it is out.
func (p *publication) commit(ctx context.Context) error {
	if err := p.vanish(ctx); err != nil {
		return err
	}
	if quiet, err := p.nothingToCommit(ctx); err != nil || quiet {
		return err
	}
	return p.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		if err := p.number(tx); err != nil {
			return err
		}
		for _, r := range p.put {
			if p.changed[r.Path] {
				r.Edition = p.report.Edition
			}
			if err := tx.PutReceipt(r); err != nil {
				return err
			}
			if r.Kind == kindIndex {
				if err := tx.SetMeta(metaIndex, "1"); err != nil {
					return err
				}
			}
		}
		for _, path := range p.removed {
			if err := tx.DropReceipt(path); err != nil {
				return err
			}
		}
		if err := p.keepFeedID(tx); err != nil || len(p.report.Failed) > 0 {
			return err
		}
		return p.tell(tx)
	})
}

// nothingToCommit reports whether neither a document nor what is told has moved.
func (p *publication) nothingToCommit(ctx context.Context) (quiet bool, err error) {
	if len(p.put)+len(p.removed) > 0 {
		return false, nil
	}
	err = p.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		touched, err := tx.Touched()
		quiet = len(touched) == 0
		return err
	})
	return quiet, err
}

// number gives the publication its edition, if anything came of it.
func (p *publication) number(tx *ledger.Tx) (err error) {
	p.report.Removed = p.removed
	if len(p.report.Written)+len(p.removed) > 0 {
		p.report.Edition, err = tx.AddEdition(p.now, p.report.Written, p.removed)
	}
	return err
}

// keepFeedID keeps the feed's own id from its first publication on.
func (p *publication) keepFeedID(tx *ledger.Tx) error {
	if p.Feed == nil {
		return nil
	}
	kept, err := tx.Meta(metaFeedID)
	if err != nil || kept != "" {
		return err
	}
	head, err := p.feedHead(tx)
	if err != nil {
		return err
	}
	return tx.SetMeta(metaFeedID, head.ID)
}

// standing reports whether a document is to stand at path.
func (p *publication) standing(path string) bool {
	return slices.ContainsFunc(p.docs, func(d *document) bool { return d.path == path })
}
