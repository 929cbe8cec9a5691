package intake

import "herald/cmd/internal/ledger"

// await lets a new article wait until its URL answers 200, where its source wants that. What documents showed before the
// ledger was lost has answered.
func (a *applier) await(row *ledger.Article, known bool) {
	if a.scan.source.Live && !known {
		row.Flags |= ledger.Awaited
	}
}

// waits returns the flags that an entry sets on its row: it goes on waiting only where the row still does.
func waits(entry, row ledger.Flags) ledger.Flags {
	return entry&^ledger.Awaited | entry&row&ledger.Awaited
}

// putWait notes that a row waits, to be asked for at once, or waits no more. What waits since the first scan of its source is
// no news when it enters.
func (a *applier) putWait(old, row *ledger.Article) error {
	switch {
	case row.Flags&ledger.Awaited == 0 && old.Flags&ledger.Awaited == 0:
		return nil
	case row.Flags&ledger.Awaited == 0:
		return a.tx.DropWait(row.ID)
	case row.URL == old.URL && row.Digest == old.Digest:
		return nil
	}
	quiet := a.scan.first
	if old.Flags&ledger.Awaited != 0 {
		before, err := a.tx.Wait(row.ID)
		if err != nil {
			return err
		}
		quiet = before != nil && before.Quiet
	}
	return a.tx.PutWait(&ledger.Wait{Article: row.ID, Quiet: quiet, Next: a.scan.start})
}
