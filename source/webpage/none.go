package webpage

import (
	"path"
	"strings"

	"herald/source/text"
)

// none returns why a page is no article: it sends readers on, or tells them of an error.
func (s *scan) none(file, title string, dated bool) string {
	if target := s.head.refresh; target != "" {
		return "it only sends readers on to " + target
	}
	name := strings.ToLower(strings.TrimSuffix(path.Base(file), path.Ext(file)))
	if name == "index" {
		name = path.Base(path.Dir(file))
	}
	switch name {
	case "404", "403", "500", "50x", "error", "not-found", "notfound":
		if !dated {
			return "it is the page for an address that leads nowhere"
		}
	}
	if !dated && saysNotFound(title) {
		return "it is the page for an address that leads nowhere, by its title"
	}
	return ""
}

// saysNotFound reports whether a title says nothing but that there is no page, the name of the site aside.
func saysNotFound(title string) bool {
	for {
		switch strings.ToLower(text.Collapse(strings.NewReplacer(":", " ", "-", " ", "–", " ", "—", " ", "!", " ", ".", " ").Replace(title))) {
		case "404", "404 not found", "404 page not found", "404 error", "error 404", "page not found", "not found", "페이지를 찾을 수 없습니다", "404 페이지를 찾을 수 없습니다",
			"ページが見つかりません", "页面未找到", "404 页面未找到":
			return true
		}
		i := strings.LastIndexFunc(title, isMark)
		if i <= 0 {
			return false
		}
		title = strings.TrimSpace(title[:i])
	}
}
