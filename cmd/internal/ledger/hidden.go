package ledger

// Hidden counts the living articles of a source that no document shows, by what keeps them out.
type Hidden struct {
	Drafts, Expired, Awaited int64
	Future, First            int64 // to come, and when the first of them appears, in milliseconds
}

// Hidden counts the articles of a source that no document shows at now, in milliseconds, as they were last written.
func (t *Tx) Hidden(src string, now int64) (h Hidden, err error) {
	_, err = t.row(`select coalesce(sum(case when state = 1 then 1 else 0 end), 0), coalesce(sum(case when state = 2 then 1 else 0 end), 0),
		coalesce(sum(case when state = 3 then 1 else 0 end), 0), coalesce(sum(case when state = 4 then 1 else 0 end), 0),
		coalesce(min(case when state = 3 then due end), 0) from (
			select due, case when `+Draft.in("flags")+` then 1 when expires <> 0 and expires <= $2 then 2
				when due <> 0 and due <> expires then 3 when `+Awaited.in("flags")+` then 4 else 0 end as state
			from article where source = $1 and in_feed = 0 and in_sitemap = 0 and removed_at = 0) as hidden`,
		[]any{src, now}, &h.Drafts, &h.Expired, &h.Future, &h.Awaited, &h.First)
	return h, err
}
