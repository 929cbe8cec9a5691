package recovered

import (
	"strings"

	"herald/cmd/internal/ledger"
)

// unlike ranks how little an entry looks like what documents showed at its URL. Drafts are shown by none.
func unlike(s *ledger.Staged, row *ledger.Article) int {
	switch {
	case row == nil:
		return 3
	case s.Flags&ledger.Draft != 0:
		return 2
	case plain(s.Shown.Title) != plain(row.Shown.Title):
		return 1
	}
	return 0
}

// MintedFor reports whether a recovered id may be what Atom shows instead of a claimed one that is
// no IRI.
func MintedFor(claim, recovered string) bool {
	return claim != "" && !strings.Contains(claim, ":") && strings.HasPrefix(recovered, "tag:")
}

// plain returns text as documents show it, white space apart and without the brackets of names that became links.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("[[", "", "]]", "").Replace(text)), " ")
}
