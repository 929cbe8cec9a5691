package text

// IsPlain shows isPlain.
func IsPlain(s string) bool { return isPlain(s) }
