package ledger

// MissingCount counts the articles of a source that it lists no more and that stay public for now, and returns since when
// the first of them is missing.
func (t *Tx) MissingCount(src string) (count, first int64, err error) {
	_, err = t.row("select count(*), coalesce(min(missing_since), 0) from article where source = $1 and missing_since <> 0 and removed_at = 0",
		[]any{src}, &count, &first)
	return count, first, err
}

// StagedAt reports whether a scan found an article at a URL.
func (t *Tx) StagedAt(src, url string) (bool, error) {
	return t.has("stage where url = $1 and kind in ('new', 'changed') and source = $2", []byte(url), src)
}
