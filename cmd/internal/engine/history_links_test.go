package engine_test

import (
	"path"
	"slices"
	"strings"
)

// linked returns the paragraph of an article with its links: to the file beside it, and to the one article that has the
// name.
func (h *history) linked(f *fact) string {
	var beside, named []*fact
	for _, other := range h.model.facts {
		if !other.stands(h.now) {
			continue
		}
		file := path.Join(path.Dir(f.key), f.file)
		if (other.source == f.source && other.key == file || h.model.copies[f.source][file] == other) && h.conf.origin(f.source) != nil {
			beside = append(beside, other)
		}
		if slices.Contains(other.names(), f.neighbour) {
			named = append(named, other)
		}
	}
	return "<p>이웃: " + h.link(beside, "앞") + " " + h.link(named, "뒤") + "</p>"
}

// names are those of the article's file, as it is called now even where what it says is refused, with and without a date before
// it, and its title.
func (f *fact) names() []string {
	file := strings.TrimSuffix(path.Base(f.key), ".md")
	all := []string{file, strings.ReplaceAll(f.title, " ", "-")}
	if dated := datePrefix.FindStringSubmatch(file); dated != nil {
		all = append(all, dated[2])
	}
	return all
}

// link returns a label that leads to the one article that there is.
func (h *history) link(to []*fact, label string) string {
	if len(to) != 1 {
		return label
	}
	return `<a href="` + h.model.site + to[0].path + `">` + label + "</a>"
}
