package serve

import (
	"net/http"
	"strings"
	"time"
)

// precondition judges what a read asks for, in the order of RFC 9110 section 13.2.2 and alike for every coding. It
// returns 0 where the document is to be sent, else 304 or 412.
func precondition(head http.Header, hash string, modified time.Time) int {
	if tags, sent := head["If-Match"]; sent {
		if !matchesStrongly(strings.Join(tags, ","), hash) {
			return http.StatusPreconditionFailed
		}
	} else if since, is := date(head, "If-Unmodified-Since"); is && !modified.IsZero() && modified.After(since) {
		return http.StatusPreconditionFailed
	}
	if tags, sent := head["If-None-Match"]; sent {
		if matchesTag(strings.Join(tags, ","), hash) {
			return http.StatusNotModified
		}
	} else if since, is := date(head, "If-Modified-Since"); is && !modified.IsZero() && !modified.After(since) {
		return http.StatusNotModified
	}
	return 0
}

func date(head http.Header, name string) (time.Time, bool) {
	values := head[name]
	if len(values) == 0 {
		return time.Time{}, false
	}
	at, err := http.ParseTime(values[0])
	return at, err == nil
}

// matchesStrongly is matchesTag for If-Match: a weak tag matches nothing (RFC 9110 section 13.1.1).
func matchesStrongly(list, hash string) bool {
	for list = strings.TrimLeft(list, " \t,"); list != ""; list = strings.TrimLeft(list, " \t,") {
		weak := strings.HasPrefix(list, "W/") || strings.HasPrefix(list, "w/")
		var tag string
		before := list
		tag, list = nextTag(list)
		if !weak && matchesTag(strings.TrimSuffix(before, list), hash) && tag != "" {
			return true
		}
	}
	return false
}

// byteRange brings a Range header into the form that http.ServeContent reads. What names another unit than bytes is
// no Range (RFC 9110 section 14.2); units know no case. empty means that only suffixes without length are asked for, which
// nothing satisfies (section 14.1.2).
func byteRange(value string) (ranges string, empty bool) {
	unit, set, found := strings.Cut(strings.TrimSpace(value), "=")
	if !found || !strings.EqualFold(strings.TrimSpace(unit), "bytes") {
		return "", false
	}
	var kept []string
	for one := range strings.SplitSeq(set, ",") {
		if one = strings.TrimSpace(one); one == "" || strings.HasPrefix(one, "-") && strings.Trim(one[1:], "0") == "" && len(one) > 1 {
			continue
		}
		kept = append(kept, one)
	}
	return "bytes=" + strings.Join(kept, ","), len(kept) == 0
}
