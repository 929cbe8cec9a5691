package feeds

import (
	"errors"
	"fmt"
)

// Check is the gate before a document of ours is published: it returns what is wrong with it, or
// nil. It holds that the document is well-formed XML 1.0 or JSON from its first byte to its last,
// bears the mark, has its required elements, a self link and item links on hosts (host, or
// host:port), ids that no two items share, guids that are permalinks only while they equal the
// link, and dates of publication that can be read and strictly decrease.
func Check(kind Kind, doc []byte, hosts []string) error {
	err := errors.New("unknown kind of feed")
	for _, f := range Formats() {
		if f.Kind == kind {
			err = f.Check(doc, hosts)
		}
	}
	if err != nil {
		return fmt.Errorf("check %s feed: %w", kind, err)
	}
	return nil
}

func newGate(hosts []string) *gate { return &gate{hosts: hosts, ids: map[string]bool{}} }

func checkRSS(doc []byte, hosts []string) error {
	g := newGate(hosts)
	return g.xml(doc, g.rss)
}

func checkAtom(doc []byte, hosts []string) error {
	g := newGate(hosts)
	return g.xml(doc, g.atom)
}

func checkJSON(doc []byte, hosts []string) error { return newGate(hosts).json(doc) }
