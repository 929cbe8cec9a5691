package ledger

// Strays gives, by key, the staged entries of a source that belong to one row and claim another id,
// where that says that files took each other's names: the row's id is claimed by another entry, or
// the claimed id is that of a row whose entry is missing or strays too.
func (t *Tx) Strays(src string) ([]Pair, error) {
	return t.pairs(`select s.id, a.id from stage s join article a on a.id = s.article
		where s.source = $1 and s.kind = 'changed' and length(s.claim) > 0 and s.claim <> a.guid and (
			exists (select 1 from stage o where o.source = $1 and o.kind in ('new', 'changed') and length(o.claim) > 0 and o.claim = a.guid)
			or exists (select 1 from article b join stage o on o.article = b.id where b.guid = s.claim and o.source = $1
				and (o.kind = 'missing' or o.kind = 'changed' and length(o.claim) > 0 and o.claim <> b.guid)))
		order by s.id`, src)
}

// Dissenting gives, by key, the staged entries of a source that belong to a row and claim another id
// than the row's, with that row.
func (t *Tx) Dissenting(src string) ([]Pair, error) {
	return t.pairs(`select s.id, a.id from stage s join article a on a.id = s.article
		where s.source = $1 and s.kind = 'changed' and length(s.claim) > 0 and s.claim <> a.guid order by s.id`, src)
}
