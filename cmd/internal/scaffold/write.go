package scaffold

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
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
	b.WriteString(tail)
	return b.String()
}

func found(generator string) string {
	switch {
	case generator == "":
		return "plain files"
	case strings.HasPrefix(generator, "E"):
		return "an " + generator + " site"
	}
	return "a " + generator + " site"
}

// numbered returns "1 file", "2 files".
func numbered(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
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
	fmt.Fprint(b, "site:\n  # Where readers find the site. Nothing is published until this is changed.\n  url: https://change-me.invalid\n")
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
	fmt.Fprintf(b, "  - name: %s\n    path: %s\n", scalar(src.name), scalar(src.path))
	fmt.Fprintf(b, "    front_matter: %s\n    permalink: %s\n", s.frontMatter(), scalar(src.permalink))
	for _, globs := range []struct {
		key  string
		list []string
	}{{"include", src.include}, {"exclude", src.exclude}} {
		if len(globs.list) == 0 {
			continue
		}
		words := make([]string, len(globs.list))
		for i, g := range globs.list {
			words[i] = doubleQuoted(g)
		}
		fmt.Fprintf(b, "    %s: [%s]\n", globs.key, strings.Join(words, ", "))
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
