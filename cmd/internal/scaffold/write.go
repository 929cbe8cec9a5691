package scaffold

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"herald/cmd/internal/scaffold/generator"
)

// yaml returns the config with a comment on every choice.
func (s *site) yaml(count Files) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Written by herald init for %s. Every key: config/README.md of herald.\n\n", called(s.found.Generator))
	s.writeSite(&b)
	fmt.Fprintf(&b, "\n# The folder that stands at site.url: /feed.xml lies at feed.xml in it.\npublish:\n  to: %s\n", scalar(s.found.PublishTo))
	fmt.Fprint(&b, "\nsources:\n")
	fmt.Fprintf(&b, "  # front_matter: required leaves files without front matter out. Here it takes in %s,\n  # optional takes in %s.\n", numbered(count.Required), numbered(count.Optional))
	for _, src := range s.sources {
		s.writeSource(&b, src)
	}
	for _, note := range s.found.Notes {
		fmt.Fprintf(&b, "# Not taken over: %s\n", generator.OneLine(note))
	}
	for _, line := range s.advice() {
		fmt.Fprintf(&b, "# %s\n", generator.OneLine(line))
	}
	s.writePages(&b)
	b.WriteString(tail)
	return b.String()
}

// maxPages is how many pages are written down.
const maxPages = 100

// writePages writes the pages that are no articles as a comment.
func (s *site) writePages(b *strings.Builder) {
	if len(s.found.Pages) == 0 || len(s.found.Pages) > maxPages {
		return
	}
	fmt.Fprint(b, "\n# Pages that are no articles. Uncomment those that search engines shall find.\n# sitemap:\n#   pages:\n")
	for _, at := range s.found.Pages {
		fmt.Fprintf(b, "#     - {url: %s}\n", doubleQuoted(at))
	}
}

// advice returns what the operator should know and do outside herald.yaml, a line each.
func (s *site) advice() []string {
	lines := slices.Clone(s.found.Hints)
	for _, o := range s.found.Outputs {
		lines = append(lines, fmt.Sprintf("%s is written by %s too: %s", o.Path, o.By, o.Advice))
	}
	if len(s.found.Excludes.Names) > 0 {
		lines = append(lines, fmt.Sprintf("Add to %s: %s", s.found.Excludes.Place, strings.Join(s.found.Excludes.Names, ", ")))
	}
	return append(lines, "Add to .gitignore: "+strings.Join(s.unversioned(), ", "))
}

func called(generator string) string {
	switch {
	case generator == "":
		return "plain files"
	case generator == "HTML pages":
		return generator
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
	if s.found.URL != "" {
		fmt.Fprintf(b, "  # url: %s   (from %s)\n", s.found.URL, s.found.URLFrom)
	}
	fmt.Fprint(b, "  url: https://change-me.invalid\n")
	for _, line := range [][2]string{{"title", s.found.Title}, {"description", s.found.Description}, {"language", s.found.Language}} {
		if line[1] != "" {
			fmt.Fprintf(b, "  %s: %s\n", line[0], scalar(line[1]))
		}
	}
	if s.found.Language == "" {
		fmt.Fprint(b, "  # language: ko-KR\n")
	}
	fmt.Fprintf(b, "  # Dates without an offset are read in this zone.\n  timezone: %s\n", scalar(s.found.Zone))
	switch {
	case s.found.Author != "" && s.found.Email != "":
		fmt.Fprintf(b, "  author: {name: %s, email: %s}\n", scalar(s.found.Author), scalar(s.found.Email))
	case s.found.Author != "":
		fmt.Fprintf(b, "  author: {name: %s}\n", scalar(s.found.Author))
	}
}

func (s *site) writeSource(b *strings.Builder, src origin) {
	if src.is.Comment != "" {
		fmt.Fprintf(b, "  # %s\n", generator.OneLine(src.is.Comment))
	}
	fmt.Fprintf(b, "  # %s\n", generator.OneLine(src.files.report(src.is.Name, src.is.Path).Sentence()))
	fmt.Fprintf(b, "  - name: %s\n    path: %s\n", scalar(src.is.Name), scalar(src.is.Path))
	if s.found.Preset != "" {
		fmt.Fprintf(b, "    preset: %s\n", scalar(s.found.Preset))
	}
	writeSettings(b, src.is.Settings)
	fmt.Fprintf(b, "    front_matter: %s\n", s.frontMatter())
	if src.is.Permalink != "" && !s.presetHas(src) {
		fmt.Fprintf(b, "    permalink: %s\n", scalar(src.is.Permalink))
	}
	writeList(b, "include", src.is.Include)
	writeList(b, "exclude", src.is.Exclude)
	if src.is.Undated != "" {
		fmt.Fprintf(b, "    undated: %s\n", src.is.Undated)
	}
	writeList(b, "dates", src.is.Dates)
	writeKeys(b, src.is.Fields)
	writeDefaults(b, src.is.Defaults)
}

// presetHas reports whether the preset's own pattern is this one.
func (s *site) presetHas(src origin) bool {
	as := s.presetOf(&src)
	return as != nil && as.Permalink == src.is.Permalink
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

// writeSettings writes the settings of the generator, in one line.
func writeSettings(b *strings.Builder, of map[string]string) {
	if len(of) == 0 {
		return
	}
	var pairs []string
	for _, key := range slices.Sorted(maps.Keys(of)) {
		pairs = append(pairs, key+": "+doubleQuoted(of[key]))
	}
	fmt.Fprintf(b, "    settings: {%s}\n", strings.Join(pairs, ", "))
}

// writeKeys writes which keys the files have for fields of ours, in one line.
func writeKeys(b *strings.Builder, of map[string][]string) {
	if len(of) == 0 {
		return
	}
	var pairs []string
	for _, ours := range slices.Sorted(maps.Keys(of)) {
		pairs = append(pairs, ours+": "+flowList(of[ours]))
	}
	fmt.Fprintf(b, "    fields: {%s}\n", strings.Join(pairs, ", "))
}

// writeDefaults writes what articles have that do not say otherwise: texts and lists of texts.
func writeDefaults(b *strings.Builder, fields map[string]any) {
	if len(fields) == 0 {
		return
	}
	fmt.Fprint(b, "    defaults:\n")
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		switch v := fields[key].(type) {
		case string:
			if v != "" {
				fmt.Fprintf(b, "      %s: %s\n", key, scalar(v))
			}
		case bool:
			fmt.Fprintf(b, "      %s: %t\n", key, v)
		case []any:
			var words []string
			for _, one := range v {
				words = append(words, fmt.Sprint(one))
			}
			fmt.Fprintf(b, "      %s: %s\n", key, flowList(words))
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
	return strings.Map(generator.DropUnprintable, strings.TrimSuffix(b.String(), "\n"))
}
