package safehtml

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// summaryGraphemes is the greatest length of a summary that herald cuts itself, in grapheme clusters
// (Unicode Annex 29): what a reader takes for one character.
const summaryGraphemes = 200

const (
	shortestSentence = 40   // graphemes; a cut at an earlier sentence end would be too short
	summaryBytes     = 8192 // a cluster may be of any length; a summary may not
)

// Lead returns the text of an HTML body before the comment that ends the summary (isMore); it is empty without one.
func Lead(body string) string {
	lead, more := shownText(body, summaryBytes)
	if !more {
		return ""
	}
	return lead
}

// Summarize cuts a summary from rendered HTML: its plain text, at most summaryGraphemes long, up to
// the end of a sentence; where no sentence ends, up to the end of a word, or of a grapheme cluster
// in a text without spaces, with "…" behind it.
func Summarize(html string) string {
	text, _ := shownText(html, summaryBytes)
	end, count, sentence, word := 0, 0, 0, 0
	state, rest := -1, text
	for rest != "" && count < summaryGraphemes {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if cluster == " " {
			word = end
		}
		end += len(cluster)
		count++
		if count >= shortestSentence && endsSentence(text[:end], rest) {
			sentence = end
		}
	}
	switch {
	case rest == "" && len(text) < summaryBytes/2:
		return text
	case sentence > 0:
		return text[:sentence]
	case rest != "" && rest[0] == ' ':
		word = end
	}
	if word < end/2 {
		word = end
	}
	return strings.TrimSpace(text[:word]) + "…"
}

// endsSentence reports whether a sentence ends between the two texts: a full stop, perhaps with
// closing quotes behind it, and then a space or nothing.
func endsSentence(before, after string) bool {
	if after != "" && after[0] != ' ' {
		r, _ := utf8.DecodeLastRuneInString(before)
		return strings.ContainsRune("。！？", r) && !closes(after)
	}
	before = strings.TrimRightFunc(before, isCloser)
	if bare := strings.TrimSuffix(before, "."); bare != before && bare != "" && isDigit(bare[len(bare)-1]) {
		return after == "" // "1." begins a heading, "2024. 1. 15." is a date
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".!?…。！？", r)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func closes(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isCloser(r)
}

func isCloser(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pf) || r == '"' || r == '\''
}
