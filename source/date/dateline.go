package date

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"herald/source/text"
)

// The longest line that may be a dateline, and the longest of what stands beside its date and words, in characters.
const (
	maxDateline = 100
	maxBeside   = 40
)

const months = `(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?`

var (
	// A day, and the time of day behind it.
	lineDate = regexp.MustCompile(`(?:(?:19|20)\d{2}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\. ?\d{1,2}\. ?\d{1,2}\.?|년 ?\d{1,2}월 ?\d{1,2}일|年 ?\d{1,2}月 ?\d{1,2}日)` +
		`(?: ?\([월화수목금토일月火水木金土日]\)| [월화수목금토일]요일)?` +
		`|(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?(?:` + months + ` \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}|\d{1,2}(?:st|nd|rd|th)? ` + months + `,? (?:19|20)\d{2}))` +
		`(?:,?(?: at)?[ T]?(?:(?:오전|오후) ?)?\d{1,2}(?::\d{2}(?::\d{2})?|시(?: ?\d{1,2}분)?)(?: ?(?i:[ap]\.?m\.?))?(?: ?(?:KST|JST|UTC|GMT|Z|[+-]\d{2}:?\d{2}))?)?`)

	lineNumber   = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	lineChinese  = regexp.MustCompile(`年 ?(\d{1,2})月 ?(\d{1,2})日(?: ?\([月火水木金土日]\))?`)
	lineWeekday  = regexp.MustCompile(`^[A-Z][a-z]+\.?,? ([A-Z0-9])`)
	linePrefixes = `(?:최초 ?|기사 ?)?`
	lineSuffixes = `(?:일시|일자|일|시간|시각)?`

	// Words that say that an article appeared, before and behind its date, and that it was changed.
	publishedBefore = regexp.MustCompile(`(?:` + linePrefixes + `(?:입력|등록|게재|게시|발행|작성|승인|송고|출고)` + lineSuffixes +
		`|(?i:(?:first )?(?:published|posted|released)(?: on)?|(?:publication |publish )?date)|(?:公開|掲載|配信|投稿|发布|發布|发表|發表)(?:日時|日|時間|时间|于)?) ?[:：|]? ?$`)
	publishedBehind = regexp.MustCompile(`^ ?(?:입력|등록|게재|게시|발행|작성|승인|송고|출고|公開|掲載|配信|投稿|发布|發布|发表|發表)(?:$|[ |·,/)\]])`)
	changedBefore   = regexp.MustCompile(`(?:(?:최종 ?)?(?:수정|업데이트|갱신|변경)` + lineSuffixes + `|(?i:(?:last )?(?:updated|modified|edited|revised)(?: on)?)|更新(?:日時|日)?|修正) ?[:：|]? ?$`)
	changedBehind   = regexp.MustCompile(`^ ?(?:수정|업데이트|갱신|변경|更新|修正)(?:$|[ |·,/)\]])`)

	// Who wrote, and where: "(서울=새벽통신) 김새벽 기자 =", "By Kim Saebyeok", "새벽일보 김새벽 기자".
	byline = regexp.MustCompile(`^(?:[(\[【][^()\[\]【】]{1,20}=[^()\[\]【】]{1,20}[)\]】])? ?(?:(?:[\p{L}·]{1,12} ){0,3}(?:기자|특파원|통신원|논설위원|편집위원|記者|记者)|(?i:by|글) ?:? ?\p{L}[\p{L}.'’ -]{1,38})?$`)
)

// separators stand between the parts of a dateline.
const separators = " |·•/–—-=:：,()[]【】<>"

// Dateline reads the date of a line that says when an article appeared, as newspapers put one above or below the text:
// "입력 2024.01.05 14:30", "2024년 1월 5일 14:30 입력", "(서울=새벽통신) 2024-01-05", "Published January 5, 2024", "By Kim | Jan 5, 2024". The
// line must be short, and hold a word for that beside the date, or nothing but the date and who wrote. A date in running text is
// none, nor is one that says when the article was changed. See Parse for zone and zoneless.
func Dateline(line string, zone *time.Location) (t time.Time, zoneless, found bool) {
	line = strings.Trim(text.Collapse(strings.NewReplacer("**", "", "__", "").Replace(text.NFC(line))), "*_ ")
	if len(line) > maxDateline*utf8.UTFMax || utf8.RuneCountInString(line) > maxDateline {
		return t, false, false
	}
	at := lineDate.FindAllStringIndex(line, 4)
	best := -1
	for i, span := range at {
		if isDigit(line, span[0]-1) || isDigit(line, span[1]) {
			return t, false, false
		}
		switch role(line, at, i) {
		case published:
			if best < 0 || role(line, at, best) == bare {
				best = i
			}
		case bare:
			if best >= 0 || i > 0 {
				return t, false, false // a period, a table: two days
			}
			best = i
		}
	}
	if best < 0 || !apart(line, at, best) {
		return t, false, false
	}
	t, zoneless, err := Parse(plainDate(line[at[best][0]:at[best][1]]), zone)
	return t, zoneless, err == nil
}

// What a date in a line is.
type dateRole int

const (
	bare dateRole = iota // the line does not say
	published
	changed
)

// beside returns what stands before and behind a date, up to its neighbours.
func beside(line string, at [][]int, i int) (before, behind string) {
	from, to := 0, len(line)
	if i > 0 {
		from = at[i-1][1]
	}
	if i+1 < len(at) {
		to = at[i+1][0]
	}
	return line[from:at[i][0]], line[at[i][1]:to]
}

func role(line string, at [][]int, i int) dateRole {
	before, behind := beside(line, at, i)
	switch {
	case changedBefore.MatchString(before):
		return changed
	case publishedBefore.MatchString(before):
		return published
	case changedBehind.MatchString(behind) && i+1 == len(at):
		return changed
	case publishedBehind.MatchString(behind):
		return published
	}
	return bare
}

// apart reports whether what stands around the dates of a line is no running text.
func apart(line string, at [][]int, best int) bool {
	before, behind := line[:at[0][0]], line[at[len(at)-1][1]:]
	keyed := role(line, at, best) == published
	if keyed {
		before = strings.TrimSpace(publishedBefore.ReplaceAllString(changedBefore.ReplaceAllString(before, ""), ""))
		if loc := publishedBehind.FindStringIndex(behind); loc != nil {
			behind = behind[loc[1]:]
		}
	}
	behind = strings.TrimSpace(changedBehind.ReplaceAllString(behind, ""))
	if utf8.RuneCountInString(before)+utf8.RuneCountInString(behind) > maxBeside || strings.ContainsAny(lastRune(behind), ".!?。！？…") {
		return false
	}
	if !named(before) && !(keyed && strings.ContainsAny(lastRune(before), separators)) {
		return false
	}
	return named(behind) || keyed && strings.ContainsAny(behind[:1], separators)
}

// named reports whether a part of a line is nothing, or who wrote it.
func named(part string) bool {
	part = strings.TrimSpace(part)
	return strings.Trim(part, separators) == "" || byline.MatchString(strings.TrimRight(strings.TrimLeft(part, " |·•/–—-:：,"), " |·•/–—-=:：,"))
}

func lastRune(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}

func isDigit(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// plainDate returns a date of a line in a form that Parse reads.
func plainDate(s string) string {
	s = lineNumber.ReplaceAllString(s, "$1")
	s = lineChinese.ReplaceAllString(s, "-$1-$2")
	s = strings.Replace(strings.Replace(s, " at ", " ", 1), "., ", " ", 1)
	return lineWeekday.ReplaceAllStringFunc(s, func(m string) string {
		if englishMonth(strings.TrimRight(strings.Fields(m)[0], ".,")) != "" {
			return m
		}
		return m[len(m)-1:]
	})
}
