package preset

import (
	"strings"
	"unicode"

	"herald/source/text"
)

// romanise returns a letter or sign in ASCII, as Zola's slugs have it. known is false for one that herald has no spelling of: Han
// characters, and scripts beside Latin, Greek, Cyrillic, Hangul and kana.
func romanise(r rune) (ascii string, known bool) {
	switch {
	case r < unicode.MaxASCII:
		return string(r), true
	case r >= '가' && r <= '힣':
		return hangul(int(r - '가')), true
	case r >= 'ぁ' && r <= 'ヺ':
		return kana(r)
	case r >= '！' && r <= '～':
		return string(r - '！' + '!'), true // the full widths of ASCII
	case unicode.Is(unicode.Greek, r), unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Latin, r):
		return alphabetic(unicode.ToLower(r), r)
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ー':
		return "", true
	}
	if ascii, known = signs()[r]; known {
		return ascii, true
	}
	return "-", unicode.IsPunct(r) || unicode.IsSpace(r)
}

// hangul spells the syllable of a number letter by letter: initial, vowel, final.
func hangul(n int) string {
	initials := strings.Split("g gg n d dd r m b bb s ss  j jj c k t p h", " ")
	vowels := strings.Split("a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i", " ")
	finals := strings.Split(" g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h", " ")
	return initials[n/588] + vowels[n/28%21] + finals[n%28]
}

// kana spells hiragana, and katakana which stand in the same order.
func kana(r rune) (ascii string, known bool) {
	if r >= 'ァ' {
		r -= 'ァ' - 'ぁ'
	}
	all := strings.Fields("a a i i u u e e o o ka ga ki gi ku gu ke ge ko go sa za si zi su zu se ze so zo ta da ti di tu tu du te de to do " +
		"na ni nu ne no ha ba pa hi bi pi hu bu pu he be pe ho bo po ma mi mu me mo ya ya yu yu yo yo ra ri ru re ro wa wa wi we wo n vu ka ke")
	if i := int(r - 'ぁ'); i < len(all) {
		return all[i], true
	}
	return "", false
}

// alphabetic spells a letter of an alphabet that has small ones; written is the letter as it was written.
func alphabetic(r, written rune) (ascii string, known bool) {
	cyrillic := strings.Fields("a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia ie io dj gj ie dz i yi j lj nj tsh kj i u dzh")
	greek := strings.Fields("a b g d e z e th i k l m n x o p r s s t u ph kh ps o")
	switch {
	case written == 'Є':
		return "e", true
	case written == 'Ξ':
		return "ks", true
	case r >= 'а' && r <= 'џ':
		return cyrillic[r-'а'], true
	case r >= 'α' && r <= 'ω':
		return greek[r-'α'], true
	}
	if ascii, known = latin()[r]; known {
		return ascii, true
	}
	plain := []rune(text.NFD(string(r)))
	switch {
	case len(plain) > 1 && plain[0] < unicode.MaxASCII:
		return string(plain[0]), true
	case len(plain) > 1 && plain[0] >= 'α' && plain[0] <= 'ω':
		return greek[plain[0]-'α'], true
	}
	return "", false
}

// latin are the Latin letters that are more than a letter of ASCII with a mark.
func latin() map[rune]string {
	return map[rune]string{
		'æ': "ae", 'ǽ': "ae", 'ð': "d", 'ø': "o", 'ǿ': "o", 'þ': "th", 'ß': "ss", 'đ': "d", 'ħ': "h", 'ı': "i", 'ĳ': "ij", 'ĸ': "k", 'ŀ': "l", 'ł': "l",
		'ŋ': "ng", 'œ': "oe", 'ŧ': "t", 'ſ': "s", 'ª': "a", 'º': "o", 'ə': "e",
	}
}

// signs are the signs that are spelled with letters and digits.
func signs() map[rune]string {
	return map[rune]string{
		'¢': "c-", '£': "ps", '¥': "y-", '§': "ss", '©': "-c-", '®': "-r-", '°': "deg", '²': "2", '³': "3", '¹': "1", '¼': "1-4", '½': "1-2", '¾': "3-4",
		'µ': "u", '€': "eur", '™': "tm", '〇': "0", '〓': "x-", '±': "-", '×': "x", '÷': "-", '´': "-", '¨': "-", '¬': "-", '¯': "-", '¦': "-",
	}
}
