package frontmatter

import (
	"fmt"
	"strings"

	"herald/source"
)

// Split takes the front matter off text, which text.Clean has cleaned. Blank lines may precede
// it. Text without front matter is all body.
func Split(text string) (Matter, error) {
	start := len(text) - len(strings.TrimLeft(text, " \t\n"))
	start = strings.LastIndexByte(text[:start], '\n') + 1 // the first line that is not blank
	first, _, _ := strings.Cut(text[start:], "\n")
	switch first = strings.TrimRight(first, " \t"); {
	case first == "---":
		return readMatter(text, start, "---", yamlFields)
	case first == "+++":
		return readMatter(text, start, "+++", tomlFields)
	case first == ";;;":
		return readMatter(text, start, ";;;", jsonFields)
	case strings.HasPrefix(first, "---"):
		return markedMatter(text, start, first)
	case beginsJSON(text[start:]):
		return jsonMatter(text, start)
	}
	return headerMatter(text, start, first)
}

// markedMatter reads front matter whose opening fence names a language, as Eleventy and gray-matter have it: ---json.
func markedMatter(text string, start int, first string) (Matter, error) {
	var read readFields
	switch language := strings.ToLower(strings.TrimSpace(first[3:])); language {
	case "yaml", "yml":
		read = markedYAML
	case "toml":
		read = tomlFields
	case "json", "json5":
		read = jsonFields
	case "js", "javascript", "coffee", "coffeescript", "cson", "ts", "typescript":
		line := 1 + strings.Count(text[:start], "\n")
		return Matter{}, source.Refuse(line, 1, fmt.Sprintf("front matter in %s is a program, and herald runs none: write it in YAML, TOML or JSON", language))
	default:
		end, _ := findFence(text, start, "---")
		if end < 0 || strings.Trim(first[3:], languageLetters) != "" {
			return Matter{Body: text}, nil // a line of text
		}
		line := 1 + strings.Count(text[:start], "\n")
		return Matter{}, source.Refuse(line, 4, fmt.Sprintf("front matter in %q: want YAML, TOML or JSON", first[3:]))
	}
	return readMatter(text, start, "---", read)
}

// languageLetters are what the name of a language behind a fence is made of.
const languageLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// markedYAML is yamlFields for front matter whose opening fence names the language.
func markedYAML(text string) ([]Field, []source.Warning, error) {
	end := openingEnd(text)
	start := strings.LastIndexByte(strings.TrimRight(text[:end], "\n"), '\n') + 1
	fence := "---" + strings.Repeat(" ", max(end-start-len("---\n"), 0)) + "\n"
	return yamlFields(text[:start] + fence + text[end:])
}

// readMatter reads front matter that stands between two fence lines. read gets everything before
// the closing fence, so that its lines count as the file's do.
func readMatter(text string, start int, fence string, read readFields) (Matter, error) {
	end, body := findFence(text, start, fence)
	opening := 1 + strings.Count(text[:start], "\n")
	switch {
	case end < 0:
		return Matter{}, source.Refuse(opening, 1, fmt.Sprintf("front matter has no end: a line %q is missing", fence))
	case end-start > maxMatterBytes:
		return Matter{}, source.Refuse(opening, 1, fmt.Sprintf("front matter is larger than %d bytes", maxMatterBytes))
	}
	fields, warnings, err := read(text[:end])
	if err != nil {
		return Matter{}, err
	}
	return newMatter(fields, text[body:], warnings), nil
}
