package preset

import (
	"path"
	"regexp"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
)

// nikola is Nikola 8: the files of one line of POSTS or PAGES.
func nikola() Preset {
	p := Preset{
		Name: "nikola", Permalink: "/posts/:path/", URLKeys: []string{}, Settings: []string{"USE_SLUGIFY", "pages"},
		DataFiles: nikolaData, Inherit: nikolaInherit, DateOf: func(string) string { return "" },
		Skip: nikolaSkip, Title: func(a *source.Article) string { return a.Link.File },
	}
	p.Use = func(settings map[string]string) (Preset, error) {
		asIs, pages := settings["USE_SLUGIFY"] == "false", settings["pages"] == "true"
		p.Address = func(a *source.Article, file string, fields []frontmatter.Field) error {
			return nikolaAddress(a, file, asIs)
		}
		p.Translate = func(file string, fields []frontmatter.Field, data []Data) []frontmatter.Field {
			return nikolaFields(fields, pages)
		}
		return p, nil
	}
	p, _ = p.Use(nil)
	return p
}

// nikolaData names the file beside a post that holds what others have in a header.
func nikolaData(file string) []string {
	return []string{strings.TrimSuffix(file, path.Ext(file)) + ".meta"}
}

func nikolaInherit(file string, own []frontmatter.Field, data []Data) ([]frontmatter.Field, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if err := data[0].Err; err != nil {
		return nil, source.Refuse(0, 0, data[0].Path+", which holds its header, cannot be read: "+err.Error())
	}
	return data[0].Fields, nil
}

// nikolaFields reads status, and the tags that are states.
func nikolaFields(fields []frontmatter.Field, pages bool) []frontmatter.Field {
	var more []frontmatter.Field
	words := strings.FieldsFunc(strings.ToLower(member(fields, "tags")+","+member(fields, "status")), func(r rune) bool { return r == ',' || r == ' ' })
	for _, word := range words {
		if word == "draft" || word == "private" {
			more = append(more, setting("draft", "true"))
		}
	}
	if pages {
		more = append(more, setting("feed", "false"))
	}
	return frontmatter.Merge(fields, more)
}

func nikolaSkip(file string, fields []frontmatter.Field) string {
	if len(fields) == 0 {
		return "it has no header, and there is no " + path.Base(nikolaData(file)[0]) + " beside it"
	}
	return ""
}

var notInNikolaSlug = regexp.MustCompile(`[^+\pL\p{Mn}\p{Mc}\p{Nd}\p{Nl}_\s-]`)

// nikolaAddress writes folders and slug in place of :path: the header's, else the file's name as Nikola spells it.
func nikolaAddress(a *source.Article, file string, asIs bool) error {
	slug := a.Link.Slug
	if slug == "" {
		slug = bare(file)
		if asIs {
			slug = strings.Map(func(r rune) rune {
				if strings.ContainsRune("/\\?#\"'\r\n\t*:<>|", r) {
					return '-'
				}
				return r
			}, slug)
		} else {
			ascii, ok := asciiOf(slug)
			if !ok {
				return refusedSlug("slug", slug, errOtherScript)
			}
			slug = gapsInSlug.ReplaceAllString(strings.ToLower(strings.TrimSpace(notInNikolaSlug.ReplaceAllString(ascii, ""))), "-")
		}
	}
	if slug == "index" { // it is its folder, whatever PRETTY_URLS says
		a.Link.Pattern = strings.TrimSuffix(strings.ReplaceAll(a.Link.Pattern, ":path", escaped(folderOf(file))), ".html")
		return nil
	}
	place(a, map[string]string{"path": path.Join(folderOf(file), slug), "name": slug, "slug": slug})
	return nil
}
