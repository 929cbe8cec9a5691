package source

// ExtractPage takes a whole HTML page apart: its title and the HTML of its main text.
func ExtractPage(html string) (title, body string) { return "", html }

// BeginsWithBlockTag reports whether s begins with the tag of an HTML block element.
func BeginsWithBlockTag(s string) bool { return len(s) > 0 && s[0] == '<' }
