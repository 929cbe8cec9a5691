package markup

import "regexp"

// signs show that a text is Markdown: a heading, a fence, a link or an image, something bold.
var signs = regexp.MustCompile("(?m)^#{1,6} \\S|^```|\\]\\([^()\\s]+\\)|\\*\\*[^*\\s][^*\\n]*\\*\\*")

// markedWithin is how much of a text is looked at, in bytes.
const markedWithin = 4096

// IsMarked reports whether a text that is said to be plain looks like Markdown.
func IsMarked(text string) bool { return signs.MatchString(text[:min(len(text), markedWithin)]) }
