package marks

import (
	"strings"

	"herald/source/marks/syntax"
)

// tagTable returns what becomes of tags, by name. One that is not in it is dropped with a warning, and the text between
// it and its end tag stays.
func tagTable() map[string]tag {
	return map[string]tag{
		// What protects code, comments, and code.
		"raw": {write: beginRaw}, "verbatim": {write: beginRaw},
		"comment":   {verbatim: true, write: nothing},
		"highlight": {verbatim: true, write: code}, "codeblock": {verbatim: true, write: code}, "code": {verbatim: true, write: code},
		"prism": {verbatim: true, write: code}, "mermaid": {verbatim: true, write: code}, "code-toggle": {verbatim: true, write: code},
		// What assigns, and what only belongs to another tag.
		"assign": {write: assign}, "set": {write: assign}, "capture": {verbatim: true, write: capture},
		"else": {write: silent}, "elsif": {write: silent}, "elseif": {write: silent}, "elif": {write: silent}, "when": {write: silent},
		"break": {write: silent}, "continue": {write: silent}, "increment": {write: silent}, "decrement": {write: silent},
		"for": {write: loop}, "tablerow": {write: loop},
		"toc": {write: silent}, "tableofcontents": {write: silent}, "more": {write: silent},
		// Pieces of text.
		"include": {write: include}, "include_cached": {write: include}, "param": {write: param},
		// Links between files, to URLs that are known once all articles are.
		"post_url": {write: reference}, "post_path": {write: reference}, "post_link": {write: postLink},
		"link": {write: linkTag}, "ref": {write: reference}, "relref": {write: reference},
		// Images and media.
		"figure": {write: figure}, "img": {write: figure}, "image": {write: figure}, "asset_img": {write: figure}, "picture": {write: figure},
		"asset_path": {write: assetPath}, "asset_link": {write: assetLink},
		"video": {write: media("video")}, "audio": {write: media("audio")},
		"youtube": {write: address(youtubeURL)}, "vimeo": {write: address(vimeoURL)}, "gist": {write: address(gistURL)},
		"x": {write: address(postURL)}, "tweet": {write: address(postURL)}, "twitter": {write: address(postURL)},
		"instagram": {write: address(instagramURL)}, "iframe": {write: address(plainURL)},
		// Blocks of text.
		"details":    {write: details, close: "</details>"},
		"blockquote": {write: quote, close: "</blockquote>"}, "quote": {write: quote, close: "</blockquote>"},
		"pullquote": {write: quote, close: "</blockquote>"}, "centerquote": {write: quote, close: "</blockquote>"}, "cq": {write: quote, close: "</blockquote>"},
	}
}

func nothing(e *expander, m syntax.Mark, _ string) { e.drop(m) }

func silent(e *expander, m syntax.Mark, _ string) {
	e.drop(m)
	e.dest.poisoned = e.dest.start >= 0
}

// beginRaw lets template marks stand as they are up to the end tag.
func beginRaw(e *expander, m syntax.Mark, _ string) {
	if !m.BeginsRaw() || e.ends.Find(m).End == 0 {
		e.dropUnknown(m)
		return
	}
	e.raw = true
	e.drop(m)
}

// code writes what stands between two tags as code. Hexo's has a title before its options.
func code(e *expander, m syntax.Mark, inner string) {
	html := codeBlock(e.withoutContainers(unprotected(inner)))
	if m.Form == syntax.TagForm && (m.Name == "codeblock" || m.Name == "code") {
		if title := syntax.ReadArgs(m.Args).Words(); title != "" {
			html = "<figure><figcaption>" + inert(title) + "</figcaption>" + html + "</figure>"
		}
	}
	e.block(m, html)
}

// withoutContainers returns the lines between two tags without the marks of the containers that the tags stand in.
func (e *expander) withoutContainers(inner string) string {
	prefix, _ := e.linePrefix()
	if !e.markdown || prefix == "" {
		return inner
	}
	var b strings.Builder
	for line := range strings.Lines(inner) {
		at := 0
		for at < len(prefix) && at < len(line) && (line[at] == ' ' || line[at] == '>' && strings.Contains(prefix, ">")) {
			at++
		}
		b.WriteString(line[at:])
	}
	return b.String()
}

// param writes a field of the front matter.
func param(e *expander, m syntax.Mark, _ string) {
	if e.facts.Field != nil {
		if v, ok := e.facts.Field(syntax.ReadArgs(m.Args).At(0)); ok {
			e.put(m, v)
			return
		}
	}
	e.dropUnknown(m)
}

// reference writes the address of the article that a tag refers to, where that of a link stands; in running text it would
// say nothing. What stands before it is the address of the site.
func reference(e *expander, m syntax.Mark, _ string) {
	start, is := linkStart(e.out)
	if !is || e.facts.Reference == nil {
		e.dropUnknown(m)
		return
	}
	address, is := e.facts.Reference(e.text[m.Start:m.End])
	if !is {
		e.dropUnknown(m)
		return
	}
	e.out = append(e.out[:start], address...)
	e.dest.poisoned = false
	e.drop(m)
}

// postLink writes Hexo's link to another article.
func postLink(e *expander, m syntax.Mark, _ string) {
	a := syntax.ReadArgs(m.Args)
	if e.facts.Reference != nil && len(a.List) > 0 {
		if address, is := e.facts.Reference(e.text[m.Start:m.End]); is {
			words := strings.Join(a.List[1:], " ")
			if words == "" {
				words = a.List[0]
			}
			e.phrase(m, link(address, words))
			return
		}
	}
	e.dropUnknown(m)
}

// linkTag is Jekyll's link to a file, or Hexo's link to an address.
func linkTag(e *expander, m syntax.Mark, inner string) {
	a := syntax.ReadArgs(m.Args)
	for i, word := range a.List {
		if strings.Contains(word, "://") {
			e.phrase(m, link(word, strings.Join(a.List[:i], " ")))
			return
		}
	}
	reference(e, m, inner)
}
