package sitemap

import (
	"bytes"
	"strings"
)

// The lines that hold our block in a robots.txt (comments by RFC 9309 section 2.2.3).
const (
	robotsBegin = "# herald begin"
	robotsEnd   = "# herald end"
)

// Robots returns the robots.txt that names sitemaps and holds extra, any lines, verbatim. Of
// existing only our marked block is replaced, where it stands, or added at the end; every other
// byte is kept. Without other lines the whole file is ours, and welcomes every robot. Without
// sitemaps and extra the block goes; what is then left may be empty. Robots of its own result is
// that result.
func Robots(existing []byte, sitemaps []string, extra string) []byte {
	before, after, found := cutBlock(existing)
	foreign := !blank(before) || !blank(after)
	if !foreign {
		before, after = nil, nil
	}
	block := robotsBlock(sitemaps, extra, !foreign)
	if block != "" && !found && len(before) > 0 && !bytes.HasSuffix(before, []byte("\n")) {
		block = "\n" + block
	}
	return append(append(before, block...), after...)
}

func robotsBlock(sitemaps []string, extra string, whole bool) string {
	var lines []string
	for line := range strings.Lines(extra) {
		line = strings.TrimRight(line, "\r\n")
		if marker := strings.TrimSpace(line); marker != robotsBegin && marker != robotsEnd {
			lines = append(lines, line)
		}
	}
	for _, s := range sitemaps {
		lines = append(lines, "Sitemap: "+s)
	}
	if len(lines) == 0 {
		return ""
	}
	if whole {
		lines = append([]string{"User-agent: *", "Allow: /"}, lines...)
	}
	return robotsBegin + "\n" + strings.Join(lines, "\n") + "\n" + robotsEnd + "\n"
}

// cutBlock returns, in new slices, what stands before our first block and after it, without any
// further block. A begin that no end follows is a foreign line.
func cutBlock(b []byte) (before, after []byte, found bool) {
	out := &before
	for len(b) > 0 {
		line := firstLine(b)
		if marks(line, robotsBegin) {
			if size := blockSize(b); size > 0 {
				b, found, out = b[size:], true, &after
				continue
			}
		}
		*out = append(*out, line...)
		b = b[len(line):]
	}
	return before, after, found
}

// blockSize returns the length of the block that b begins with; 0 if it does not end before another
// begins.
func blockSize(b []byte) int {
	size := len(firstLine(b))
	for size < len(b) {
		line := firstLine(b[size:])
		size += len(line)
		if marks(line, robotsEnd) {
			return size
		}
		if marks(line, robotsBegin) {
			return 0
		}
	}
	return 0
}

func firstLine(b []byte) []byte {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1]
	}
	return b
}

func marks(line []byte, marker string) bool {
	return string(bytes.TrimSpace(bytes.TrimPrefix(line, bom))) == marker
}

func blank(b []byte) bool { return len(bytes.TrimSpace(bytes.TrimPrefix(b, bom))) == 0 }
