package main

import (
	"fmt"
	"strings"
)

// corpus is what one set's articles are made from: a seed and how odd they may be.
type corpus struct {
	seed, count int
	plain       bool // dated and updated, with ids of their own, and nothing refused
}

// file returns the name and text of article number i.
func (c corpus) file(i int) (name, text string) {
	t := newTeller(c.seed, i)
	if c.plain {
		return c.plainFile(t, i)
	}
	ending := t.pick("md", "md", "md", "markdown", "html", "htm", "txt", "txt")
	name = fmt.Sprintf("%s/%s.%s", t.folder(), t.stem(i), ending)
	if t.in(8) {
		return name, t.bare(ending)
	}
	language := t.pick("yaml", "yaml", "yaml", "yaml", "flow", "toml", "json", "---json", "---toml")
	if t.in(3) && i > 10 { // the article of another number under another name
		_, text = c.file(i - 1 - t.IntN(9))
		return name, text
	}
	front := matter(language, t.fields(i))
	if t.in(1) {
		front = t.spoiled(front)
	}
	if t.in(3) {
		front = "\ufeff" + strings.ReplaceAll(front, "\n", "\r\n")
	}
	return name, front + "\n" + t.body(ending)
}

func (c corpus) plainFile(t teller, i int) (string, string) {
	day := fmt.Sprintf("%d-%02d-%02dT%02d:%02d:%02dZ", 2010+i/5000, 1+i/400%12, 1+i/15%28, i%24, i/24%60, i%60)
	fields := []field{
		{"title", t.title()}, {"id", fmt.Sprintf("urn:compare:%d", i)}, {"date", raw(day)}, {"last_modified_at", raw(day)},
		{"categories", t.terms()}, {"excerpt", t.sentences(2)}, {"image", t.picture()},
	}
	ending := t.pick("md", "md", "html", "txt")
	return fmt.Sprintf("%03d/%06d.%s", i/250, i, ending), matter("flow", fields) + "\n" + t.body(ending)
}

// put writes the whole corpus below a folder.
func (c corpus) put(s *site, folder string) {
	for i := range c.count {
		name, text := c.file(i)
		s.write(folder+"/"+name, text)
	}
}

// some returns the names of every nth article below a folder.
func (c corpus) some(folder string, every int) []string {
	var all []string
	for i := every / 2; i < c.count; i += every {
		name, _ := c.file(i)
		all = append(all, folder+"/"+name)
	}
	return all
}

func (t teller) folder() string {
	return t.pick("2024/봄", "2025/여름/_posts", "정치", "정치/외교", "문화", "a/b/c/d", "_posts", "sports", "가 나 다", "x#y%z", "\u1112\u1161\u11ab")
}

func (t teller) stem(i int) string {
	stem := fmt.Sprintf("%s-%d", strings.ReplaceAll(t.pick(t.thing(), "story", "Report", "100%", "a&b", "그 날"), " ", t.pick("-", " ", "_")), i)
	switch {
	case t.in(12):
		return fmt.Sprintf("%d-%02d-%02d-%s", 2019+t.IntN(10), 1+t.IntN(12), 1+t.IntN(31), stem) // some name no day
	case t.in(3):
		return stem + "/index"
	}
	return stem
}

// bare is an article without front matter.
func (t teller) bare(ending string) string {
	switch {
	case t.in(20):
		return t.body(ending)
	case ending == "html" || ending == "htm":
		return "<html><head><title>" + t.sentence() + "</title></head><body><h1>" + t.sentence() + "</h1>" + t.body(ending) + "</body></html>"
	case ending == "txt":
		return t.title() + "\n\n" + t.body(ending)
	}
	return "# " + t.title() + "\n\n" + t.body(ending)
}

// spoiled breaks front matter.
func (t teller) spoiled(front string) string {
	switch t.IntN(5) {
	case 0:
		return strings.TrimRight(strings.TrimRight(front, "\n"), "-+}")
	case 1:
		return strings.Replace(front, "\n", "\ntitle: 두 번\ntitle: 또\n", 1)
	case 2:
		return strings.Replace(front, "\n", "\n\t탭: [\n", 1)
	case 3:
		return strings.Replace(front, "\n", "\ndate: 2024-02-30\n", 1)
	}
	return front[:len(front)/2]
}
