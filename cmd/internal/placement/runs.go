package placement

import "slices"

// runs are stretches of seconds, in milliseconds, that are known to be taken: in order, apart from
// each other. Only what was raised is noted, so they are as few as the moments that articles share.
type runs []struct{ from, to int64 } // to is the first second behind

// after returns the first second from at on that is not known to be taken.
func (r runs) after(at int64) int64 {
	if i := r.find(at); i < len(r) && r[i].from <= at {
		return r[i].to
	}
	return at
}

// find returns the first run that ends behind at.
func (r runs) find(at int64) int {
	i, _ := slices.BinarySearchFunc(r, at, func(run struct{ from, to int64 }, at int64) int {
		if run.to <= at {
			return -1
		}
		return 1
	})
	return i
}

// add notes that all from one second to another, both included, are taken. One second alone is
// not noted: most articles have theirs to themselves.
func (r *runs) add(from, last int64) {
	if from != last {
		r.join(from, last+1000)
	}
}

func (r *runs) join(from, to int64) {
	i := r.find(from - 1) // one that ends at from is joined
	j := i
	for ; j < len(*r) && (*r)[j].from <= to; j++ {
		from, to = min(from, (*r)[j].from), max(to, (*r)[j].to)
	}
	*r = slices.Replace(*r, i, j, struct{ from, to int64 }{from, to})
}
