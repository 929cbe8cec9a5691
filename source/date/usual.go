package date

import "time"

// readUsual reads the forms that most dates have, without patterns: "2024-01-02", with a time of minutes or seconds, and
// with Z or an offset behind it. Anything else, and every fault, is left to the patterns.
func readUsual(s string, zone *time.Location) (t time.Time, zoneless, ok bool) {
	const day, minute, second = len("2006-01-02"), len("2006-01-02 15:04"), len("2006-01-02 15:04:05")
	var n [6]int
	if len(s) < day || !digits(s, "0000-00-00", &n, 0) {
		return t, false, false
	}
	where, rest := zone, ""
	switch {
	case len(s) == day:
	case s[day] != ' ' && s[day] != 'T':
		return t, false, false
	case len(s) >= second && digits(s[day+1:], "00:00:00", &n, 3):
		rest = s[second:]
	case len(s) >= minute && digits(s[day+1:], "00:00", &n, 3):
		rest = s[minute:]
	default:
		return t, false, false
	}
	if rest != "" {
		if where = usualOffset(rest); where == nil {
			return t, false, false
		}
	}
	t = time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, where)
	if n[0] < 2 || t.Month() != time.Month(n[1]) || n[3] > 23 || n[4] > 59 || n[5] > 59 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 || t.Unix() == 0 || n[0] > lastYear {
		return time.Time{}, false, false
	}
	return t.UTC(), rest == "", true
}

// digits reads the numbers of s into n from the place at on. form has 0 for each digit.
func digits(s, form string, n *[6]int, at int) bool {
	for i := range len(form) {
		switch c := s[i]; {
		case form[i] != '0':
			if c != form[i] {
				return false
			}
			at++
		case c < '0' || c > '9':
			return false
		default:
			n[at] = n[at]*10 + int(c-'0')
		}
	}
	return true
}

// usualOffset reads Z, +0900 and +09:00, with or without a space before them; nil for anything else.
func usualOffset(s string) *time.Location {
	if s[0] == ' ' {
		s = s[1:]
	}
	if s == "Z" {
		return time.UTC
	}
	var n [6]int
	switch {
	case len(s) == len("+0900") && digits(s[1:], "0000", &n, 0):
		n[0], n[1] = n[0]/100, n[0]%100
	case len(s) == len("+09:00") && digits(s[1:], "00:00", &n, 0):
	default:
		return nil
	}
	if s[0] != '+' && s[0] != '-' || n[0] > lastOffset || n[1] > 59 {
		return nil
	}
	return offset(s[0] == '-', n[0], n[1])
}
