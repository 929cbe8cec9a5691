package edition

import (
	"context"

	"herald/cmd/internal/ledger"
)

// Set is a kind of output with all its documents: the feeds, the sitemap, the key of IndexNow. A set that needs
// more than these two methods has those of Preparer, Fetcher or Recorder as well.
type Set interface {
	// Kinds returns every kind that a document of the set may be of, in this config or another.
	Kinds() []Kind
	// Documents returns the documents that should stand at the moment of tx, in the order in which they are put:
	// leaves first, then what names them.
	Documents(tx *ledger.Tx) ([]*Document, error)
}

// Preparer is a Set that writes to the ledger before its documents are made. Due reports whether there is anything
// to write: most often there is not.
type Preparer interface {
	Due(tx *ledger.Tx) (bool, error)
	Prepare(tx *ledger.Tx) error
}

// Fetcher is a Set that loads something from outside the ledger before its documents are made.
type Fetcher interface {
	Fetch(ctx context.Context) error
}

// Recorder is a Set that writes something down in the transaction that writes the receipts of what was put.
type Recorder interface {
	Record(tx *ledger.Tx, put []ledger.Receipt) error
}
