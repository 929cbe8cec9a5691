package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// plainConfig is the smallest config; what is added stands behind it.
func plainConfig(more string) string {
	return "site: {url: \"https://news.example.org\", title: 뉴스 속보, timezone: Asia/Seoul}\nsources: [{path: ./articles}]\n" + more
}

// all the articles of a set in full, where there are at most 5000.
const inFull = "feeds: [{name: main, items: 5000}]\n"

// allSets returns the sets, the slow ones first, so that all cores end together.
func allSets(o options) ([]set, error) {
	all := corpusSets()
	hostile, err := hostileSets(o.repository)
	if err != nil {
		return nil, err
	}
	all = append(all, hostile...)
	all = append(all, historySets()...)
	all = append(all, variantSets()...)
	all = append(all, exampleSet(o.repository), commandSet(), daemonSet())
	configs, err := configSet(o.repository)
	if err != nil {
		return nil, err
	}
	scripts, err := scriptSet(o.repository)
	if err != nil {
		return nil, err
	}
	all = append(all, configs, scripts)
	if o.articles != "" {
		all = append(all, articlesSet(o.articles))
	}
	return all, nil
}

// corpusSets: all 10,000 articles with documents of the usual size, and in two halves in full.
func corpusSets() []set {
	c := corpus{seed: 1, count: 10_000}
	index := plainConfig("sitemap: {urls_per_file: 1500, pages: [{url: /}, {url: /about/}]}\nnotify: {dry_run: true, verify: false, indexnow: {key: abcdefgh12345678}}\n")
	whole := set{name: "corpus", about: "10,000 articles of all shapes: the usual documents, an index of sitemaps, one edit", steps: []step{
		{"first", func(s *site) { c.put(s, "articles"); s.config(index) }, append(briefly(), explain(c.some("articles", 400)...)...)},
		{"edit", func(s *site) {
			name, _ := c.file(77)
			s.write("articles/"+name, dated(77, "고친 본문\n"))
		}, asks("plan", "build --json", "build", "status")},
	}}
	half := corpus{seed: 2, count: 5000}
	full := set{name: "corpus-full", about: "5,000 others, every one in full in every feed", steps: []step{
		{"first", func(s *site) { half.put(s, "articles"); s.config(plainConfig(inFull)) }, asks("check", "build", "status --json")},
	}}
	return []set{whole, full}
}

func hostileSets(repository string) ([]set, error) {
	texts, err := literals(repository)
	if err != nil {
		return nil, err
	}
	one := func(name, about string, put func(*site)) set {
		return set{name: "hostile-" + name, about: about, steps: []step{{"first", func(s *site) { put(s); s.config(plainConfig(inFull)) }, asks("check", "build --json", "build")}}}
	}
	all := []set{one("shapes", "deep, long, broken: markup, front matter, bytes and file names; the files of the parser's tests", func(s *site) {
		shapes(s)
		s.copyFrom(filepath.Join(repository, "source"), "articles/source")
	})}
	for _, ending := range []string{"md", "html", "txt"} {
		all = append(all,
			one(ending, fmt.Sprintf("each of the %d texts in the tests as the body of an article", len(texts)), func(s *site) { bodies(s, texts, ending) }),
			one("whole-"+ending, "each as a whole file", func(s *site) { wholes(s, texts, ending) }))
	}
	for i, language := range []string{"flow", "json", "toml"} {
		all = append(all, one("fields-"+language, "each as a value of front matter", func(s *site) { fieldsOf(s, texts, language, i*7) }))
	}
	return all, nil
}

func exampleSet(repository string) set {
	folder := filepath.Join(repository, "config", "example")
	names, _ := filepath.Glob(folder + "/articles/*.*")
	for i, name := range names {
		names[i], _ = filepath.Rel(folder, name)
	}
	return set{name: "example", about: "the example newsroom", env: []string{"TZ=America/Los_Angeles"}, steps: []step{
		{"first", func(s *site) { s.copyFrom(folder, "") }, append(look(), explain(names...)...)},
		{"edit", func(s *site) {
			s.write("articles/new.md", "# 새 글\n\n본문\n")
			s.remove("articles/english-brief.md")
		}, look()},
	}}
}

func articlesSet(folder string) set {
	return set{name: "articles", about: "the folder of articles that was named", steps: []step{
		{"first", func(s *site) { s.copyFrom(folder, "articles"); s.config(plainConfig(inFull)) }, look()},
	}}
}

// commandSet is what the program says without a site, or with a wrong one.
func commandSet() set {
	var all []ask
	for _, c := range []string{"", "adopt", "approve", "build", "check", "completion", "explain", "init", "lint", "plan", "run", "state", "state dump", "state load", "status", "version"} {
		all = append(all, append(strings.Fields(c), "--help"), append(strings.Fields(c), "--nothing"))
	}
	all = append(all, asks("help", "nothing", "completion bash", "completion zsh", "completion fish", "completion powershell", "build", "check", "plan", "status", "explain a", "approve", "approve 1", "run", "adopt x", "lint x",
		"check --live", "build extra", "build --log-level loud", "build --log-format xml", "build -c nowhere.yaml", "state dump", "state load", "build --json")...)
	return set{name: "commands", about: "help, completion, wrong command lines, no config", steps: []step{{"none", nil, all}}}
}

// configSet reads every config of the loader's tests, good and bad.
func configSet(repository string) (set, error) {
	names, err := filepath.Glob(filepath.Join(repository, "config", "testdata", "*.yml"))
	var all []ask
	for i, name := range names {
		names[i] = filepath.Base(name)
		all = append(all, ask{"check", "-c", names[i]})
	}
	return set{name: "configs", about: fmt.Sprintf("the %d configs of the loader's tests", len(names)), steps: []step{{"check", func(s *site) {
		s.copyFrom(filepath.Join(repository, "config", "testdata"), "")
		s.write("articles/a.md", dated(1, "본문\n"))
	}, all}}}, err
}

// scriptSet unpacks the folders of the program's script tests: generators for init, sites for build.
func scriptSet(repository string) (set, error) {
	names, err := filepath.Glob(filepath.Join(repository, "cmd", "herald", "testdata", "script", "*.txtar"))
	if err != nil {
		return set{}, err
	}
	s := set{name: "scripts", about: fmt.Sprintf("the folders of the %d script tests: init, check, build", len(names)), hub: true}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			return set{}, err
		}
		s.steps = append(s.steps, scriptStep(strings.TrimSuffix(filepath.Base(name), ".txtar"), archive))
	}
	return s, nil
}

func scriptStep(name string, archive *txtar.Archive) step {
	folders := map[string]bool{".": true}
	var all []ask
	for _, f := range archive.Files {
		top, _, _ := strings.Cut(f.Name, "/")
		folders[top] = folders[top] || top != f.Name
		if base := filepath.Base(f.Name); strings.HasSuffix(base, ".yaml") && filepath.Dir(f.Name) == "." {
			all = append(all, ask{"check", "-c", f.Name}, ask{"plan", "--json", "-c", f.Name}, ask{"build", "-c", f.Name}, ask{"status", "-c", f.Name})
		}
	}
	for _, top := range slices.Sorted(maps.Keys(folders)) {
		if folders[top] {
			all = append(all, ask{"init", top}, ask{"init", "--json", top}, ask{"check", "-c", top + "/herald.yaml"})
		}
	}
	// A key made by chance is no difference.
	fixedKey := strings.NewReplacer("PORT", "8080", "indexnow: {", "indexnow: {key: abcdefgh12345678, ", "indexnow: true", "indexnow: {key: abcdefgh12345678}")
	return step{name, func(s *site) {
		s.empty()
		for _, f := range archive.Files {
			text := fixedKey.Replace(string(f.Data))
			if s.hub != nil {
				text = strings.ReplaceAll(text, "HUB", s.hub.url())
			}
			s.write(f.Name, text)
		}
	}, all}
}

// empty removes all that the site holds.
func (s *site) empty() {
	entries, err := os.ReadDir(s.folder)
	s.note(err)
	for _, e := range entries {
		s.remove(e.Name())
	}
}
