//go:build !unix

package progress

import "io"

type terminal struct{}

// terminalOf knows no terminals here: nothing is shown.
func terminalOf(io.Writer) (terminal, bool) { return terminal{}, false }

func (terminal) columns() int { return 80 }
func (terminal) ours() bool   { return true }
