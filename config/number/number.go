// Package number reads the numbers that an operator types: sizes, limits, switches. An error says what a value must be.
package number

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Limit is a share of a source's articles, or a number of them. More than that is held.
type Limit struct {
	Share   int64 // in millionths: 1,000,000, which is 100%, turns the limit off. Not asked where IsCount
	Count   int
	IsCount bool
}

// Bool reads true and false, in small letters and capitals.
func Bool(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, errors.New("must be true or false")
}

// Int reads a whole number.
func Int(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, errors.New("must be a whole number")
	}
	return n, nil
}

// Size reads bytes: B, kB, MB, GB are powers of 1000, KiB, MiB, GiB of 1024. A number
// alone is bytes.
func Size(text string) (int64, error) {
	bad := errors.New("must be a size such as 500kB, 10MB or 5MiB")
	digits := strings.TrimRight(text, "BKMGTbkmgti ")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || strings.Trim(digits, "0123456789.") != "" {
		return 0, bad
	}
	units := map[string]float64{"": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30}
	unit, known := units[strings.ToLower(strings.TrimSpace(text[len(digits):]))]
	if !known || n*unit != math.Trunc(n*unit) || n*unit > 1<<50 {
		return 0, bad
	}
	return int64(n * unit), nil
}

// ParseLimit reads a share of 0% to 100% with at most four decimals, or a number of articles. A share is kept as a whole
// number of millionths, so that it compares exactly.
func ParseLimit(text string) (Limit, error) {
	bad := errors.New("must be a share of 0% to 100%, such as 20%, or a whole number of articles")
	if share, ok := strings.CutSuffix(text, "%"); ok {
		whole, decimals, _ := strings.Cut(strings.TrimSpace(share), ".")
		if whole+decimals == "" {
			return Limit{}, bad
		}
		decimals = strings.TrimRight(decimals, "0")
		digits := whole + decimals + strings.Repeat("0", max(0, 4-len(decimals)))
		n, err := strconv.ParseInt(digits, 10, 64)
		switch {
		case err != nil || strings.Trim(digits, "0123456789") != "" || n > 1_000_000 && len(decimals) <= 4:
			return Limit{}, bad
		case len(decimals) > 4:
			return Limit{}, fmt.Errorf("%w; a share has at most four decimals", bad)
		}
		return Limit{Share: n}, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		if strings.Contains(text, ".") {
			return Limit{}, fmt.Errorf("%w; write a share with its sign, such as 20%%", bad)
		}
		return Limit{}, bad
	}
	return Limit{Count: n, IsCount: true}, nil
}
