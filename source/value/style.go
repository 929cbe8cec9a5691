package value

import (
	"slices"
	"strings"
)

var (
	plainStyle   = Lazy(`^(?:[:,;#%.\sa-zA-Z0-9!]|\w-\w|'[\s\w]+'|"[\s\w]+"|\([\d,\s]+\))*$`)
	declarations = Lazy(`^(?:\s*[-\w]+\s*:\s*[^:;]*(?:;|$))*$`)
	property     = Lazy(`([-\w]+)\s*:\s*([^:;]*)`)
	measure      = Lazy(`^(?:#[0-9a-f]+|rgb\(\d+%?,\d*%?,?\d*%?\)?|\d?\.?\d?\d(?:cm|em|ex|in|mm|pc|pt|px|%|,|\))?)$`)
)

// safeProperties are the CSS properties that cannot draw outside an item or fetch anything; readers keep these.
var safeProperties = strings.Fields("azimuth background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width " +
	"border-collapse border-color border-left border-left-color border-left-style border-left-width border-right border-right-color border-right-style " +
	"border-right-width border-spacing border-style border-top border-top-color border-top-style border-top-width border-width clear color cursor direction " +
	"display elevation float font font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style-type margin " +
	"margin-bottom margin-left margin-right margin-top overflow padding padding-bottom padding-left padding-right padding-top pause pause-after pause-before " +
	"pitch pitch-range richness speak speak-header speak-numeral speak-punctuation speech-rate stress text-align text-decoration text-indent unicode-bidi " +
	"vertical-align voice-family volume white-space width")

// safeKeywords are the words that a box's properties may have.
var safeKeywords = strings.Fields("aqua auto black block blue bold both bottom brown center collapse dashed dotted fuchsia gray green !important italic left " +
	"lime maroon medium none navy normal nowrap olive pointer purple red right solid silver teal top transparent underline white yellow")

// Unsafe returns what readers take out of a style attribute; nothing where they keep it.
func Unsafe(style string) (unsafe []string) {
	if !plainStyle().MatchString(style) || !declarations().MatchString(style) {
		return []string{style}
	}
	add := func(s string) {
		if !slices.Contains(unsafe, s) {
			unsafe = append(unsafe, s)
		}
	}
	for _, m := range property().FindAllStringSubmatch(strings.ToLower(style), -1) {
		name, values := m[1], m[2]
		if !slices.Contains(safeProperties, name) {
			add(name)
			continue
		}
		family, _, _ := strings.Cut(name, "-")
		if !slices.Contains([]string{"background", "border", "margin", "padding"}, family) {
			continue
		}
		for _, word := range strings.Fields(values) {
			if !slices.Contains(safeKeywords, word) && !measure().MatchString(word) {
				add(word)
			}
		}
	}
	return unsafe
}
