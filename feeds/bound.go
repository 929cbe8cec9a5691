package feeds

import (
	"cmp"

	"herald/source"
)

// tail is more than what a document of any format takes behind its items, in bytes.
const tail = 64

// items writes the items of a feed behind what doc holds, each by write, and keeps the bound on the document: over it the
// oldest items are shown without their content, and if that does not do, the oldest leave.
//
// Whole content is written once: until the bound is reached, and what is over it is cut off again.
func (f *Feed) items(doc *[]byte, write func(a *source.Article, c Content)) {
	begin, room := len(*doc), f.Bytes-tail
	var ends []int // of the items that are written, each with its content
	for _, a := range f.Items {
		write(a, f.Content)
		if f.Bytes > 0 && len(*doc) > room {
			break
		}
		ends = append(ends, len(*doc))
	}
	if len(ends) == len(f.Items) {
		return
	}
	whole := len(ends)
	*doc = (*doc)[:cmp.Or(last(ends), begin)]
	if cmp.Or(f.Content, Full) != Full {
		return
	}
	short, rest := f.short(doc, write), 0
	for _, n := range short[whole:] {
		rest += n
	}
	for ; whole > 0 && ends[whole-1]+rest > room; whole-- {
		rest += short[whole-1]
	}
	*doc = (*doc)[:cmp.Or(last(ends[:whole]), begin)]
	for i, a := range f.Items[whole:] {
		if len(*doc)+short[whole+i] > room {
			return
		}
		write(a, Summary)
	}
}

// short returns how many bytes each item takes without its content. It leaves doc as it is.
func (f *Feed) short(doc *[]byte, write func(a *source.Article, c Content)) []int {
	at, sizes := len(*doc), make([]int, 0, len(f.Items))
	for _, a := range f.Items {
		write(a, Summary)
		sizes = append(sizes, len(*doc)-at+1) // a comma may come before it
		*doc = (*doc)[:at]
	}
	return sizes
}

// last returns the last of some numbers; 0 where there is none.
func last(all []int) int {
	if len(all) == 0 {
		return 0
	}
	return all[len(all)-1]
}
