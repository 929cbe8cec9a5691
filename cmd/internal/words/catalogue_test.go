package words

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var update = flag.Bool("update", false, "rewrite korean.po: new texts without a translation, texts that are gone left out")

const header = `# Every text that herald prints, in English as the source has it (msgid) and in Korean (msgstr): see README.md.
msgid ""
msgstr ""
"Project-Id-Version: herald\n"
"Language: ko\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
`

// The catalogue holds every text of the source, each with its translation, and nothing else.
func TestEveryTextIsInTheCatalogue(t *testing.T) {
	texts, said := collect(t), maps.Collect(pairs(korean))
	if *update {
		rewrite(t, texts, said)
	}
	for _, one := range texts {
		if said[one.text] == "" {
			t.Errorf("%s/%s: %q has no Korean: go test ./cmd/internal/words -update adds it to korean.po, to be translated there; what reaches no screen belongs into testdata/silent.txt", one.room, one.line, one.text)
		}
		delete(said, one.text)
	}
	for text := range said {
		t.Errorf("korean.po: %q is no text of the source any more: go test ./cmd/internal/words -update leaves it out", text)
	}
}

// rewrite writes the catalogue in the order of the source.
func rewrite(t *testing.T, texts []*printed, said map[string]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(header)
	room := ""
	for _, one := range texts {
		if one.room != room {
			room = one.room
			fmt.Fprintf(&b, "\n# == %s ==\n", room)
		}
		fmt.Fprintf(&b, "\n#: %s\nmsgid %s\nmsgstr %s\n", one.file, po(one.text), po(said[one.text]))
	}
	if err := os.WriteFile("korean.po", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// po quotes a text as the format does.
func po(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(text) + `"`
}

// What Korean says of an argument is what English says of it, in an order of its own: none is lost, none is another's.
func TestKoreanHasTheArgumentsOfEnglish(t *testing.T) {
	for english, said := range pairs(korean) {
		e, k := parseFormat(english), parseFormat(said)
		kinds, used := map[int]byte{}, map[int]bool{}
		for _, v := range e.verbs {
			kinds[v.arg] = v.kind
		}
		for _, v := range k.verbs {
			used[v.arg] = true
			if kind := kinds[v.arg]; kind == 0 || v.kind != kind && (v.kind != 'w' || !strings.ContainsRune("svw", rune(kind))) {
				t.Errorf("%q: %q writes argument %d with %%%c, English with %%%c", english, said, v.arg+1, v.kind, kind)
			}
		}
		for arg := range kinds {
			if !used[arg] {
				t.Errorf("%q: %q leaves out argument %d", english, said, arg+1)
			}
		}
		if blank(english, strings.HasSuffix) != blank(said, strings.HasSuffix) || strings.HasPrefix(english, "  ") != strings.HasPrefix(said, "  ") {
			t.Errorf("%q: %q begins or ends otherwise", english, said)
		}
	}
}

func blank(text string, at func(text, part string) bool) bool { return at(text, " ") || at(text, "\n") }

// No text of the catalogue is left in English, but for names.
func TestKoreanIsKorean(t *testing.T) {
	same := []string{"ID", "URL", "URL %s: %w", "style %s", "permalink %s: %w", "loc %.200q: %w", "approve %d: %w", "explain %s: %w", " ID %s", "site.url", "%.1f MB", "%s → %s", "%s(%s)", "%w", "%[3]s %[1]d/%[2]d", "%[2]s %[1]d", "0~5000", "1~5000", "1~50000 (sitemaps.org)", "1kB~50MB (sitemaps.org)", "1kB~64MB", ", %s"}
	for english, said := range pairs(korean) {
		if !strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) && !slices.Contains(same, said) {
			t.Errorf("%q is %q in Korean", english, said)
		}
	}
}

// A particle that Korean leaves open is one whose forms are known.
func TestParticlesAreKnown(t *testing.T) {
	open := regexp.MustCompile(`\pL\((를|가|는|와|로|나|라)\)|\((으|이)\)\pL`)
	for _, said := range pairs(korean) {
		if found := open.FindString(withParticles("", said)); found != "" {
			t.Errorf("%q: the forms of %s are not known", said, found)
		}
	}
}

// Each text is recognised as what it is, whatever it holds, and not as another one.
func TestEveryTextIsRecognised(t *testing.T) {
	ko := Korean()
	for english, said := range pairs(korean) {
		e := newEntry(english, said)
		if part, _ := whole(english, said); !e.english.says() || !strings.Contains(english, " ") || strings.Contains(english, "\n") || part != english {
			continue // a word, lines, a part of a sentence
		}
		args := make([]any, 0, len(e.english.verbs))
		for i, v := range e.english.verbs {
			if i > 0 && e.english.between[i] == "" {
				args = append(args, "")
				continue
			}
			args = append(args, sample(v, i))
		}
		text := fmt.Sprintf(strings.ReplaceAll(english, "%w", "%v"), args...)
		if len(args) == 0 {
			text = english
		}
		if got, want := ko.Text(text), ko.korean.render(e.korean, e.english.formatted(args), ko.Text); got != want {
			t.Errorf("%q: got\n%s, want\n%s", text, got, want)
		}
	}
}

// sample returns an argument for a verb.
func sample(v verb, i int) any {
	switch v.kind {
	case 'd':
		return 7 + i
	case 'f':
		return 1.5
	case 'U', 'c':
		return '가'
	case 'q':
		return []string{"첫 글", "two words", "3"}[i%3]
	}
	return []string{"글/a.md", "https://x.example/b/", "가나다", "v4", "herald.db"}[i%5]
}
