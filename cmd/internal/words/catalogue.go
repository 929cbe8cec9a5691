package words

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed korean.po
var korean string

// entry is a text in both languages.
type entry struct {
	english, korean format
	hint            string
}

// catalogue is all texts.
type catalogue struct {
	byText   map[string]*entry
	patterns []*entry // the heaviest first
}

// readKorean reads the catalogue of Korean. A test holds that it can be read.
func readKorean() *catalogue {
	c := &catalogue{byText: map[string]*entry{}}
	for english, said := range pairs(korean) {
		if said == "" {
			continue
		}
		e := newEntry(english, said)
		c.byText[english] = e
		if sentence, saidWhole := whole(english, said); sentence == english {
			c.recognise(e)
		} else {
			c.recognise(newEntry(sentence, saidWhole))
		}
		english, placed := strings.CutPrefix(english, "%s: ")
		if said, is := strings.CutPrefix(said, "%s: "); placed && is && !strings.Contains(said, "%[") { // its place may stand elsewhere
			c.recognise(newEntry(english, said))
		}
	}
	slices.SortStableFunc(c.patterns, func(a, b *entry) int { return cmp.Compare(b.english.weight(), a.english.weight()) })
	return c
}

// recognise takes up an entry by which texts are recognised, where it says enough for that.
func (c *catalogue) recognise(e *entry) {
	switch text := e.english.between[0]; {
	case len(e.english.verbs) > 0 && e.english.says():
		c.patterns = append(c.patterns, e)
	case len(e.english.verbs) == 0 && c.byText[text] == nil:
		c.byText[text] = e
	}
}

func newEntry(english, said string) *entry {
	e := &entry{english: parseFormat(english), korean: parseFormat(said)}
	e.hint = e.english.hint()
	return e
}

// whole returns the format of whole sentences that a part of one stands for: what begins with a comma goes on behind another
// text, and what ends with a blank before one.
func whole(english, said string) (wholeEnglish, wholeSaid string) {
	switch {
	case strings.ContainsRune(" ,;:", rune(english[0])):
		return "%w" + shifted(english), "%w" + shifted(said)
	case strings.HasSuffix(english, ": "):
		last := "%[" + string(rune('1'+len(parseFormat(english).verbs))) + "]w"
		return english + last, said + last
	}
	return english, said
}

// shifted returns a format whose arguments stand behind another one.
func shifted(part string) string {
	f := parseFormat(part)
	var b strings.Builder
	for i, text := range f.between {
		b.WriteString(strings.ReplaceAll(text, "%", "%%"))
		if i < len(f.verbs) {
			v := f.verbs[i]
			b.WriteString("%[" + string(rune('2'+v.arg)) + "]" + v.spec[1:])
		}
	}
	return b.String()
}

// saying says one text in Korean. Of all ways to take the text apart, that one is meant by which most of it is known.
type saying struct {
	*catalogue
	fitting []*entry // whose hints stand in the text
	said    map[string]said
	left    int // how many parts are still looked at
}

// said is a text in Korean, and how many bytes of the English one are of formats that are known; 0: the text is as it was.
type said struct {
	text  string
	known int
}

// mostParts and mostWays bound what is tried of a text that others wrote: parts of it, and ways in which one format may have made a
// part.
const (
	mostParts = 2000
	mostWays  = 100
)

// text returns a text in Korean.
func (c *catalogue) text(text string) string {
	if strings.Contains(text, "\n") && c.byText[text] == nil { // lines that came together
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			lines[i] = c.text(line)
		}
		return strings.Join(lines, "\n")
	}
	s := &saying{catalogue: c, said: map[string]said{}, left: mostParts}
	for _, e := range c.patterns {
		if strings.Contains(text, e.hint) {
			s.fitting = append(s.fitting, e)
		}
	}
	return s.say(text).text
}

// say says a text, or a part of one.
func (s *saying) say(text string) said {
	if done, is := s.said[text]; is {
		return done
	}
	if s.left--; s.left < 0 {
		return said{text, 0}
	}
	best := s.whole(text)
	if one := s.joined(text); one.known > best.known {
		best = one
	}
	s.said[text] = best
	return best
}

// whole says a text that one format made.
func (s *saying) whole(text string) said {
	if e := s.byText[text]; e != nil && len(e.english.verbs) == 0 && strings.Contains(text, " ") { // one word is a name
		return said{s.render(e.korean, nil, nil), len(text)}
	}
	best := said{text, 0}
	for _, e := range s.fitting {
		if one := s.made(e, text); one.known > best.known {
			best = one
		}
	}
	return best
}

// made says a text that the format of an entry made.
func (s *saying) made(e *entry, text string) (best said) {
	ways := 0
	e.english.fits(text, func(args []string) bool {
		known := e.english.weight()
		korean := s.render(e.korean, args, func(inner string) string {
			one := s.inner(inner)
			known += one.known
			return one.text
		})
		if known > best.known || known == best.known && e.english.adjacent() {
			best = said{korean, known}
		}
		ways++
		return ways < mostWays
	})
	return best
}

// inner says an argument that is a text. One word is one, too.
func (s *saying) inner(text string) said {
	if e := s.byText[text]; e != nil && len(e.english.verbs) == 0 {
		return said{s.render(e.korean, nil, nil), len(text)}
	}
	return s.say(text)
}

// joined says a text whose parts are known: sentences, a deed or a place and its cause, a list, a remark in brackets.
func (s *saying) joined(text string) (best said) {
	take := func(before, between, behind, end string) {
		a, b := s.part(before, between), s.part(behind, "")
		if known := a.known + b.known; known > best.known && (b.known > 0 || between != ", ") {
			best = said{a.text + between + b.text + end, known}
			if remark := strings.HasSuffix(between, "("); remark && endsInHangul(a.text) {
				best.text = a.text + "(" + b.text + end
			}
		}
	}
	for _, between := range []string{"; ", ": ", ", "} {
		for at := 0; ; at += len(between) {
			next := strings.Index(text[at:], between)
			if next < 0 {
				break
			}
			at += next
			take(text[:at], between, text[at+len(between):], "")
		}
	}
	if open := strings.LastIndex(text, " ("); open > 0 && strings.HasSuffix(text, ")") {
		take(text[:open], " (", text[open+2:len(text)-1], ")")
	}
	if open := strings.Index(text, " ("); open > 0 && strings.HasSuffix(text, ")") {
		take(text[:open], " (", text[open+2:len(text)-1], ")")
	}
	return best
}

// part says what stands before something else or behind it. One word is a name there, and so may be what stands before a colon, in all
// its parts.
func (s *saying) part(text, between string) said {
	switch {
	case !strings.Contains(text, " "):
		return said{text, 0}
	case between == ": ":
		return s.whole(text)
	}
	return s.say(text)
}

func endsInHangul(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unicode.Is(unicode.Hangul, r)
}

// render writes a Korean format with its arguments; those of %w are said in Korean too.
func (c *catalogue) render(f format, args []string, say func(string) string) string {
	var b strings.Builder
	for i, text := range f.between {
		b.WriteString(withParticles(b.String(), text))
		if i == len(f.verbs) || f.verbs[i].arg >= len(args) {
			continue
		}
		arg := args[f.verbs[i].arg]
		if f.verbs[i].kind == 'w' {
			arg = say(arg)
		}
		b.WriteString(arg)
	}
	return b.String()
}
