package preset

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
)

// address sets the path that Hugo makes of a page.
func (h hugoSite) address(a *source.Article, name string, fields []frontmatter.Field) error {
	p := h.page(a, name, fields)
	if a.Link.Own {
		a.Link.Pattern = h.own(p, a.Link.Pattern)
		return nil
	}
	expanded := p.expand(a.Link.Pattern)
	if a.Link.Pattern != ownPath {
		var err error
		if expanded, err = url.QueryUnescape(expanded); err != nil { // so Hugo does: a plus becomes a space
			return source.Refuse(0, 0, fmt.Sprintf("permalink %s: %v", a.Link.Pattern, err))
		}
	}
	at := strings.TrimLeft(h.path(path.Clean("/"+expanded)), "/")
	switch {
	case at == "":
	case h.ugly:
		at += ".html"
	default:
		at += "/"
	}
	if h.prefix != "" {
		at = h.prefix + "/" + at
	}
	a.Link.Pattern = "/" + literal(at)
	return nil
}

// own returns the path that front matter's url means. It stays as it is written but for the slash at its end, which it gets
// unless it names a file. Without a slash before it, it lies in the folder of the language.
func (h hugoSite) own(p hugoPage, written string) string {
	to := strings.ReplaceAll(written, `\`, "/")
	if strings.Contains(to, ":") {
		if expanded, err := url.QueryUnescape(p.expand(to)); err == nil {
			to = expanded
		}
	}
	inside := !strings.HasPrefix(to, "/")
	if strings.Contains(to, "..") {
		to = path.Join("/", to)
	}
	isFile := strings.Contains(to, ".") && !strings.HasSuffix(to, "/")
	to = "/" + strings.Join(strings.FieldsFunc(to, func(r rune) bool { return r == '/' }), "/")
	if !isFile && to != "/" {
		to += "/"
	}
	if inside && h.prefix != "" && !strings.HasPrefix(to, "/"+h.prefix) {
		to = "/" + h.prefix + to
	}
	return literal(to)
}

// page returns what the placeholders are expanded from.
func (h hugoSite) page(a *source.Article, name string, fields []frontmatter.Field) hugoPage {
	name = path.Join(h.target, text.NFC(name))
	p := hugoPage{spelling: h.spelling, dir: strings.TrimPrefix(path.Dir(name), "."), date: wallClock(a, fields), title: member(fields, "title")}
	p.file = h.cutLanguage(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	if p.file == "index" {
		p.file, p.dir = path.Base(p.dir), strings.TrimPrefix(path.Dir(p.dir), ".")
	}
	p.slug = strings.Trim(text.NFC(member(fields, "slug")), "-")
	if h.nameGivesAll || h.nameGives && a.DatedBy != source.DatedByFrontMatter {
		if _, rest, dated := datedName(p.file); dated && p.slug == "" {
			p.slug = rest
		}
	}
	h.sections(&p, fields)
	return p
}

// sections returns those folders above a page that are sections, the first and each with a file _index, and what they are
// called: by slug or title.
func (h hugoSite) sections(p *hugoPage, fields []frontmatter.Field) {
	folders := foldersAbove(p.dir + "/")
	known := field(fields, sectionsField)
	for i, folder := range folders[1:] {
		at := slices.IndexFunc(known.Items, func(v frontmatter.Value) bool { return path.Join(h.target, v.Text) == folder })
		if i > 0 && at < 0 && known.Kind != frontmatter.Null {
			continue
		}
		name := path.Base(h.spelling.file(folder))
		p.sections = append(p.sections, name)
		if at >= 0 {
			if called := known.Items[at].Member("name"); called != "" {
				name = called
			}
		}
		p.names = append(p.names, p.path(name))
	}
}
