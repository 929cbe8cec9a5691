package frontmatter

import (
	"regexp"
	"strings"
)

var (
	// likeFence is a line that people write for the fence "---": too few or too many dashes, other dashes, a key behind them.
	likeFence = regexp.MustCompile(`^[ \t]*(?:[-–—−_=+]{1,10}|---[ \t]*[\p{L}_][\p{L}\p{N}_-]*:.*)[ \t]*$`)
	// likeField is a line of front matter.
	likeField = regexp.MustCompile(`^[ \t]*[\p{L}_][\p{L}\p{N}_-]*[ \t]*[:=]([ \t]|$)`)
)

// misspeltWithin is how many lines that are not blank the fence is looked for in.
const misspeltWithin = 3

// Misspelt returns the line that was meant to begin front matter and does not, and its number, in a text of which Split says that
// it has none; 0: no line looks so.
func Misspelt(text string) (line string, number int) {
	lines := strings.SplitN(text, "\n", 20)
	seen := 0
	for i := 0; i+1 < len(lines) && seen < misspeltWithin; i++ {
		if strings.TrimSpace(lines[i]) == "" {
			continue
		}
		seen++
		if likeFence.MatchString(lines[i]) && (likeField.MatchString(lines[i+1]) || strings.Contains(lines[i], ":")) {
			return strings.TrimSpace(lines[i]), i + 1
		}
	}
	return "", 0
}
