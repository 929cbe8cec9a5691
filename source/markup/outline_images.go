package markup

import (
	"regexp"
	"strings"

	"herald/source/safehtml"
	"herald/source/text"
)

var (
	// An image in line or by reference (CommonMark section 6.4): alt, <target>, target, label.
	markdownImage = regexp.MustCompile(`^!\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\(\s*(?:<([^<>\n]+)>|((?:[^\s()<>]|\([^\s()]*\))+))|\[([^\[\]]*)\])?`)
	// A link reference definition (section 4.7): label, <target>, target.
	markdownTarget = regexp.MustCompile(`(?m)^ {0,3}\[([^\[\]\n]+)\]:[ \t]*\n?[ \t]*(?:<([^<>\n]+)>|(\S+))`)
)

// How many images without an address and how many targets are looked at.
const (
	maxImages       = 100
	maxImageTargets = 1000
)

// firstImage returns the first image of Markdown without code that has an address, and where it
// stands; -1 if there is none.
func firstImage(text string) (url string, at int) {
	var targets map[string]string
	for range maxImages {
		next := strings.Index(text[at:], "![")
		if next < 0 {
			break
		}
		at += next
		m := markdownImage.FindStringSubmatch(text[at:min(len(text), at+maxMark)])
		if m == nil || isEscaped(text[:at]) {
			at += 2
			continue
		}
		if url = m[2] + m[3]; url == "" {
			if targets == nil {
				targets = imageTargets(text)
			}
			if url = targets[targetLabel(m[4])]; m[4] == "" {
				url = targets[targetLabel(m[1])]
			}
		}
		if url != "" {
			return safehtml.DecodeReferences(url), at
		}
		at += 2
	}
	return "", -1
}

// isEscaped reports whether the character behind before stands behind a backslash that means it.
func isEscaped(before string) bool {
	return (len(before)-len(strings.TrimRight(before, `\`)))%2 == 1
}

// imageTargets returns the targets of a text by label; of two with one label the first counts.
func imageTargets(text string) map[string]string {
	targets := map[string]string{}
	for _, m := range markdownTarget.FindAllStringSubmatch(text, maxImageTargets) {
		if label := targetLabel(m[1]); targets[label] == "" {
			targets[label] = m[2] + m[3]
		}
	}
	return targets
}

// targetLabel makes labels comparable: case and white space do not count.
func targetLabel(s string) string { return strings.ToLower(text.Collapse(s)) }
