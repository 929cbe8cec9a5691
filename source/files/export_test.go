package files

// SortedNames packs names and gives them back in order, folders with their "/".
func SortedNames(files, folders []string) (out []string) {
	n := &names{}
	for _, name := range files {
		n.add(child{name: name})
	}
	for _, name := range folders {
		n.add(child{name: name + "/", folder: true})
	}
	n.sort()
	for i := range n.len() {
		if c := n.at(i); c.folder != (c.name[len(c.name)-1] == '/') {
			panic(c)
		}
		out = append(out, n.at(i).name)
	}
	return out
}

// ParsesLong reports whether a long file is being parsed, so that no other may be.
func (s *Source) ParsesLong() bool {
	if s.big.TryLock() {
		s.big.Unlock()
		return false
	}
	return true
}
