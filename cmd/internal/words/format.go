package words

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// format is a text with verbs in it, as fmt writes them. between has one part more than there are verbs.
type format struct {
	between []string
	verbs   []verb
}

// verb stands for an argument.
type verb struct {
	arg  int    // which, from 0
	spec string // without the index: %-7s
	kind byte   // the letter
}

var verbs = regexp.MustCompile(`%(\[\d+\])?([-+#0]*[\d.]*)([a-zA-Z%])`)

// parseFormat reads a format.
func parseFormat(text string) format {
	if strings.IndexByte(text, '%') < 0 {
		return format{between: []string{text}}
	}
	f := format{between: []string{""}}
	end, next := 0, 0
	for _, at := range verbs.FindAllStringSubmatchIndex(text, -1) {
		last := &f.between[len(f.between)-1]
		*last += text[end:at[0]]
		end = at[1]
		if text[at[6]] == '%' {
			*last += "%"
			continue
		}
		if at[2] >= 0 {
			n, _ := strconv.Atoi(text[at[2]+1 : at[3]-1]) // digits
			next = n - 1
		}
		f.verbs = append(f.verbs, verb{next, "%" + text[at[4]:at[7]], text[at[6]]})
		f.between = append(f.between, "")
		next++
	}
	f.between[len(f.between)-1] += text[end:]
	return f
}

// formatted returns each argument as its verb writes it.
func (f format) formatted(args []any) []string {
	out := make([]string, len(args))
	for _, v := range f.verbs {
		if v.arg < len(args) {
			out[v.arg] = fmt.Sprintf(strings.Replace(v.spec, "w", "v", 1), args[v.arg])
		}
	}
	return out
}

// weight is how much of a text the format itself says: of two that fit, the heavier one is meant.
func (f format) weight() (n int) {
	for _, part := range f.between {
		n += len(part)
	}
	return n
}

// fewest is how many letters, and verbs that not any text fits, a format must have for a text to be recognised by them.
const fewest = 4

// says reports whether a format has enough words of its own.
func (f format) says() bool {
	letters := 0
	for _, v := range f.verbs {
		if strings.IndexByte("dqfU", v.kind) >= 0 { // not any text fits
			letters++
		}
	}
	for _, part := range f.between {
		for _, r := range part {
			if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	return letters >= fewest
}

// hint returns the longest part, which a text must contain to fit.
func (f format) hint() (longest string) {
	for _, part := range f.between {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return longest
}

// fits calls yield with the arguments of each way in which the format makes up a text, until yield returns false.
func (f format) fits(text string, yield func(args []string) bool) {
	last := len(f.between) - 1
	if !strings.HasPrefix(text, f.between[0]) || !strings.HasSuffix(text, f.between[last]) || len(text) < f.weight() {
		return
	}
	args := make([]string, len(f.verbs))
	f.fitRest(text[len(f.between[0]):], 0, args, yield)
}

// fitRest is fits from the verb i on; it returns false where no more is wanted.
func (f format) fitRest(text string, i int, args []string, yield func(args []string) bool) bool {
	if i == len(f.verbs) {
		return text != "" || yield(args)
	}
	v, behind := f.verbs[i], f.between[i+1]
	if i == len(f.verbs)-1 {
		value, is := strings.CutSuffix(text, behind)
		if !is || !v.writes(value) {
			return true
		}
		args[v.arg] = value
		return yield(args)
	}
	for from := 0; from <= len(text); from++ {
		at := strings.Index(text[from:], behind)
		if at < 0 {
			return true
		}
		from += at
		if !v.writes(text[:from]) || behind == "" && !goesOn(text[from:]) {
			continue
		}
		args[v.arg] = text[:from]
		if !f.fitRest(text[from+len(behind):], i+1, args, yield) {
			return false
		}
	}
	return true
}

// goesOn reports whether what stands right behind an argument can be another one: a part of the sentence, or nothing.
func goesOn(text string) bool { return text == "" || strings.IndexByte(" ,;:(", text[0]) >= 0 }

// adjacent reports whether two arguments stand side by side. The first of them is as long as can be.
func (f format) adjacent() bool {
	return len(f.verbs) > 1 && slices.Contains(f.between[1:len(f.verbs)], "")
}

// writes reports whether a verb may have written a value.
func (v verb) writes(value string) bool {
	switch v.kind {
	case 'd':
		value = strings.TrimLeft(value, " -")
		return value != "" && strings.Trim(value, "0123456789,") == ""
	case 'q':
		_, err := strconv.Unquote(value)
		return err == nil || value == "" // %q of a list, or with a precision, is quoted too
	case 'f':
		_, err := strconv.ParseFloat(value, 64)
		return err == nil
	case 'U':
		return strings.HasPrefix(value, "U+")
	}
	return true
}
