package preset

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
)

// The keys of what Inherit finds out of a page's folders. No front matter has such a key.
const (
	sectionsField = ":sections" // the sections above the page, each by its folder, with its name as its only member
	bundleField   = ":bundle"   // the page's file is a part of the page in this folder
)

// dataFiles returns the files _index of the folders above a page, and the pages that it may be a part of.
func (h hugoSite) dataFiles(name string) []string {
	var all []string
	add := func(folder, base string) {
		all = append(all, path.Join(folder, base+".md"))
		if h.language != "" {
			all = append(all, path.Join(folder, base+"."+h.language+".md"))
		}
	}
	base, _, _ := strings.Cut(path.Base(name), ".")
	for _, folder := range foldersAbove(name) {
		add(folder, "_index")
		if base != "index" && folder != "" {
			add(folder, "index")
		}
	}
	return all
}

// foldersAbove returns the folders that a path lies in, the root first as "".
func foldersAbove(name string) []string {
	all := []string{""}
	for i := range len(name) {
		if name[i] == '/' {
			all = append(all, name[:i])
		}
	}
	return all
}

// inherit returns the fields that cascade from the pages above, the date that lastmod gives, and what is known of the folders.
func (h hugoSite) inherit(name string, own []frontmatter.Field, data []Data) ([]frontmatter.Field, error) {
	more := h.cascade(name, own)
	sections := frontmatter.Value{Kind: frontmatter.List}
	for _, d := range slices.Backward(data) {
		folder, base := path.Dir(d.Path), path.Base(d.Path)
		if strings.HasPrefix(base, "index.") {
			return []frontmatter.Field{{Key: bundleField, Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: folder}}}, nil
		}
		if d.Err != nil {
			return nil, source.Refuse(0, 0, fmt.Sprintf("%s, whose cascade holds for it, cannot be read: %v", d.Path, d.Err))
		}
		more = frontmatter.Merge(more, h.cascade(name, d.Fields))
		called := strings.Trim(member(d.Fields, "slug"), "-")
		if called == "" {
			called = member(d.Fields, "title")
		}
		sections.Items = append(sections.Items, frontmatter.Value{Kind: frontmatter.Scalar, Text: folder, Fields: []frontmatter.Field{
			{Key: "name", Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: called}},
		}})
	}
	more = frontmatter.Merge(more, h.cascade(name, h.cascading))
	more = append(more, frontmatter.Field{Key: sectionsField, Value: sections})
	return append(more, h.lateDate(name, frontmatter.Merge(own, more))...), nil
}

// lateDate returns the date of a page that has none of its own, for Hugo takes lastmod then, and with frontmatter.date the
// file name in any form.
func (h hugoSite) lateDate(name string, fields []frontmatter.Field) []frontmatter.Field {
	for _, key := range []string{"date", "publishdate", "pubdate"} {
		if member(fields, key) != "" {
			return nil
		}
	}
	written := member(fields, "lastmod")
	if written == "" {
		written = member(fields, "modified")
	}
	if base := h.cutLanguage(strings.TrimSuffix(path.Base(name), path.Ext(name))); h.nameGives {
		if base == "index" {
			base = path.Base(path.Dir(name))
		}
		if at, _, ok := datedName(base); ok {
			written = at.Format("2006-01-02 15:04:05")
		}
	}
	if written == "" || strings.ContainsAny(member(fields, "published"), "0123456789") {
		return nil
	}
	return []frontmatter.Field{{Key: "date", Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: written}}}
}

// readCascade reads the cascade of the site's config, as JSON.
func (h *hugoSite) readCascade(text string) error {
	if text == "" {
		return nil
	}
	var given any
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return err
	}
	var err error
	h.cascading, err = frontmatter.FromMap(map[string]any{"cascade": given})
	return err
}

// cascade returns the fields that front matter hands on to a page.
func (h hugoSite) cascade(name string, fields []frontmatter.Field) []frontmatter.Field {
	var more []frontmatter.Field
	given := field(fields, "cascade")
	blocks := given.Items
	if given.Kind == frontmatter.Mapping {
		blocks = []frontmatter.Value{given}
	}
	for _, block := range blocks {
		target := field(block.Fields, "target")
		if target.Kind == frontmatter.Null {
			target = field(block.Fields, "_target")
		}
		if !h.meant(name, target) {
			continue
		}
		var handed []frontmatter.Field
		for _, f := range block.Fields {
			if key := strings.ToLower(f.Key); !slices.Contains([]string{"target", "_target", "params", "cascade", "path", "kind", "lang"}, key) {
				handed = append(handed, f)
			}
		}
		more = frontmatter.Merge(more, handed)
	}
	return more
}

// meant reports whether a page is one that a cascade's target means.
func (h hugoSite) meant(name string, target frontmatter.Value) bool {
	at := "/" + strings.ToLower(path.Join(h.target, name))
	page := strings.TrimSuffix(at, path.Ext(at))
	page = strings.TrimSuffix(h.cutLanguage(page), "/index")
	for _, t := range target.Fields {
		want := strings.ToLower(strings.TrimSpace(t.Value.Text))
		fits := true
		switch strings.ToLower(t.Key) {
		case "path":
			fits = globMatches(want, page) || globMatches(want, at)
		case "kind":
			fits = globMatches(want, "page")
		case "lang":
			fits = h.language == "" || globMatches(want, h.language)
		case "environment":
			fits = globMatches(want, "production")
		}
		if !fits && want != "" {
			return false
		}
	}
	return true
}
