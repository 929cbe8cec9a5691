package reader

import (
	"slices"

	"herald/source/frontmatter"
)

// extraKeys are the members of Zola's [extra] and Hugo's params that count: those that a theme would show.
var extraKeys = slices.Concat(authorsKeys, moreAuthorsKeys, imageKeys, canonicalKeys, enclosureKeys, noIndexKeys, robotsKeys)

// withNested returns fields with the members of their maps that count: those of eleventyComputed before them, which they
// replace, those of the others behind them.
func withNested(fields []frontmatter.Field) []frontmatter.Field {
	all := fields
	for i := range fields {
		f := &fields[i]
		switch {
		case f.Value.Kind != frontmatter.Mapping:
		case frontmatter.SameKey(f.Key, "taxonomies"):
			all = append(all[:len(all):len(all)], f.Value.Fields...)
		case frontmatter.SameKey(f.Key, "eleventycomputed"):
			all = slices.Concat(f.Value.Fields, all)
		case frontmatter.SameKey(f.Key, "extra"), frontmatter.SameKey(f.Key, "params"):
			for _, member := range f.Value.Fields {
				if isKey(member.Key, extraKeys) && !hasAny(fields, member.Key) {
					all = append(all[:len(all):len(all)], member)
				}
			}
		}
	}
	return all
}
