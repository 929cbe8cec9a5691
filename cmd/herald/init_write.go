package main

import (
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// yaml writes the config with a word on every choice.
func (s *siteFound) yaml(count fileCount) string {
	var b strings.Builder
	what := "plain files"
	if s.generator != "" {
		what = article(s.generator) + " site"
	}
	fmt.Fprintf(&b, "# Written by herald init for %s. Every key: config/README.md of herald.\n\n", what)
	s.writeSite(&b)
	fmt.Fprintf(&b, "\n# The folder that stands at site.url: /feed.xml lies at feed.xml in it.\npublish:\n  to: %s\n", quoted(s.folder()))
	fmt.Fprint(&b, "\nsources:\n")
	fmt.Fprintf(&b, "  # front_matter: required leaves files without front matter out. Here it takes in %s,\n  # optional takes in %s.\n", counted(count.Required, "file"), counted(count.Optional, "file"))
	for _, src := range s.sources {
		s.writeSource(&b, src)
	}
	for _, note := range s.notes {
		fmt.Fprintf(&b, "# Not taken over: %s\n", oneLine(note))
	}
	b.WriteString(tail)
	return b.String()
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

func (s *siteFound) writeSite(b *strings.Builder) {
	fmt.Fprint(b, "site:\n  # Where readers find the site. Nothing is published until this is changed.\n  url: https://change-me.invalid\n")
	for _, line := range [][2]string{{"title", s.title}, {"description", s.description}, {"language", s.language}} {
		if line[1] != "" {
			fmt.Fprintf(b, "  %s: %s\n", line[0], quoted(line[1]))
		}
	}
	if s.language == "" {
		fmt.Fprint(b, "  # language: ko-KR\n")
	}
	fmt.Fprintf(b, "  # Dates without an offset are read in this zone.\n  timezone: %s\n", quoted(s.zone))
	switch {
	case s.author != "" && s.email != "":
		fmt.Fprintf(b, "  author: {name: %s, email: %s}\n", quoted(s.author), quoted(s.email))
	case s.author != "":
		fmt.Fprintf(b, "  author: {name: %s}\n", quoted(s.author))
	}
}

func (s *siteFound) writeSource(b *strings.Builder, src sourceFound) {
	fmt.Fprintf(b, "  - name: %s\n    path: %s\n", quoted(src.name), quoted(src.path))
	fmt.Fprintf(b, "    front_matter: %s\n    permalink: %s\n", s.frontMatter(), quoted(src.permalink))
	for _, globs := range []struct {
		key  string
		list []string
	}{{"include", src.include}, {"exclude", src.exclude}} {
		if len(globs.list) == 0 {
			continue
		}
		words := make([]string, len(globs.list))
		for i, g := range globs.list {
			words[i] = always(g)
		}
		fmt.Fprintf(b, "    %s: [%s]\n", globs.key, strings.Join(words, ", "))
	}
}

// folder gives publish.to: the generator's own output folder where it named one inside the site.
func (s *siteFound) folder() string {
	to := path.Clean(filepath.ToSlash(s.publishTo))
	if s.publishTo == "" || to == "." || path.IsAbs(to) || strings.HasPrefix(to, "..") {
		return "./public"
	}
	return dotted(to)
}

var (
	plainScalar = regexp.MustCompile(`^(?:[\p{L}/]|[.]/)[\p{L}\p{N}./_:-]*( [\p{L}\p{N}./_-]+)*$`)
	yamlWord    = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|null|y|n)$`)
)

// quoted gives a YAML scalar that is read back as s.
func quoted(s string) string {
	if plainScalar.MatchString(s) && !strings.Contains(s, ": ") && !strings.HasSuffix(s, ":") && !yamlWord.MatchString(s) {
		return s
	}
	return always(s)
}

// always gives a double-quoted YAML scalar; JSON's strings are YAML's. ${ would be replaced by
// the config and is doubled.
func always(s string) string {
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

// oneLine gives text that others wrote as one printable line.
func oneLine(s string) string {
	return strings.Map(dropUnprintable, strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "))
}
