package scaffold

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"herald/source/preset"
)

// yaml returns the config with a comment on every choice.
func (s *site) yaml(count Files) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Written by herald init for %s. Every key: config/README.md of herald.\n\n", found(s.generator))
	s.writeSite(&b)
	fmt.Fprintf(&b, "\n# The folder that stands at site.url: /feed.xml lies at feed.xml in it.\npublish:\n  to: %s\n", scalar(s.folder()))
	fmt.Fprint(&b, "\nsources:\n")
	fmt.Fprintf(&b, "  # front_matter: required leaves files without front matter out. Here it takes in %s,\n  # optional takes in %s.\n", numbered(count.Required), numbered(count.Optional))
	for _, src := range s.sources {
		s.writeSource(&b, src)
	}
	for _, note := range s.notes {
		fmt.Fprintf(&b, "# Not taken over: %s\n", oneLine(note))
	}
	for _, line := range s.advice() {
		fmt.Fprintf(&b, "# %s\n", oneLine(line))
	}
	s.writePages(&b)
	b.WriteString(tail)
	return b.String()
}

// maxPages is how many pages are written down.
const maxPages = 100

// writePages writes the pages that are no articles as a comment.
func (s *site) writePages(b *strings.Builder) {
	if len(s.pages) == 0 || len(s.pages) > maxPages {
		return
	}
	fmt.Fprint(b, "\n# Pages that are no articles. Uncomment those that search engines shall find.\n# sitemap:\n#   pages:\n")
	for _, at := range s.pages {
		fmt.Fprintf(b, "#     - {url: %s}\n", doubleQuoted(at))
	}
}

// advice returns what the operator should know and do outside herald.yaml, a line each.
func (s *site) advice() []string {
	lines := slices.Clone(s.hints)
	for _, o := range s.outputs {
		lines = append(lines, fmt.Sprintf("%s is written by %s too: %s", o.Path, o.By, o.Advice))
	}
	if len(s.excludes.Names) > 0 {
		lines = append(lines, fmt.Sprintf("Add to %s: %s", s.excludes.Place, strings.Join(s.excludes.Names, ", ")))
	}
	return append(lines, "Add to .gitignore: "+strings.Join(s.unversioned(), ", "))
}

func found(generator string) string {
	switch {
	case generator == "":
		return "plain files"
	case strings.HasPrefix(generator, "E"), strings.HasPrefix(generator, "A"):
		return "an " + generator + " site"
	}
	return "a " + generator + " site"
}

// tail is the part of the config that is the same for everybody.
const tail = `
# Who is told of each new, changed and removed article. IndexNow reaches Bing, Yandex, Naver,
# Seznam and others, which share what one of them hears.
notify:
  indexnow: true
  # To tell Naver itself, use this line in place of the one above:
  # indexnow: {endpoints: ["https://api.indexnow.org/indexnow", "https://searchadvisor.naver.com/indexnow"]}

# Uncomment it to let herald run answer readers itself.
# serve: {listen: ":8080"}
`

func (s *site) writeSite(b *strings.Builder) {
	fmt.Fprint(b, "site:\n  # Where readers find the site. Nothing is published until this is changed.\n")
	if s.url != "" {
		fmt.Fprintf(b, "  # url: %s   (from %s)\n", s.url, s.urlFrom)
	}
	fmt.Fprint(b, "  url: https://change-me.invalid\n")
	for _, line := range [][2]string{{"title", s.title}, {"description", s.description}, {"language", s.language}} {
		if line[1] != "" {
			fmt.Fprintf(b, "  %s: %s\n", line[0], scalar(line[1]))
		}
	}
	if s.language == "" {
		fmt.Fprint(b, "  # language: ko-KR\n")
	}
	fmt.Fprintf(b, "  # Dates without an offset are read in this zone.\n  timezone: %s\n", scalar(s.zone))
	switch {
	case s.author != "" && s.email != "":
		fmt.Fprintf(b, "  author: {name: %s, email: %s}\n", scalar(s.author), scalar(s.email))
	case s.author != "":
		fmt.Fprintf(b, "  author: {name: %s}\n", scalar(s.author))
	}
}

func (s *site) writeSource(b *strings.Builder, src origin) {
	if src.comment != "" {
		fmt.Fprintf(b, "  # %s\n", oneLine(src.comment))
	}
	fmt.Fprintf(b, "  # %s\n", oneLine(src.files.report(src.name, src.path).Sentence()))
	fmt.Fprintf(b, "  - name: %s\n    path: %s\n", scalar(src.name), scalar(src.path))
	if s.preset != "" {
		fmt.Fprintf(b, "    preset: %s\n", scalar(s.preset))
	}
	fmt.Fprintf(b, "    front_matter: %s\n", s.frontMatter())
	if src.permalink != "" && !s.presetHas(src) {
		fmt.Fprintf(b, "    permalink: %s\n", scalar(src.permalink))
	}
	writeList(b, "include", src.include)
	writeList(b, "exclude", src.exclude)
	if src.undated != "" {
		fmt.Fprintf(b, "    undated: %s\n", src.undated)
	}
	writeList(b, "dates", src.dates)
	writeDefaults(b, src.fields)
}

// presetHas reports whether the preset's own pattern is this one.
func (s *site) presetHas(src origin) bool {
	as := preset.For(s.preset, path.Base(src.path))
	return as != nil && as.Permalink == src.permalink
}

func writeList(b *strings.Builder, key string, list []string) {
	if len(list) > 0 {
		fmt.Fprintf(b, "    %s: %s\n", key, flowList(list))
	}
}

// flowList returns a list in one line.
func flowList(list []string) string {
	words := make([]string, len(list))
	for i, one := range list {
		words[i] = doubleQuoted(one)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// writeDefaults writes what articles have that do not say otherwise: texts and lists of texts.
func writeDefaults(b *strings.Builder, fields settings) {
	if len(fields) == 0 {
		return
	}
	fmt.Fprint(b, "    defaults:\n")
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if one := fields.text(key); one != "" {
			fmt.Fprintf(b, "      %s: %s\n", key, scalar(one))
		} else if yes, set := fields.flag(key); set {
			fmt.Fprintf(b, "      %s: %t\n", key, yes)
		} else if many := fields.list(key); len(many) > 0 {
			fmt.Fprintf(b, "      %s: %s\n", key, flowList(many))
		}
	}
}

var (
	plainScalar = regexp.MustCompile(`^(?:[\p{L}/]|[.]/)[\p{L}\p{N}./_:-]*( [\p{L}\p{N}./_-]+)*$`)
	yamlWord    = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|null|y|n)$`)
)

// scalar returns a YAML scalar that is read back as s.
func scalar(s string) string {
	if plainScalar.MatchString(s) && !strings.Contains(s, ": ") && !strings.HasSuffix(s, ":") && !yamlWord.MatchString(s) {
		return s
	}
	return doubleQuoted(s)
}

// doubleQuoted returns a double-quoted YAML scalar; JSON's strings are YAML's. ${ would be replaced by
// the config and is doubled.
func doubleQuoted(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "${", "$${"))
	return strings.Map(dropUnprintable, strings.TrimSuffix(b.String(), "\n"))
}

// dropUnprintable drops what YAML allows nowhere in a file, and the marks that change the line
// or the order of letters unseen.
func dropUnprintable(r rune) rune {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfeff, r == 0xfffe, r == 0xffff, r == 0x2028, r == 0x2029:
		return -1
	}
	return r
}

// oneLine returns text that others wrote as one printable line.
func oneLine(s string) string {
	return strings.Map(dropUnprintable, strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "))
}
