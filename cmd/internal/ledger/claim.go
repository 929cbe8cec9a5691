package ledger

// Strays returns, by key, the staged entries of a source that belong to one row and turn out to be
// another article, because files took each other's names. Such an entry claims another id than its
// row's, and that id is claimed by another entry; or it claims the id of a row whose entry is missing or
// strays too, or that was removed and had the same content. Or it claims none, and another entry claims its row's id
// with the row's content, which it has no more.
func (t *Tx) Strays(src string) ([]Pair, error) {
	return t.pairs(`select s.id, a.id from stage s join article a on a.id = s.article
		where s.source = $1 and s.kind = 'changed' and s.claim <> a.guid and (
			exists (select 1 from stage o where o.claim = a.guid and length(o.claim) > 0 and o.source = $1 and o.kind in ('new', 'changed')
				and (length(s.claim) > 0 or o.content = a.content and s.content <> a.content))
			or length(s.claim) > 0 and exists (select 1 from article b where b.guid = s.claim and b.removed_at <> 0 and b.content = s.content)
			or length(s.claim) > 0 and exists (select 1 from article b where b.guid = s.claim and exists (
				select 1 from stage o where o.article = b.id and o.article <> 0 and o.source = $1
				and (o.kind = 'missing' or o.kind = 'changed' and o.claim <> b.guid
					and (length(o.claim) > 0 or s.content = b.content and o.content <> b.content)))))
		order by s.id`, src)
}

// ClaimsTaken pairs the staged entries of a source that belong to a row with the living article of
// another row whose id they claim.
func (t *Tx) ClaimsTaken(src string) ([]Pair, error) {
	return t.pairs(`select s.id, b.id from stage s join article b on b.guid = s.claim
		where s.source = $1 and s.kind = 'changed' and length(s.claim) > 0 and b.id <> s.article and b.removed_at = 0 order by s.id`, src)
}

// LeftByKey pairs the new entries of a source that wait for a date to have a URL with the living rows that stand under
// the same key in a source that is none of configured.
func (t *Tx) LeftByKey(src string, configured []string) ([]Pair, error) {
	args := []any{src}
	for _, name := range configured {
		args = append(args, name)
	}
	// A cross join keeps SQLite to this order: sources that left are few, and seldom any.
	return t.pairs(`select s.id, a.id from source o cross join stage s cross join seen v cross join article a
		where o.name not in (`+placeholders(1, len(args))+`) and s.source = $1 and s.kind = 'new' and s.link <> ''
		and v.source = o.name and v.key = s.key and a.id = v.article and a.removed_at = 0 order by s.id, a.id desc`, args...)
}
