package generator

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
)

// noPreset is the table of the generators that herald has no preset for, with what only they have.
func noPreset() map[string][]string {
	return map[string][]string{
		"VitePress": {".vitepress", "docs/.vitepress"}, "VuePress": {".vuepress", "docs/.vuepress"},
		"MkDocs": {"mkdocs.yml", "mkdocs.yaml"}, "mdBook": {"book.toml"}, "Sphinx": {"conf.py", "docs/conf.py", "source/conf.py", "docs/source/conf.py"},
		"Gatsby": {"gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"}, "Next.js": {"next.config.js", "next.config.mjs", "next.config.ts"},
		"Nuxt": {"nuxt.config.ts", "nuxt.config.js", "nuxt.config.mjs"}, "SvelteKit": {"svelte.config.js"}, "Quartz": {"quartz.config.ts"},
	}
}

// noteNoPreset says plainly where a generator has its own rules of addresses and dates, and herald does not know them.
func noteNoPreset(dir string, s *site) {
	all := noPreset()
	for _, name := range sortedKeys(all) {
		for _, mark := range all[name] {
			if isFile(dir, mark) || isDir(dir, mark) {
				s.note(mark + " is that of " + name + ", which herald has no preset for: compare the URLs of herald plan with the site, and set permalink")
				return
			}
		}
	}
}

// noteStanding names the documents of others that stand where ours are to lie: what made them makes them again.
func noteStanding(dir string, s *site) {
	folder := s.folder()
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"} {
		doc, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path.Join(folder, name))))
		if err == nil && !bytes.Contains(doc, []byte("herald")) {
			s.clash("/"+name, "what fills "+folder, "take over ids and dates (herald adopt), and switch it off there, or give ours another path")
		}
	}
}
