package text_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"herald/source/text"
)

// in returns a text in an encoding.
func in(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	data, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const (
	koreanText   = "서울시는 오늘 새 버스 노선을 열었다. 뷁은 여기에 없다.\r\n둘째 줄."
	japaneseText = "東京は今日、新しいバスの路線を開いた。カタカナもある。"
	chineseText  = "今天上海市政府开通了新的公交线路，市民出行更加方便。"
	frenchText   = "Un été à l'hôtel, déjà vu."
)

func TestCleanDecodesWhatIsDeclared(t *testing.T) {
	utf16LE, utf16BE := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	for _, tt := range []struct {
		name string
		e    encoding.Encoding
		text string
	}{
		{"meta charset", korean.EUCKR, `<meta charset="euc-kr"><p>` + koreanText},
		{"meta charset in capitals, without quotes", korean.EUCKR, `<HTML><HEAD><META CHARSET=KS_C_5601-1987></HEAD><p>` + koreanText},
		{"a name of Windows", korean.EUCKR, `<meta charset='cp949'><p>` + koreanText},
		{"http-equiv", korean.EUCKR, `<meta name=x content="charset"><meta http-equiv="Content-Type" content="text/html; charset=euc-kr" />` + koreanText},
		{"XML", japanese.EUCJP, `<?xml version="1.0" encoding="EUC-JP"?><p>` + japaneseText},
		{"behind front matter", japanese.ShiftJIS, "---\ntitle: " + japaneseText + "\n---\n<meta charset=Shift_JIS>" + japaneseText},
		{"ISO-2022-JP", japanese.ISO2022JP, `<meta charset="iso-2022-jp">` + japaneseText},
		{"GBK", simplifiedchinese.GBK, `<meta charset="gb2312">` + chineseText},
		{"Big5", traditionalchinese.Big5, `<meta charset="big5">` + "今天臺北市政府"},
		{"Latin 1", charmap.Windows1252, `<meta charset="iso-8859-1">` + frenchText},
		{"Cyrillic", charmap.Windows1251, `<meta charset="windows-1251">` + "Сегодня открыт новый маршрут"},
		{"undeclared Korean", korean.EUCKR, "제목입니다\n\n" + koreanText},
		{"undeclared Korean with one rare syllable", korean.EUCKR, "한글 뷁 본문"},
		{"UTF-16, little end first", utf16LE, koreanText + "😀"},
		{"UTF-16, big end first", utf16BE, koreanText + "😀"},
		{"UTF-32, little end first", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), koreanText + "😀"},
		{"UTF-32, big end first", utf32.UTF32(utf32.BigEndian, utf32.UseBOM), koreanText + "😀"},
		{"UTF-8 with a mark", unicode.UTF8BOM, frenchText},
	} {
		want := strings.ReplaceAll(tt.text, "\r\n", "\n")
		got, _, warnings := text.Clean(in(t, tt.e, tt.text))
		if got != want {
			t.Errorf("%s: got %q, want %q", tt.name, got, want)
		}
		if guessed := strings.HasPrefix(tt.name, "undeclared"); len(warnings) != 0 && !guessed || len(warnings) != 1 && guessed {
			t.Errorf("%s: warnings %v", tt.name, warnings)
		}
	}
}

// UTF-8 stays UTF-8, whatever a forgotten declaration says and though it is broken in a place.
func TestCleanKeepsUTF8(t *testing.T) {
	for _, s := range []string{
		`<meta charset="euc-kr">` + koreanText,
		`<meta charset="iso-8859-1">` + frenchText,
		`<?xml version="1.0" encoding="windows-1252"?>` + frenchText,
		`<meta charset="utf-16">` + koreanText,
		`<meta charset="utf-8">` + koreanText,
		frenchText + "\r\n",
	} {
		if got, _, warnings := text.Clean([]byte(s)); got != strings.ReplaceAll(s, "\r\n", "\n") || len(warnings) != 0 {
			t.Errorf("got %q, %v, want %q", got, warnings, s)
		}
	}
	for _, s := range []string{koreanText[:20] + "\xb0\xa1" + koreanText[20:], `<meta charset="euc-kr">` + koreanText + "\xff", "가나다\xc7", "a\xe9b"} {
		got, _, warnings := text.Clean([]byte(s))
		if !strings.Contains(got, "\ufffd") || len(warnings) != 1 {
			t.Errorf("%q: got %q, %v", s, got, warnings)
		}
	}
}

// A guess is made for Korean alone: other encodings of two bytes, and those of one, are not taken for it.
func TestCleanGuessesKoreanOnly(t *testing.T) {
	for name, data := range map[string][]byte{
		"Shift_JIS": in(t, japanese.ShiftJIS, japaneseText), "EUC-JP": in(t, japanese.EUCJP, japaneseText), "GBK": in(t, simplifiedchinese.GBK, chineseText),
		"Big5": in(t, traditionalchinese.Big5, "今天臺北市政府開通了新的公車路線"), "Latin 1": in(t, charmap.Windows1252, frenchText),
		"Cyrillic": in(t, charmap.Windows1251, "Сегодня открыт новый маршрут"),
	} {
		if got, _, _ := text.Clean(data); !strings.Contains(got, "\ufffd") {
			t.Errorf("%s is read as %q", name, got)
		}
	}
}

// What no encoding has is named, and a broken place in another encoding is one in the text.
func TestCleanWarnsOfEncodings(t *testing.T) {
	broken := append(in(t, korean.EUCKR, `<meta charset="euc-kr">한글 `), 0xFF, ' ')
	for _, tt := range []struct{ data, text, warning string }{
		{"<meta charset=klingon>\xe9", "<meta charset=klingon>\ufffd", `the file says that it is in "klingon", which is no encoding of the web; it is read as UTF-8`},
		{string(broken), `<meta charset="euc-kr">한글 ` + "\ufffd ", "broken UTF-8 is replaced by U+FFFD in 1 places: save the file as UTF-8"},
	} {
		got, _, warnings := text.Clean([]byte(tt.data))
		if got != tt.text || len(warnings) == 0 || warnings[0].Message != tt.warning {
			t.Errorf("%q: got %q, %v; want %q, %q", tt.data, got, warnings, tt.text, tt.warning)
		}
	}
}
