package syntax

import (
	"strings"

	"herald/source/text"
)

// Ends finds the end tags of a text, which is searched through once for each name as long as the offsets that are asked for
// rise.
type Ends struct {
	text  string
	next  map[string]Mark // by the name of the end tag: the first at or behind asked
	asked map[string]int
}

// Find returns the end tag that belongs to a tag that does not nest; its end is 0 where there is none.
func (f *Ends) Find(m Mark) Mark {
	for _, name := range endNames(m) {
		if end := f.after(name, m.End); end.End > 0 {
			return end
		}
	}
	return Mark{}
}

// NewEnds returns the Ends of a text.
func NewEnds(text string) *Ends {
	return &Ends{text: text, next: map[string]Mark{}, asked: map[string]int{}}
}

// endNames returns how a tag may be ended.
func endNames(m Mark) []string {
	if m.Form == ShortcodeForm {
		return []string{"/" + m.Name}
	}
	if m.BeginsRaw() || m.Name == "highlight" || m.Name == "comment" {
		return []string{"end" + m.Name} // of Liquid: Zola, whose tags all end with "end", has none of these
	}
	return []string{"end" + m.Name, "end"}
}

// maxEndNames is how many names of end tags are looked for in one text.
const maxEndNames = 100

// after returns the first tag of a name at or behind an offset. Offsets only grow, so that what was found once
// stands for all that ask before it.
func (f *Ends) after(name string, at int) Mark {
	if known, ok := f.next[name]; ok && f.asked[name] <= at && (known.End == 0 || known.Start >= at) {
		return known
	}
	if _, ok := f.next[name]; !ok && len(f.next) >= maxEndNames {
		return Mark{}
	}
	f.asked[name] = at
	f.next[name] = f.search(name, at)
	return f.next[name]
}

// search looks for a tag of a name.
func (f *Ends) search(name string, at int) Mark {
	open := "{%"
	if strings.HasPrefix(name, "/") {
		open = "{{"
	}
	for {
		next := strings.Index(f.text[at:], open)
		if next < 0 {
			return Mark{}
		}
		at += next
		if rest := f.text[at+2 : min(len(f.text), at+100)]; strings.HasPrefix(strings.TrimLeft(rest, "-<% \t\r\n"), name) || strings.HasPrefix(name, "/") {
			if m, ok := Read(f.text, at); ok && m.Name == name {
				return m
			}
		}
		at += 2
	}
}

// Closing returns the offset of the next end of an element, in any case, or -1.
func (f *Ends) Closing(end string, at int) int {
	key := "<" + end
	if known, ok := f.next[key]; !ok || f.asked[key] > at || known.End != 0 && known.Start < at {
		f.asked[key] = at
		f.next[key] = Mark{}
		if found := indexFold(f.text[at:], end); found >= 0 {
			f.next[key] = Mark{Start: at + found, End: at + found + len(end)}
		}
	}
	if f.next[key].End == 0 {
		return -1
	}
	return f.next[key].Start
}

// indexFold is strings.Index for an end that begins with "<" or "-", in any case.
func indexFold(s, end string) int {
	for from := 0; ; from++ {
		at := strings.IndexByte(s[from:], end[0])
		if at < 0 {
			return -1
		}
		if from += at; text.HasPrefixFold(s[from:], end) {
			return from
		}
	}
}
