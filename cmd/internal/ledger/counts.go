package ledger

// MissingCount counts the articles of a source that it lists no more and that stay public for now, and returns since when
// the first of them is missing.
func (t *Tx) MissingCount(src string) (count, first int64, err error) {
	_, err = t.row("select count(*), coalesce(min(missing_since), 0) from article where source = $1 and missing_since <> 0 and removed_at = 0",
		[]any{src}, &count, &first)
	return count, first, err
}

// IsPage reports whether a row is in no feed for no other reason than that it is a page.
func (a *Article) IsPage() bool { return a.Flags&OffFeeds == Page }

// PageCount counts the living articles of a source that are pages.
func (t *Tx) PageCount(src string) (int64, error) {
	return t.count("select count(*) from article where source = $1 and removed_at = 0 and "+Page.in("flags")+" and not "+NoFeed.in("flags"), src)
}
