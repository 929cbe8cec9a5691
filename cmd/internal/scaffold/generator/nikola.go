package generator

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"herald/cmd/internal/scaffold/program"
)

func detectNikola(dir string, s *site) bool {
	config, name := program.Read(dir, s.note, "conf.py")
	if name == "" || !strings.Contains(string(config), "BLOG_TITLE") || !strings.Contains(string(config), "POSTS") {
		return false
	}
	s.Preset, s.Optional = "nikola", true
	s.Title, s.Description, s.Author, s.Email = config.Text("BLOG_TITLE"), config.Text("BLOG_DESCRIPTION"), config.Text("BLOG_AUTHOR"), config.Text("BLOG_EMAIL")
	s.Language, s.Zone = config.Text("DEFAULT_LANG"), cmp.Or(config.Text("TIMEZONE"), "UTC")
	s.standsAt(cmp.Or(config.Text("BASE_URL"), config.Text("SITE_URL")), "", name)
	s.PublishTo = cmp.Or(config.Text("OUTPUT_FOLDER"), "output")
	pretty, set := config.Flag("PRETTY_URLS")
	end := ".html"
	if !set || pretty {
		end = "/"
		if strips, set := config.Flag("STRIP_INDEXES"); set && !strips {
			end = "/index.html"
		}
	}
	settings := map[string]string{}
	if yes, set := config.Flag("USE_SLUGIFY"); set && !yes {
		settings["USE_SLUGIFY"] = "false"
	}
	s.Sources = append(nikolaSources(config.Block("POSTS"), settings, end), nikolaSources(config.Block("PAGES"), withPages(settings), end)...)
	s.Sources = slices.DeleteFunc(s.Sources, func(o Source) bool { return !isDir(dir, o.Path) })
	for _, lang := range nikolaLanguages(config) {
		for i := range s.Sources {
			s.Sources[i].Exclude = append(s.Sources[i].Exclude, "**/*."+lang+".*")
		}
		s.note("TRANSLATIONS: the files of " + lang + " are left out; make them a source with defaults.language")
	}
	return len(s.Sources) > 0
}

func withPages(settings map[string]string) map[string]string {
	all := map[string]string{"pages": "true"}
	for key, value := range settings {
		all[key] = value
	}
	return all
}

// nikolaSources returns a source for each folder and destination in POSTS or PAGES: its lines differ in extensions.
func nikolaSources(lines program.Program, settings map[string]string, end string) []Source {
	var all []Source
	for i := 0; i < len(lines); i++ {
		if lines[i] != '(' {
			continue
		}
		words := program.Inside(string(lines[i:])).Strings()
		i += len(program.Inside(string(lines[i:])))
		if len(words) < 2 {
			continue
		}
		folder, ext := path.Dir(words[0]), path.Ext(words[0])
		permalink := path.Join("/", words[1], ":path") + end
		at := slices.IndexFunc(all, func(o Source) bool { return o.Path == dotSlash(folder) && o.Permalink == permalink })
		if at < 0 {
			name := strings.ReplaceAll(folder, "/", "-")
			all = append(all, Source{Name: name, Path: dotSlash(folder), Permalink: permalink, Settings: settings})
			at = len(all) - 1
		}
		all[at].Include = append(all[at].Include, "**/*"+ext)
	}
	for i := range all {
		if settings["pages"] == "true" {
			all[i].Undated = "sitemap_only"
		}
		all[i].Include = slices.DeleteFunc(all[i].Include, func(g string) bool { return slices.Contains([]string{"**/*.rst", "**/*.ipynb", "**/*.org"}, g) })
	}
	return slices.DeleteFunc(all, func(o Source) bool { return len(o.Include) == 0 })
}

// languageFolder is a language with a folder of its own: "ko": "./ko".
var languageFolder = regexp.MustCompile(`["'](\w+)["']\s*:\s*["'][^"']+["']`)

// nikolaLanguages returns the languages of TRANSLATIONS but the main one.
func nikolaLanguages(config program.Program) []string {
	var all []string
	for _, m := range languageFolder.FindAllStringSubmatch(string(config.Block("TRANSLATIONS")), -1) {
		if m[1] != config.Text("DEFAULT_LANG") {
			all = append(all, m[1])
		}
	}
	return all
}
