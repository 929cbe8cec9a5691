package text

// IsIndexNowKey reports whether s can be a site's key of the IndexNow protocol: 8 to 128 of a-z, A-Z, 0-9 and -
// (indexnow.org/documentation).
func IsIndexNowKey(s string) bool {
	for i := range len(s) {
		if s[i] != '-' && !IsAlphanumeric(s[i]) {
			return false
		}
	}
	return len(s) >= 8 && len(s) <= 128
}
