package preset

import (
	"path"
	"regexp"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
)

// eleventy is Eleventy 1 to 3 (11ty.dev/docs/permalinks, 11ty.dev/docs/dates). The source's root is its input folder.
func eleventy() Preset {
	return Preset{
		Name: "eleventy", Permalink: ownPath, FrontMatterRequired: true, URLKeys: []string{"permalink"},
		DataFiles: eleventyData, Inherit: eleventyInherit, Translate: eleventyFields, DateOf: eleventyDate, Skip: eleventySkip, Address: eleventyAddress,
	}
}

// eleventyData returns the data files of a page: those of its folders, then its own. Those that are programs are not read.
func eleventyData(file string) []string {
	var all []string
	for _, folder := range foldersAbove(file)[1:] {
		name := path.Join(folder, path.Base(folder))
		all = append(all, name+".json", name+".11tydata.json")
	}
	name := strings.TrimSuffix(file, path.Ext(file))
	return append(all, name+".json", name+".11tydata.json")
}

// eleventyInherit returns what the data files say, the nearest first.
func eleventyInherit(file string, own []frontmatter.Field, data []Data) ([]frontmatter.Field, error) {
	var more []frontmatter.Field
	for i := len(data) - 1; i >= 0; i-- {
		if data[i].Err != nil {
			return nil, source.Refuse(0, 0, data[i].Path+", which holds data for it, cannot be read: "+data[i].Err.Error())
		}
		more = frontmatter.Merge(more, data[i].Fields)
	}
	for i, f := range more {
		if f.Key != "permalink" || f.Value.Kind != frontmatter.Scalar {
			continue
		}
		if at, ok := eleventyTemplate(f.Value.Text, file, own); ok {
			more[i].Value.Text = at
		}
	}
	return more, nil
}

var (
	eleventyMark = regexp.MustCompile(`{{-?\s*(.*?)\s*-?}}`)
	datedStem    = regexp.MustCompile(`\d{4}-\d{2}-\d{2}-(.*)`)
	isoDate      = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)
)

// eleventyTemplate expands the marks in a permalink of a data file that mean the names of files; ok is false where there are others.
func eleventyTemplate(permalink, file string, own []frontmatter.Field) (at string, ok bool) {
	ok = true
	at = eleventyMark.ReplaceAllStringFunc(permalink, func(mark string) string {
		switch eleventyMark.FindStringSubmatch(mark)[1] {
		case "page.fileSlug", "page.fileSlug | slug", "page.fileSlug | slugify":
			return escaped(fileSlug(file))
		case "page.filePathStem":
			return escaped(path.Join("/", folderOf(file), withoutDate(bare(file))))
		case "slug":
			if slug := member(own, "slug"); slug != "" {
				return escaped(slug)
			}
		}
		ok = false
		return mark
	})
	return at, ok && !strings.Contains(at, "{%")
}

// withoutDate takes the date off a name as page.fileSlug does.
func withoutDate(name string) string {
	if m := datedStem.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}

// fileSlug is page.fileSlug.
func fileSlug(file string) string {
	name := withoutDate(bare(file))
	if name != "index" {
		return name
	}
	if folder := folderOf(file); folder != "" {
		return withoutDate(path.Base(folder))
	}
	return ""
}

// eleventyFields drops the words that name no date of the article's own, and reads what keeps a page out of collections.
func eleventyFields(file string, fields []frontmatter.Field, data []Data) []frontmatter.Field {
	var kept []frontmatter.Field
	for _, f := range fields {
		switch {
		case f.Key == "date" && isEleventyWord(f.Value.Text):
			continue
		case f.Key == "eleventyExcludeFromCollections" && f.Value.Text == "true":
			f = frontmatter.Field{Key: "feed", Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: "false"}}
		case f.Key == "permalink" && f.Value.Kind == frontmatter.Mapping:
			if build := member(f.Value.Fields, "build"); build != "" {
				f.Value = frontmatter.Value{Kind: frontmatter.Scalar, Text: build, Line: f.Value.Line, Column: f.Value.Column}
			}
		}
		kept = append(kept, f)
	}
	return kept
}

func isEleventyWord(date string) bool {
	switch strings.ToLower(strings.TrimSpace(date)) {
	case "last modified", "created", "git last modified", "git created":
		return true
	}
	return false
}

// eleventyDate returns the first date in a path, of a folder too.
func eleventyDate(file string) string { return isoDate.FindString(file) }

func eleventySkip(file string, fields []frontmatter.Field) string {
	if field(fields, "pagination").Kind == frontmatter.Mapping {
		return "its front matter says pagination, so Eleventy makes several pages of it"
	}
	return ""
}

// eleventyAddress sets the path of a page. Its date stays in it; a file that is called as its folder is that folder's page.
func eleventyAddress(a *source.Article, file string, fields []frontmatter.Field) error {
	if a.Link.Own {
		a.Link.Pattern = withoutIndex(a.Link.Pattern)
		return nil
	}
	dir, name := folderOf(file), bare(file)
	own := path.Join(dir, name)
	if name == "index" || dir != "" && path.Base(dir) == name {
		own = dir
	}
	place(a, map[string]string{"path": own, "name": text.NFC(fileSlug(file)), "slug": fileSlug(file)})
	return nil
}
