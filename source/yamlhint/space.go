package yamlhint

import (
	"fmt"
	"strings"
)

// OddSpace finds a character that looks like a space, or like nothing, before the value of a line, where YAML takes it for a
// letter: it returns the byte at which it stands, and its name; "" for none.
func OddSpace(line string) (at int, name string) {
	for i, r := range line {
		if name := oddName(r); name != "" {
			return i, name
		}
		if r == '"' || r == '\'' || i > 0 && line[i-1] == ' ' && strings.HasSuffix(strings.TrimRight(line[:i], " "), ":") {
			return 0, "" // the value begins
		}
	}
	return 0, ""
}

// TrimOdd takes such characters off both ends of a key, and returns the name of the first; "": there were none.
func TrimOdd(key string) (trimmed, name string) {
	_, name = OddSpace(key)
	if name == "" {
		return key, ""
	}
	trimmed = strings.TrimFunc(key, func(r rune) bool { return r == ' ' || oddName(r) != "" })
	if trimmed == key {
		return key, ""
	}
	return trimmed, name
}

func oddName(r rune) string {
	switch {
	case r == 0xA0 || r == 0x202F:
		return fmt.Sprintf("no-break space (%U)", r)
	case r == 0x3000:
		return fmt.Sprintf("wide space (%U)", r)
	case r >= 0x2000 && r <= 0x200A || r == 0x205F:
		return fmt.Sprintf("space that is no plain one (%U)", r)
	case r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0xFEFF:
		return fmt.Sprintf("character that is not seen (%U)", r)
	}
	return ""
}
