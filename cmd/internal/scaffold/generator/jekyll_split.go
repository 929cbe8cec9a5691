package generator

import (
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// jekyllFolder is a folder of documents of one kind, before the defaults of the config are asked for parts of it.
type jekyllFolder struct {
	kind      string // posts, or the label of a collection
	name      string // of the source
	folder    string // below the site's root; "" where _posts folders are all over it
	permalink string // "": the preset's
	undated   string
}

// jekyllScope is one of the defaults of _config.yml: values for the documents of a kind whose path begins in some way.
type jekyllScope struct {
	path   string // "" is all
	kind   string // "" is all
	values settings
}

// scopes returns the defaults of the config that may concern a kind of documents.
func (j *jekyllSite) scopes(kind string) []jekyllScope {
	var all []jekyllScope
	for _, d := range j.m.parts("defaults") {
		scope := d.part("scope")
		s := jekyllScope{path: strings.TrimPrefix(scope.text("path"), "/"), kind: scope.text("type"), values: d.part("values")}
		if s.kind == "post" {
			s.kind = "posts"
		}
		s.path = strings.TrimPrefix(s.path, "./")
		if dir := strings.Trim(j.m.text("collections_dir"), "/"); dir != "" {
			s.path = strings.TrimPrefix(s.path, dir+"/")
		}
		if s.kind == "" || s.kind == kind {
			all = append(all, s)
		}
	}
	return all
}

// valuesAt returns what the scopes say of all documents whose path begins with at. The longer path goes before the shorter,
// a scope with a kind before one without, the later before the earlier.
func valuesAt(scopes []jekyllScope, at string) settings {
	values := settings{}
	var last *jekyllScope
	for i := range scopes {
		s := &scopes[i]
		if s.path != at && (strings.Contains(s.path, "*") || !strings.HasPrefix(at, s.path)) {
			continue
		}
		wins := last == nil || len(s.path) > len(last.path) || len(s.path) == len(last.path) && (s.kind != "" || last.kind == "")
		for key, v := range s.values {
			if _, there := values[key]; wins || !there {
				values[key] = v
			}
		}
		if wins {
			last = s
		}
	}
	return values
}

// jekyllValues are the defaults that change what herald takes in.
func jekyllValues(values settings) settings {
	kept := settings{}
	for _, key := range []string{"permalink", "published", "categories", "category", "tags", "tag", "author", "lang", "slug", "date", "sitemap"} {
		if v, there := values[key]; there && v != nil {
			kept[key] = v
		}
	}
	return kept
}

// split returns the source of a folder, and one for each part of it of which the defaults say something else.
func (j *jekyllSite) split(f jekyllFolder) []Source {
	scopes := j.scopes(f.kind)
	whole := jekyllValues(valuesAt(scopes, f.folder))
	var parts []string
	for _, s := range scopes {
		inside := s.path != "" && (f.folder == "" || strings.HasPrefix(s.path, f.folder+"/"))
		if inside && !slices.Contains(parts, s.path) && !reflect.DeepEqual(jekyllValues(valuesAt(scopes, s.path)), whole) {
			parts = append(parts, s.path)
		}
	}
	slices.Sort(parts)
	all := []Source{j.origin(f, "", whole, parts)}
	for _, part := range parts {
		values := jekyllValues(valuesAt(scopes, part))
		if published, set := values.flag("published"); set && !published {
			continue // the whole leaves it out
		}
		deeper := slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == part || !strings.HasPrefix(p, part) })
		all = append(all, j.origin(f, part, values, deeper))
	}
	if published, set := whole.flag("published"); set && !published {
		j.hint("defaults: published: false for all " + f.kind)
		all = all[1:]
	}
	return all
}

// origin returns the source of a folder or of a part of it, without the parts that are sources of their own.
func (j *jekyllSite) origin(f jekyllFolder, part string, values settings, without []string) Source {
	o := Source{Name: f.name, Path: dotSlash(path.Join(j.root, f.folder)), Permalink: f.permalink, Undated: f.undated}
	o.Exclude = j.excluded(f.folder)
	for _, p := range without {
		o.Exclude = append(o.Exclude, beginning(below(p, f.folder))...)
	}
	o.Include = j.included(f, part)
	if part != "" {
		o.Name = f.name + "-" + strings.Trim(strings.Map(nameRune, below(part, f.folder)), "-")
		o.Comment = "defaults in " + j.config + " for " + part
	}
	if own := values.text("permalink"); own != "" {
		o.Permalink = j.pattern(own, f.kind)
	}
	o.Defaults = j.fields(values)
	return o
}

// nameRune keeps letters of a path that can stand in the name of a source.
func nameRune(r rune) rune {
	if strings.ContainsRune(`*?[]{}/\ _`, r) {
		return '-'
	}
	return r
}

// below returns a path as it is below a folder.
func below(p, folder string) string {
	if folder == "" {
		return p
	}
	return strings.TrimPrefix(p, folder+"/")
}

// beginning returns the patterns of all files whose path begins with p, as Jekyll's scopes have it.
func beginning(p string) []string {
	p = strings.TrimSuffix(p, "/")
	return []string{p + "*", p + "*/**"}
}

// included returns the patterns of the files of a part: nil where they are herald's own.
func (j *jekyllSite) included(f jekyllFolder, part string) []string {
	part = strings.TrimSuffix(below(part, f.folder), "/")
	kinds := []string{"md", "markdown", "html", "htm", "txt"}
	kinds = append(kinds, j.moreMarkdown(f.folder)...)
	switch folders := ""; {
	case f.folder != "" && part == "" && len(kinds) == 5:
		return nil
	case f.folder == "" && !strings.Contains(part, "_posts"):
		folders = "**/_posts/**/*."
		if part != "" {
			folders = part + "*/" + folders
		}
		return withKinds(folders, kinds)
	case part == "":
		return withKinds("**/*.", kinds)
	case path.Ext(part) != "" && !strings.Contains(part, "*"):
		return []string{part}
	default:
		return append(withKinds(part+"*.", kinds), withKinds(part+"*/**/*.", kinds)...)
	}
}

func withKinds(prefix string, kinds []string) []string {
	var all []string
	for _, kind := range kinds {
		all = append(all, prefix+kind)
	}
	return all
}

// moreMarkdown returns the extensions of Markdown in a folder that herald does not read by itself.
func (j *jekyllSite) moreMarkdown(folder string) []string {
	there := map[string]bool{}
	eachFile(filepath.Join(j.dir, j.root, folder), func(rel string) {
		if ext := strings.TrimPrefix(path.Ext(rel), "."); slices.Contains([]string{"mkd", "mkdn", "mkdown"}, ext) && (folder != "" || strings.Contains("/"+rel, "/_posts/")) {
			there[ext] = true
		}
	})
	return slices.Sorted(maps.Keys(there))
}

// fields returns the defaults that herald has a place for.
func (j *jekyllSite) fields(values settings) map[string]any {
	fields := map[string]any{}
	for plural, singular := range map[string]string{"categories": "category", "tags": "tag"} {
		var all []any
		if one := values.text(plural); one != "" {
			for word := range strings.FieldsSeq(one) {
				all = append(all, word)
			}
		} else {
			for _, one := range values.list(plural) {
				all = append(all, one)
			}
		}
		if one := values.text(singular); one != "" {
			all = append(all, one)
		}
		if len(all) > 0 {
			fields[plural] = all
		}
	}
	if who := values.text("author"); who != "" && !isDir(filepath.Join(j.dir, "_data"), "authors") && firstFile(j.dir, "_data/authors.yml", "_data/authors.yaml") == "" {
		fields["author"] = who
	}
	if tag := languageTag(values.text("lang")); tag != "" {
		fields["lang"] = tag
	}
	if in, set := values.flag("sitemap"); set && !in {
		fields["sitemap"] = false
	}
	for _, key := range []string{"slug", "date"} {
		if values.text(key) != "" {
			j.note("defaults: " + key + ": " + values.text(key) + "; write it into the articles")
		}
	}
	return fields
}
