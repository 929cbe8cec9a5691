package hostile

import (
	"maps"
	"slices"
)

// Articles returns all constructs of articles, in an order that does not change.
func Articles() []Input {
	return table(
		tableOf{"Markdown", "a.md", front, "", markdown},
		tableOf{"kramdown", "2024-01-02-a.markdown", front, "", markdown},
		tableOf{"bare Markdown", "a.md", "", "", markdown},
		tableOf{"MDX", "a.mdx", front, "", mdx},
		tableOf{"HTML", "a.html", front, "", html},
		tableOf{"page", "a.html", "<!DOCTYPE html><html><head><title>a</title></head><body>", "", html},
		tableOf{"head", "a.html", "<!DOCTYPE html><html><head>", "", html},
		tableOf{"text", "a.txt", front, "", text},
		tableOf{"bare text", "a.txt", "", "", text},
		tableOf{"YAML", "a.md", "---\ntitle: 제목\n", "\n---\na", yaml},
		tableOf{"YAML alone", "a.md", "---\n", "\n---\na", yaml},
		tableOf{"TOML", "a.md", "+++\ntitle = '제목'\n", "\n+++\na", toml},
		tableOf{"JSON", "a.md", "", "\na", json},
		tableOf{"header", "a.md", "", "", headers},
		tableOf{"header of HTML", "a.html", "", "", headers},
	)
}

// tableOf is a table of constructs with what stands before and behind them.
type tableOf struct {
	kind, file, begin, end string
	makers                 map[string]func(int) string
}

func table(tables ...tableOf) (all []Input) {
	for _, t := range tables {
		for _, name := range slices.Sorted(maps.Keys(t.makers)) {
			all = append(all, Input{t.kind + ": " + name, t.file, func(size int) []byte { return []byte(t.begin + t.makers[name](size) + t.end) }})
		}
	}
	return all
}
