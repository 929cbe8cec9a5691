package engine

import "maps"

// maxChangedKeys is how many changed files are looked at one by one; more make a whole scan.
const maxChangedKeys = 64

// pendingChanges says where a source was seen changing: in some entries, or anywhere.
type pendingChanges struct {
	anywhere bool
	keys     map[string]bool
}

func changedAnywhere() *pendingChanges { return &pendingChanges{anywhere: true} }

func changedKey(key string) *pendingChanges {
	return &pendingChanges{keys: map[string]bool{key: true}}
}

// add takes in what else was seen.
func (p *pendingChanges) add(other *pendingChanges) {
	p.anywhere = p.anywhere || other.anywhere || len(p.keys)+len(other.keys) > maxChangedKeys
	if p.keys == nil {
		p.keys = map[string]bool{}
	}
	maps.Copy(p.keys, other.keys)
}

// addChanges notes where a source should be looked at, and wakes the loop.
func (e *Engine) addChanges(source string, seen *pendingChanges) {
	e.mu.Lock()
	if e.changes[source] == nil {
		e.changes[source] = &pendingChanges{}
	}
	e.changes[source].add(seen)
	e.mu.Unlock()
	wake(e.work)
}

// takeChanges returns where a source was seen changing, and forgets it; nil is nowhere.
func (e *Engine) takeChanges(source string) *pendingChanges {
	e.mu.Lock()
	defer e.mu.Unlock()
	seen := e.changes[source]
	delete(e.changes, source)
	return seen
}
