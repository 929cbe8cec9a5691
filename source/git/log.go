package git

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// oldest is the oldest date that is believed of a commit: what lies before it is a clock that was never set.
const oldest = 631152000 // 1990-01-01

// log takes in the parts of a log, newest commit first, as git log -z --name-status prints them:
//
//	\x01AUTHORED COMMITTED\nSTATUS NUL PATH NUL [PATH NUL] STATUS …
//
// What it holds grows with the files that are followed, not with the log.
type log struct {
	followed map[string]string    // path at the commit that is read -> key
	added    map[string]time.Time // by key

	at      time.Time // of the commit that is read; zero: not believed
	births  []string  // paths that it adds
	renames [][2]string
	status  byte     // of the entry that is read, 0 between two
	paths   []string // of that entry
}

func newLog() *log { return &log{followed: map[string]string{}, added: map[string]time.Time{}} }

// follow lets the file of a key, which lies at a path now, be dated.
func (l *log) follow(path, key string) { l.followed[path] = key }

// token takes in what stands before the next NUL.
func (l *log) token(text string) error {
	if l.status != 0 {
		l.path(text)
		return nil
	}
	if header, found := strings.CutPrefix(text, "\x01"); found {
		l.flush()
		times, status, _ := strings.Cut(header, "\n")
		at, err := moment(times)
		if err != nil {
			return err
		}
		l.at, text = at, status
	}
	if text == "" {
		return nil
	}
	if text[0] < 'A' || text[0] > 'Z' {
		return fmt.Errorf("%.40q is no status of a file", text)
	}
	l.status = text[0]
	return nil
}

// path takes in a path of the entry that is read; renames and copies have two.
func (l *log) path(text string) {
	l.paths = append(l.paths, text)
	two := l.status == 'R' || l.status == 'C'
	if two && len(l.paths) < 2 {
		return
	}
	switch l.status {
	case 'A':
		l.births = append(l.births, l.paths[0])
	case 'C':
		l.births = append(l.births, l.paths[1])
	case 'R':
		l.renames = append(l.renames, [2]string{l.paths[0], l.paths[1]})
	}
	l.status, l.paths = 0, l.paths[:0]
}

// flush ends a commit: what it adds is dated by it, unless an older one has added it before and it was removed in between;
// what it renames is looked for under its former name from here on.
func (l *log) flush() {
	for _, path := range l.births {
		if key, found := l.followed[path]; found && !l.at.IsZero() && (l.added[key].IsZero() || l.at.Before(l.added[key])) {
			l.added[key] = l.at
		}
	}
	former := map[string]string{}
	for _, r := range l.renames {
		if key, found := l.followed[r[1]]; found {
			former[r[0]] = key
			delete(l.followed, r[1])
		}
	}
	for path, key := range former { // at once: files may have taken each other's names
		l.followed[path] = key
	}
	l.births, l.renames = l.births[:0], l.renames[:0]
}

// moment returns the date of a commit from the seconds at which it was written and committed: the earlier one of those that
// can be believed.
func moment(times string) (at time.Time, err error) {
	for text := range strings.FieldsSeq(times) {
		seconds, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return at, fmt.Errorf("%.40q is no date of a commit", times)
		}
		if t := time.Unix(seconds, 0).UTC(); seconds >= oldest && (at.IsZero() || t.Before(at)) {
			at = t
		}
	}
	return at, nil
}
