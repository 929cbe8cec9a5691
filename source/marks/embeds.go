package marks

import (
	"regexp"
	"strings"

	"herald/source/marks/syntax"
)

var (
	imageName = regexp.MustCompile(`(?i)[/.].*\.(?:a?png|jpe?g|gif|webp|avif|svg|bmp)|^[^\s]+\.(?:a?png|jpe?g|gif|webp|avif|svg|bmp)$|^(?:https?:)?//|^/`)
	wordOnly  = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	sizeOnly  = regexp.MustCompile(`^\d+(?:px|%)?$`)
)

// figure writes an image with its caption.
func figure(e *expander, m syntax.Mark, _ string) {
	a := syntax.ReadArgs(m.Args)
	src := a.Get("src", "url", "image_path", "path", "file", "image", "link_src")
	alt, title := a.Get("alt", "alt_text"), a.Get("title")
	if src == "" {
		src, alt, title = positionalImage(a.List, alt, title)
	}
	if src == "" {
		e.dropUnknown(m)
		return
	}
	if m.Name != "figure" && alt == "" {
		alt = title
	}
	img := "<img" + attr("src", src) + attr("alt", alt) + ">"
	if target := a.Get("link", "href"); target != "" {
		img = "<a" + attr("href", target) + ">" + img + "</a>"
	}
	caption := a.Get("caption", "description")
	if m.Name == "figure" {
		caption = joinWords(" – ", title, caption, a.Get("attr"))
	}
	if caption != "" {
		img += "<figcaption>" + e.phraseHTML(caption) + "</figcaption>"
	} else if !e.aloneOnLine(m) {
		e.put(m, img)
		return
	}
	e.block(m, "<figure>"+img+"</figure>")
}

// positionalImage reads the arguments of Hexo's images: classes, address, sizes, title, alternative text.
func positionalImage(list []string, alt, title string) (src, altText, titleText string) {
	for i, word := range list {
		if !imageName.MatchString(word) {
			continue
		}
		words := list[i+1:]
		for len(words) > 0 && sizeOnly.MatchString(words[0]) {
			words = words[1:]
		}
		return word, joinWords(" ", append([]string{alt}, words...)...), title
	}
	if len(list) == 1 {
		return list[0], alt, title
	}
	return "", alt, title
}

func joinWords(between string, words ...string) string {
	var kept []string
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, between)
}

// aloneOnLine reports whether nothing else stands on the line of a mark.
func (e *expander) aloneOnLine(m syntax.Mark) bool {
	_, alone := e.linePrefix()
	return alone && e.endsLine(m.End)
}

// assetPath writes the address of a file beside the article.
func assetPath(e *expander, m syntax.Mark, _ string) {
	if e.dest.start < 0 {
		e.dropUnknown(m)
		return
	}
	e.put(m, syntax.ReadArgs(m.Args).At(0))
}

// assetLink writes a link to a file beside the article.
func assetLink(e *expander, m syntax.Mark, _ string) {
	a := syntax.ReadArgs(m.Args)
	if len(a.List) == 0 {
		e.dropUnknown(m)
		return
	}
	e.phrase(m, link(a.List[0], strings.Join(a.List[1:], " ")))
}

// media writes a video or a sound.
func media(name string) func(*expander, syntax.Mark, string) {
	return func(e *expander, m syntax.Mark, _ string) {
		a := syntax.ReadArgs(m.Args)
		src := a.First("src", "url", "file", "path", "mp4")
		if a.Get("provider") == "youtube" || a.Get("id") != "" && src == a.At(0) {
			address(youtubeURL)(e, m, "")
			return
		}
		if src == "" {
			e.dropUnknown(m)
			return
		}
		e.block(m, "<"+name+attr("src", src)+attr("poster", a.Get("poster"))+"></"+name+">")
	}
}

// address writes a link to what a mark would have embedded.
func address(of func(syntax.Args) string) func(*expander, syntax.Mark, string) {
	return func(e *expander, m syntax.Mark, _ string) {
		a := syntax.ReadArgs(m.Args)
		to := of(a)
		if to == "" {
			e.dropUnknown(m)
			return
		}
		e.phrase(m, link(to, a.Get("title", "caption")))
	}
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

func plainURL(a syntax.Args) string {
	if u := a.First("src", "url"); isAddress(u) || strings.HasPrefix(u, "/") {
		return u
	}
	return ""
}

// byID returns an address that holds one word, or the address itself where it is written whole.
func byID(before, id, after string) string {
	switch {
	case isAddress(id):
		return id
	case wordOnly.MatchString(id):
		return before + id + after
	}
	return ""
}

func youtubeURL(a syntax.Args) string {
	return byID("https://www.youtube.com/watch?v=", a.First("id", "video", "url"), "")
}

func vimeoURL(a syntax.Args) string { return byID("https://vimeo.com/", a.First("id", "url"), "") }

func instagramURL(a syntax.Args) string {
	return byID("https://www.instagram.com/p/", a.First("id", "url"), "/")
}

func postURL(a syntax.Args) string {
	id := a.First("id", "url")
	if user := a.Get("user"); wordOnly.MatchString(user) {
		return byID("https://x.com/"+user+"/status/", id, "")
	}
	return byID("https://x.com/i/status/", id, "")
}

// gistURL reads Hugo's "user id [file]" and Jekyll's "user/id [file]" and "id".
func gistURL(a syntax.Args) string {
	user, id, whole := strings.Cut(a.First("id", "url"), "/")
	switch {
	case isAddress(a.At(0)):
		return a.At(0)
	case whole && wordOnly.MatchString(user):
		return byID("https://gist.github.com/"+user+"/", id, "")
	case len(a.List) > 1 && wordOnly.MatchString(user) && !strings.Contains(a.List[1], "."):
		return byID("https://gist.github.com/"+user+"/", a.List[1], "")
	}
	return byID("https://gist.github.com/", user, "")
}

// details writes the beginning of what a reader opens.
func details(e *expander, m syntax.Mark, _ string) {
	words := syntax.ReadArgs(m.Args).First("summary", "title")
	if words == "" {
		words = "Details"
	}
	e.block(m, "<details><summary>"+inert(words)+"</summary>")
}

// quote writes the beginning of a quotation, with its author.
func quote(e *expander, m syntax.Mark, _ string) {
	a := syntax.ReadArgs(m.Args)
	who := a.Get("author", "name", "cite")
	if who == "" && m.Form == syntax.TagForm && (m.Name == "blockquote" || m.Name == "quote") {
		who = strings.Join(a.List, " ")
	}
	if who != "" {
		who = "<p>" + inert(who) + "</p>"
	}
	e.block(m, "<blockquote>"+who)
}
