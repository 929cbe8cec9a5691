package screen

import (
	"fmt"

	"herald/source/finding"
)

// Findings prints what lint found: one line a finding, its places as they were named.
func (s Screen) Findings(all []finding.Finding) {
	for _, f := range all {
		f.Message = s.text(f.Message)
		fmt.Fprintln(s.out, Printable(f.String()))
	}
}
