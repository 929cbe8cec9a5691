package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// particles are the endings whose form the last sound of the word before them decides: as korean.po writes them, behind a consonant, and
// behind a vowel.
func particles() [][3]string {
	return [][3]string{
		{"을(를)", "을", "를"}, {"이(가)", "이", "가"}, {"은(는)", "은", "는"}, {"과(와)", "과", "와"}, {"(으)로", "으로", "로"},
		{"(이)라", "이라", "라"}, {"(이)나", "이나", "나"}, {"(이)며", "이며", "며"}, {"(이)고", "이고", "고"}, {"(이)므로", "이므로", "므로"}, {"(이)어야", "이어야", "여야"}, {"(이)었", "이었", "였"},
	}
}

// withParticles returns a text that goes on behind another with its particles in the right form.
func withParticles(before, text string) string {
	for _, p := range particles() {
		for {
			at := strings.Index(text, p[0])
			if at < 0 {
				break
			}
			form := p[2]
			if sound := lastSound(before + text[:at]); sound == consonant || sound == rieul && p[0] != "(으)로" {
				form = p[1]
			}
			text = text[:at] + form + text[at+len(p[0]):]
		}
	}
	return text
}

// sound is what a word ends with.
type sound int

const (
	vowel sound = iota
	consonant
	rieul // ㄹ, behind which 으로 is 로
)

// lastSound returns what a text ends with as it is read aloud. Quotes, brackets that close, and what stands in round brackets at its end
// are not read.
func lastSound(text string) sound {
	text = spoken(text)
	r, size := utf8.DecodeLastRuneInString(text)
	switch {
	case r >= '가' && r <= '힣':
		switch (r - '가') % 28 {
		case 0:
			return vowel
		case 8:
			return rieul
		}
		return consonant
	case r >= '0' && r <= '9':
		return [...]sound{consonant, rieul, vowel, consonant, vowel, vowel, consonant, rieul, rieul, vowel}[r-'0'] // 영(십, 백, 천, 만) 일 이 삼 사 오 육 칠 팔 구
	case r < utf8.RuneSelf && unicode.IsLetter(r):
		return latin(text[:len(text)-size], unicode.ToLower(r), unicode.IsUpper(r))
	case r == '%':
		return vowel // 퍼센트
	}
	return vowel
}

// spoken returns a text without what is not read at its end.
func spoken(text string) string {
	for {
		before := text
		text = strings.TrimRightFunc(text, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("\"'`”’」』》〉]}>…", r)
		})
		if strings.HasSuffix(text, ")") {
			if open := strings.LastIndexByte(text, '('); open > 0 {
				text = text[:open]
			} else {
				text = text[:len(text)-1]
			}
		}
		if text == before {
			return text
		}
	}
}

// latin returns the sound of a word in Latin letters, of which the last is r: as it is read in Korean, or by its letters where it
// is in capitals.
func latin(before string, r rune, capital bool) sound {
	last, _ := utf8.DecodeLastRuneInString(before)
	if capital || !unicode.IsLetter(last) { // read by letters: 엘 엠 엔 알
		switch r {
		case 'l', 'r':
			return rieul
		case 'm', 'n':
			return consonant
		}
		return vowel
	}
	last = unicode.ToLower(last)
	switch {
	case strings.HasSuffix(strings.ToLower(before), ".htm"), strings.HasSuffix(strings.ToLower(before), ".xm"), strings.HasSuffix(strings.ToLower(before), ".yam"):
		return rieul
	case r == 'l', r == 'e' && last == 'l': // 파일, 타이틀
		return rieul
	case r == 'e' && (last == 'm' || last == 'n'), strings.HasSuffix(strings.ToLower(before), "yp"): // 네임, 라인, 타입
		return consonant
	case r == 'm', r == 'n', r == 'g' && last == 'n':
		return consonant
	case strings.ContainsRune("bckpt", r) && strings.ContainsRune("aeiou", last):
		return consonant // 웹, 블록, 맵, 셋
	}
	return vowel
}
