package weburl

import (
	"strings"
)

// MapSrcset sends each URL of a srcset attribute through f and drops candidates without one (HTML
// Living Standard, section 4.8.4.2.1). A nil f leaves URLs as written.
func MapSrcset(set string, f func(string) string) string {
	var out []string
	for set != "" {
		set = strings.TrimLeft(set, " \t\n\r\f,")
		end := strings.IndexAny(set, " \t\n\r\f")
		if end < 0 {
			end = len(set)
		}
		ref, rest := set[:end], set[end:]
		descriptor := ""
		if bare := strings.TrimRight(ref, ","); bare != ref {
			ref = bare
		} else {
			descriptor, rest, _ = strings.Cut(rest, ",")
		}
		set = rest
		if ref == "" {
			continue
		}
		if f != nil {
			if ref = f(ref); !IsWeb(ref) {
				continue
			}
			ref = escapeCommas(ref)
		}
		if d := strings.Join(strings.Fields(descriptor), " "); d != "" {
			ref += " " + d
		}
		out = append(out, ref)
	}
	return strings.Join(out, ", ")
}

// escapeCommas encodes the commas at the ends of a URL, where srcset would not see them as part of it.
func escapeCommas(ref string) string {
	for strings.HasSuffix(ref, ",") {
		ref = strings.TrimSuffix(ref, ",") + "%2C"
	}
	return ref
}
