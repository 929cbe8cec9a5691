package edition

// sameLeft takes up what a source that left the config holds at the same URLs under the same key or with
// the same words: the source has another name now. It comes before any claim is asked after, for what an
// article came to claim too late has never counted.
func (r *resolve) sameLeft() error {
	if err := r.waitingLeft(); err != nil {
		return err
	}
	left, err := r.tx.LeftByURL(r.src.Name, r.names())
	if err != nil {
		return err
	}
	for _, p := range left {
		s, err := r.tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		row, err := r.tx.Article(p.Article)
		if err != nil {
			return err
		}
		if s.Words != row.Words && s.Key != row.Key {
			continue
		}
		if err := r.take(p); err != nil {
			return err
		}
	}
	return nil
}

// waitingLeft is sameLeft for entries whose URL waits for a date: with the row's date they stand where it does.
func (r *resolve) waitingLeft() error {
	left, err := r.tx.LeftByKey(r.src.Name, r.names())
	if err != nil {
		return err
	}
	for _, p := range left {
		s, err := r.tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		row, err := r.tx.Article(p.Article)
		if err != nil {
			return err
		}
		if r.inherit(s, row); s.URL == "" {
			r.relocate(s) // a draft: its permalink has the day of its first sight
		}
		if s.URL != row.URL {
			continue
		}
		if err := r.take(p); err != nil {
			return err
		}
	}
	return nil
}

// names gives the sources that the config names.
func (r *resolve) names() []string {
	names := make([]string, len(r.Sources))
	for i, s := range r.Sources {
		names[i] = s.Name
	}
	return names
}
