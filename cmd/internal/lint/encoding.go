package lint

import (
	"regexp"
	"strings"
)

var encoding = regexp.MustCompile(`^<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']`)

// declaredEncoding is what the declaration of XML names, in small letters; "" for none.
func declaredEncoding(doc []byte) string {
	if m := encoding.FindSubmatch(doc[:min(len(doc), 512)]); m != nil {
		return lower(string(m[1]))
	}
	return ""
}

func lower(s string) string { return strings.ToLower(s) }
