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

// seenChanges is where a source was seen changing.
type seenChanges struct {
	source  string
	changes *pendingChanges
}
