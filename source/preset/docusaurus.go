package preset

import (
	"path"
	"regexp"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
)

// docusaurus is Docusaurus 2 and 3: the blog, whose pages stand below its routeBasePath; with the setting docs the manual.
func docusaurus() Preset {
	p := Preset{
		Name: "docusaurus", Permalink: "/blog/:path", URLKeys: []string{}, Settings: []string{"docs"},
		DataFiles: docusaurusData, Translate: docusaurusFields, DateOf: docusaurusDate, Skip: docusaurusSkip, Address: docusaurusPost, Title: docusaurusTitle,
	}
	p.Use = func(settings map[string]string) (Preset, error) {
		if settings["docs"] == "true" {
			p.Permalink, p.Address, p.DateOf = "/docs/:path", docusaurusPage, func(string) string { return "" }
			p.DataFiles, p.Title = nil, nil
		}
		return p, nil
	}
	return p
}

// docusaurusData names the file that says who the authors are.
func docusaurusData(file string) []string { return []string{"authors.yml", "authors.json"} }

// docusaurusFields puts people in place of the keys of authors.yml, and reads the states that Docusaurus has.
func docusaurusFields(file string, fields []frontmatter.Field, data []Data) []frontmatter.Field {
	var kept []frontmatter.Field
	for _, f := range fields {
		switch f.Key {
		case "authors", "author":
			f.Value = namedAuthors(f.Value, data)
		case "tags":
			f.Value = tagLabels(f.Value)
		case "unlisted":
			if f.Value.Text == "true" {
				kept = append(kept, setting("robots", "noindex"), setting("feed", "false"))
			}
		}
		kept = append(kept, f)
	}
	if name := member(fields, "author_title"); name != "" && member(fields, "author") == "" {
		kept = append(kept, setting("author", name))
	}
	return kept
}

// setting returns a field with a text.
func setting(key, text string) frontmatter.Field {
	return frontmatter.Field{Key: key, Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: text}}
}

// namedAuthors returns the people that keys mean; what is no key stays.
func namedAuthors(v frontmatter.Value, data []Data) frontmatter.Value {
	switch v.Kind {
	case frontmatter.List:
		items := make([]frontmatter.Value, len(v.Items))
		for i, item := range v.Items {
			items[i] = namedAuthors(item, data)
		}
		v.Items = items
	case frontmatter.Scalar:
		for _, d := range data {
			if person := field(d.Fields, v.Text); person.Kind == frontmatter.Mapping {
				return person
			}
		}
	case frontmatter.Mapping:
		if key := v.Member("key"); key != "" && v.Member("name") == "" {
			return namedAuthors(frontmatter.Value{Kind: frontmatter.Scalar, Text: key}, data)
		}
	}
	return v
}

// tagLabels returns tags that are written as {label: …, permalink: …} as texts.
func tagLabels(v frontmatter.Value) frontmatter.Value {
	if v.Kind != frontmatter.List {
		return v
	}
	items := make([]frontmatter.Value, len(v.Items))
	for i, item := range v.Items {
		if items[i] = item; item.Member("label") != "" {
			items[i] = setting("", item.Member("label")).Value
		}
	}
	v.Items = items
	return v
}

// postName is the DATE_FILENAME_REGEX of Docusaurus: folder, date, text.
var postName = regexp.MustCompile(`^(.*?)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:/index)?$`)

// post takes the path of a post apart.
func post(file string) (date, slug, text string) {
	stem := path.Join(folderOf(file), bare(file))
	if m := postName.FindStringSubmatch(stem); m != nil {
		return strings.ReplaceAll(m[2], "/", "-"), "/" + strings.ReplaceAll(m[2], "-", "/") + "/" + m[1] + m[3], m[3]
	}
	stem = strings.TrimSuffix(stem, "/index")
	return "", "/" + stem, stem
}

func docusaurusDate(file string) string {
	date, _, _ := post(file)
	return date
}

// docusaurusTitle is the name of the file, without its date.
func docusaurusTitle(a *source.Article) string { return a.Link.Name }

func docusaurusSkip(file string, fields []frontmatter.Field) string {
	switch {
	case strings.HasPrefix(path.Base(file), "_") || strings.Contains(file, "/_"):
		return "Docusaurus passes over names that begin with an underscore"
	case strings.Contains(file, ".test.") || strings.Contains(file, "__tests__"):
		return "Docusaurus passes over tests"
	}
	return ""
}

// docusaurusPost writes a post's slug in place of :path: front matter's, else what the path says.
func docusaurusPost(a *source.Article, file string, fields []frontmatter.Field) error {
	_, slug, _ := post(file)
	if own := member(fields, "slug"); own != "" {
		slug = own
	}
	place(a, map[string]string{"path": strings.TrimPrefix(slug, "/")})
	return nil
}

var numberPrefix = regexp.MustCompile(`^\d+\s*[-_.]+\s*([^-_.\s].*)$`)

// withoutNumber takes "01-" off the name of a file or folder of the manual; dates and versions stay.
func withoutNumber(name string) string {
	if regexp.MustCompile(`^\d+[-_.]\d+`).MatchString(name) {
		return name
	}
	if m := numberPrefix.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}

// docusaurusPage writes the path of a page of the manual in place of :path: front matter's slug from the root of the manual or from the
// page's folder, else folders and id. index, README and a file called as its folder are the folder's page.
func docusaurusPage(a *source.Article, file string, fields []frontmatter.Field) error {
	var folders []string
	if dir := folderOf(file); dir != "" {
		for part := range strings.SplitSeq(dir, "/") {
			folders = append(folders, withoutNumber(part))
		}
	}
	folder, name := strings.Join(folders, "/"), withoutNumber(bare(file))
	slug := member(fields, "slug")
	switch lower := strings.ToLower(name); {
	case strings.HasPrefix(slug, "/"):
		place(a, map[string]string{"path": strings.TrimPrefix(slug, "/")})
		return nil
	case slug == "" && (lower == "index" || lower == "readme" || len(folders) > 0 && lower == strings.ToLower(folders[len(folders)-1])):
		place(a, map[string]string{"path": folder + "/"})
		return nil
	case slug != "":
		name = slug
	case member(fields, "id") != "":
		name = member(fields, "id")
	}
	place(a, map[string]string{"path": path.Join(folder, name)})
	return nil
}
