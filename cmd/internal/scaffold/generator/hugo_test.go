package generator

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// folder makes a folder of files; those without text hold an article.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if text == "" {
			text = "---\ntitle: 글\n---\n"
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// told returns what is written of a source, in one line.
func told(src Source) string {
	parts := []string{src.Name, src.Path}
	for _, list := range []struct {
		name string
		of   []string
	}{{"+", src.Include}, {"-", src.Exclude}, {"dates", src.Dates}} {
		if len(list.of) > 0 {
			parts = append(parts, list.name+strings.Join(list.of, " "))
		}
	}
	if src.Permalink != "" {
		parts = append(parts, src.Permalink)
	}
	if len(src.Fields) > 0 {
		parts = append(parts, fmt.Sprint("fields", src.Fields))
	}
	for _, key := range slices.Sorted(maps.Keys(src.Settings)) {
		parts = append(parts, key+"="+src.Settings[key])
	}
	if len(src.Defaults) > 0 {
		parts = append(parts, fmt.Sprint(src.Defaults))
	}
	return strings.Join(parts, " | ")
}

func TestHugoSources(t *testing.T) {
	const ext = ".{md,markdown,html,htm}"
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"sections, whatever their case": {
			map[string]string{"hugo.toml": "baseURL='https://a.example'\n[permalinks]\nblog='/:slug/'\ngone='/x/'\n'/'='/:filename/'\n", "content/Blog/a.md": ""},
			[]string{
				"pages | ./content | +*" + ext + " */index" + ext + " | /:filename/",
				"blog | ./content | +Blog/**/*" + ext + " | -*" + ext + " */index" + ext + " | /:slug/",
				"content | ./content | -*" + ext + " */index" + ext + " Blog/**",
			},
		},
		"maps of kinds": {
			map[string]string{"hugo.yaml": "permalinks:\n  page: {blog: '/:year/:slug/'}\n  section: {blog: '/s/'}\n", "content/blog/a.md": ""},
			[]string{"blog | ./content | +blog/**/*" + ext + " | /:year/:slug/", "content | ./content | -blog/**"},
		},
		"a list of targets": {
			map[string]string{"hugo.yaml": "permalinks:\n- {target: {path: '/blog/**', kind: page}, pattern: /b/:slug/}\n- {target: {kind: term}, pattern: /t/}\n- {target: {path: '/*/old/*'}, pattern: /o/:slug/}\n",
				"content/blog/a.md": ""},
			[]string{"blog | ./content | +blog/**/*" + ext + " | /b/:slug/", "old | ./content | +*/old/*" + ext + " */old/*/index" + ext + " | -blog/** | /o/:slug/",
				"content | ./content | -blog/** */old/*" + ext + " */old/*/index" + ext},
		},
		"settings": {
			map[string]string{"config.toml": "baseurl='https://a.example'\ncontentdir='texts'\nDisablePathToLower=true\nuglyurls=true\n[frontmatter]\ndate=[':fileName',':default']\n", "texts/a.md": "", "content/x": "x"},
			[]string{"content | ./texts | datesfile_name front_matter first_seen | disablePathToLower=true | frontmatter.date=:filename, :default | uglyURLs=true"},
		},
		"keys of their own": {
			map[string]string{"hugo.toml": "[frontmatter]\ndate=['Born','date',':default']\nlastmod=[':git','lastmod','changed','date']\nexpiryDate=['expiryDate']\n", "content/a.md": ""},
			[]string{"content | ./content | fieldsmap[date:[born date] updated:[lastmod changed]]"},
		},
		"a cascade": {
			map[string]string{"hugo.toml": "[[cascade]]\ntype='x'\n[[cascade]]\nDraft=true\n[cascade.target]\npath='/x/**'\n", "content/a.md": ""},
			[]string{`content | ./content | cascade=[{"draft":true,"target":{"path":"/x/**"}}]`},
		},
		"ugly sections": {
			map[string]string{"hugo.yaml": "uglyURLs: {docs: true, blog: false}\npermalinks: {blog: /:slug/}\n", "content/blog/a.md": "", "content/docs/a.md": ""},
			[]string{"blog | ./content | +blog/**/*" + ext + " | /:slug/", "docs | ./content | +docs/**/*" + ext + " | -blog/** | uglyURLs=true", "content | ./content | -blog/** docs/**"},
		},
		"languages by file name": {
			map[string]string{"hugo.yaml": "defaultContentLanguage: ko\nlanguages: {ko: {}, en: {languageCode: en-US}, zh-CN: {}, de: {disabled: true}}\npermalinks: {blog: /:slug/}\n", "content/blog/a.md": "", "content/blog/a.en.md": "", "content/b.zh-CN.md": ""},
			[]string{
				"blog | ./content | +blog/**/*" + ext + " | -**/*.en.* **/*.{zh-cn,zh-CN}.* **/*.de.* | /:slug/ | language=ko",
				"content | ./content | -**/*.en.* **/*.{zh-cn,zh-CN}.* **/*.de.* blog/** | language=ko",
				"blog-en | ./content | +blog/**/*.en" + ext + " | /:slug/ | language=en | languagePrefix=en | map[lang:en-US]",
				"content-en | ./content | +**/*.en" + ext + " | -blog/** | language=en | languagePrefix=en | map[lang:en-US]",
				"blog-zh-cn | ./content | +blog/**/*.{zh-cn,zh-CN}" + ext + " | /:slug/ | language=zh-cn | languagePrefix=zh-cn | map[lang:zh-CN]",
				"content-zh-cn | ./content | +**/*.{zh-cn,zh-CN}" + ext + " | -blog/** | language=zh-cn | languagePrefix=zh-cn | map[lang:zh-CN]",
			},
		},
		"languages by folder": {
			map[string]string{"config/_default/config.toml": "defaultContentLanguageInSubdir=true\n", "config/_default/languages.toml": "[en]\ncontentDir='content/en'\n[ja]\ncontentDir='content/ja'\n[fr]\nbaseURL='https://fr.example'\ncontentDir='content/fr'\n",
				"content/en/a.md": "", "content/ja/a.md": ""},
			[]string{"content | ./content/en | language=en | languagePrefix=en", "content-ja | ./content/ja | language=ja | languagePrefix=ja | map[lang:ja]"},
		},
		"mounts of languages": {
			map[string]string{"hugo.yaml": "languages: {en: {}, ko: {}, fr: {}}\nmodule:\n  mounts:\n  - {source: en, target: content}\n  - {source: ko, target: content, sites: {matrix: {languages: [ko]}}}\n" +
				"  - {source: en/docs, target: content/docs, lang: ko}\n", "en/docs/a.md": "", "ko/a.md": ""},
			[]string{"content | ./en | -**/*.fr.* **/*.ko.* | language=en", "content-ko | ./ko | language=ko | languagePrefix=ko | map[lang:ko]"},
		},
		"mounts": {
			map[string]string{"hugo.yaml": "permalinks: {posts: /p/:slug/}\nmodule:\n  mounts:\n  - {source: pages, target: content, excludeFiles: drafts/**, files: ['! old/**']}\n  - {source: ../else, target: content/else}\n  - {source: writing, target: content/posts/mine}\n  - {source: static, target: static}\n",
				"pages/posts/a.md": "", "writing/b.md": "", "static/x.txt": "x"},
			[]string{"posts | ./pages | +posts/**/*" + ext + " | -drafts/** old/** | /p/:slug/", "content | ./pages | -drafts/** old/** posts/**", "posts-2 | ./writing | /p/:slug/ | target=posts/mine"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := &site{}
			if !detectHugo(folder(t, c.files), s) {
				t.Fatal("not recognised")
			}
			var got []string
			for _, src := range s.Sources {
				got = append(got, told(src))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}

// What Hugo does and herald does not is said.
func TestHugoNotes(t *testing.T) {
	s := &site{}
	detectHugo(folder(t, map[string]string{
		"hugo.yaml": "baseURL: https://a.example/b/\nignoreFiles: ['\\.Rmd$', '^x/']\nbuildDrafts: true\nbuildFuture: true\nenableRobotsTXT: true\nfrontmatter: {date: [':git', mine]}\n" +
			"cascade: [{draft: true, target: {path: /x/**}}]\nlanguages: {en: {}, fr: {baseURL: 'https://fr.example'}}\n", "content/a.md": "",
	}), s)
	said := strings.Join(slices.Concat(s.Notes, s.Hints), "\n")
	for _, want := range []string{"^x/", "buildDrafts", "buildFuture", "frontmatter.date: :git", "https://fr.example", "/index.xml"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing is said of %s:\n%s", want, said)
		}
	}
	if strings.Contains(said, "Rmd") || s.URL != "https://a.example/b" || s.Zone != "UTC" {
		t.Errorf("got %q %q\n%s", s.URL, s.Zone, said)
	}
	if len(s.Outputs) != 2 || s.Outputs[0].Path != "/sitemap.xml" || s.Outputs[1].Path != "/robots.txt" {
		t.Errorf("got outputs %+v", s.Outputs)
	}
}

// A folder of others is not taken for one of Hugo's.
func TestNoHugo(t *testing.T) {
	for _, files := range []map[string]string{
		{"config.toml": "base_url='https://a.example'\n", "content/a.md": ""},
		{"config.yaml": "x: 1\n"},
		{"content/a.md": ""},
	} {
		s := &site{}
		if detectHugo(folder(t, files), s) || len(s.Sources)+len(s.Notes) > 0 {
			t.Errorf("%v: taken for a Hugo site, or touched: %+v", files, s)
		}
	}
}

func TestZolaSources(t *testing.T) {
	s := &site{}
	if !detectZola(folder(t, map[string]string{
		"config.toml": "base_url='https://z.example/'\ntitle='Z'\ndefault_language='ko'\nignored_content=['*.draft.md', 'content/old/**']\ngenerate_feeds=true\nfeed_filenames=['atom.xml','rss.xml']\n" +
			"generate_sitemap=false\n[slugify]\npaths='safe'\npaths_keep_dates=true\n[languages.ko]\n[languages.en]\n",
		"content/a.md": "",
	}), s) {
		t.Fatal("not recognised")
	}
	want := []string{
		"content | ./content | +**/*.md | -**/*.draft.md old/** **/*.en.md | slugify.paths=safe | slugify.paths_keep_dates=true",
		"content-en | ./content | +**/*.en.md | -**/*.draft.md old/** | language=en | slugify.paths=safe | slugify.paths_keep_dates=true | map[lang:en]",
	}
	var got []string
	for _, src := range s.Sources {
		got = append(got, told(src))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	var clashes []string
	for _, o := range s.Outputs {
		clashes = append(clashes, o.Path)
	}
	if !slices.Equal(clashes, []string{"/robots.txt", "/atom.xml"}) || !strings.Contains(strings.Join(s.Hints, ""), "/rss.xml") || s.Zone != "UTC" {
		t.Errorf("got outputs %v, hints %v, zone %s", clashes, s.Hints, s.Zone)
	}
}
