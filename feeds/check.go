package feeds

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
