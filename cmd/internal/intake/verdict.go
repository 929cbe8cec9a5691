package intake

import "herald/cmd/internal/ledger"

// verdict is what the guard says of a staged scan.
type verdict struct {
	held      bool
	hold      ledger.Hold
	firstSeen []string // keys without a date of their own, whose first sight is kept
}
