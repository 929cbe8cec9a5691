package date

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// lastOffset is the greatest offset of a place on Earth, in hours.
const lastOffset = 14

var (
	// An offset: Z, +09, +0900, +09:00. The name of its zone may stand behind it, as Go writes it.
	dateOffset = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?00)?(?: [A-Z]{1,5})?$`)
	// A comment behind an offset (RFC 5322 section 3.2.2): "+0900 (KST)".
	dateComment = regexp.MustCompile(` \([^()]*\)$`)
)

// parseOffset reads what stands behind date and time. A zone's name is taken where it has one
// meaning in programs that read dates (RFC 5322 section 4.3, Ruby's Time), or is zone's own.
func parseOffset(text string, zone *time.Location) (*time.Location, error) {
	if open := strings.IndexByte(text, '['); open > 0 && strings.HasSuffix(text, "]") {
		text = text[:open] // RFC 9557: "+09:00[Asia/Seoul]"
	}
	if strings.HasSuffix(text, ")") {
		text = dateComment.ReplaceAllString(text, "")
	}
	if m := dateOffset.FindStringSubmatch(text); m != nil {
		hours, minutes := number(m[2]), number(m[3])
		if hours > lastOffset || minutes > 59 {
			return nil, fmt.Errorf("no place uses the offset %s", text)
		}
		return offset(m[1] == "-", hours, minutes), nil
	}
	if text == zone.String() {
		return zone, nil
	}
	minutes, known := zoneMinutes[strings.ToUpper(strings.Trim(text, "()"))]
	if !known {
		return nil, fmt.Errorf("there is no zone called %s", text)
	}
	return time.FixedZone("", minutes*60), nil
}

// offset returns the zone of an offset from UTC.
func offset(west bool, hours, minutes int) *time.Location {
	seconds := hours*3600 + minutes*60
	if west {
		seconds = -seconds
	}
	return time.FixedZone("", seconds)
}

// zoneMinutes is the offset of each zone that is named by letters.
var zoneMinutes = map[string]int{
	"Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0,
	"KST": 540, "JST": 540, "HKT": 480, "SGT": 480, "MSK": 180, "IST": 330,
	"EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
	"AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "BRT": -180,
	"BST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "WEST": 60, "EET": 120, "EEST": 180, "SAST": 120,
	"AEST": 600, "AEDT": 660, "ACST": 570, "ACDT": 630, "AWST": 480, "NZST": 720, "NZDT": 780,
}

// number returns the number of digits, 0 for none.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
