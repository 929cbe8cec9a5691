package source

import "strings"

// mapSrcset sends each URL of a srcset attribute through f and drops candidates without one (HTML
// Living Standard, section 4.8.4.2.1). A nil f leaves URLs as written.
func mapSrcset(set string, f func(string) string) string {
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
			if ref = f(ref); !isWebURL(ref) {
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

// absolute gives the function that makes the URLs of an article absolute.
func absolute(articleURL string) func(string) string {
	base, ok := parseURL(articleURL)
	return func(ref string) string {
		if !ok {
			return resolveURL(nil, ref)
		}
		return resolveURL(base, ref)
	}
}

func isWebURL(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
