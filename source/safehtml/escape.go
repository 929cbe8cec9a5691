package safehtml

// AppendEscaped appends text that no parser of HTML or XML can read as markup.
func AppendEscaped(dst []byte, t string, quoted bool) []byte {
	from := 0
	for i := 0; i < len(t); i++ {
		esc := ""
		switch t[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			if !quoted {
				continue
			}
			esc = "&quot;"
		default:
			continue
		}
		dst = append(append(dst, t[from:i]...), esc...)
		from = i + 1
	}
	return append(dst, t[from:]...)
}
