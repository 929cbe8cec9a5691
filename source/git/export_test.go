package git

// ReadLog takes in the parts of a log and returns when the files of some paths were added, in seconds.
func ReadLog(tokens []string, paths ...string) (map[string]int64, error) {
	l := newLog()
	for _, path := range paths {
		l.follow(path, path)
	}
	for _, token := range tokens {
		if err := l.token(token); err != nil {
			return nil, err
		}
	}
	l.flush()
	added := map[string]int64{}
	for key, at := range l.added {
		added[key] = at.Unix()
	}
	return added, nil
}
