package preset

import (
	"strings"
	"unicode"

	"herald/source/text"
)

// asciiOf returns a text in the letters of ASCII as Python's unidecode does, but for signs that slugs drop. ok is false where that
// would take its tables: for Han characters and rare scripts.
func asciiOf(s string) (ascii string, ok bool) {
	var b strings.Builder
	for _, r := range text.NFKC(s) {
		plain, known := unidecode(r)
		if !known {
			return "", false
		}
		b.WriteString(plain)
	}
	return b.String(), true
}

// unidecode returns what stands for one letter or sign.
func unidecode(r rune) (plain string, known bool) {
	switch {
	case r < 0x80:
		return string(r), true
	case unicode.IsSpace(r):
		return " ", true
	case r >= '가' && r <= '힣':
		return hangul(int(r - '가')), true
	case r >= 'ぁ' && r <= 'ヺ':
		return unidecodeKana(r)
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ー', r >= 0x1F000 && r < 0x20000: // accents, invisible signs, emoji
		return "", true
	case unicode.Is(unicode.Greek, r), unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Latin, r):
		return unidecodeLetter(r)
	case r == '–', r == '‐', r == '‑', r == '‒', r == '−':
		return "-", true
	case r == '—':
		return "--", true
	}
	return "", strings.ContainsRune("‘’“”„‚‹›«»…·•¡¿′″⁄、。・〈〉《》「」『』【】〔〕", r)
}

func unidecodeKana(r rune) (plain string, known bool) {
	switch r {
	case 'し', 'シ':
		return "shi", true
	case 'ち', 'チ':
		return "chi", true
	case 'つ', 'ツ', 'っ', 'ッ':
		return "tsu", true
	}
	return kana(r)
}

func unidecodeLetter(r rune) (plain string, known bool) {
	switch r {
	case 'ъ', 'Ъ', 'ь', 'Ь': // an apostrophe
		return "", true
	case 'ə', 'Ə':
		return "", true // an at sign
	}
	plain, known = alphabetic(unicode.ToLower(r), r)
	if plain != "" && unicode.IsUpper(r) {
		plain = strings.ToUpper(plain[:1]) + plain[1:]
	}
	return plain, known
}
