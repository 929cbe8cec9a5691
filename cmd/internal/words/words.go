// Package words says the program's texts in the operator's language. The English text in the source, a format as fmt knows it, is the
// key; korean.po holds what stands for it. A text is said in one of two ways: where it is made (Say), or, where another room made it,
// stored it or sent it, by being recognised as a whole (Text). Names, paths, URLs and what others wrote stay as they are.
package words

import (
	"fmt"
	"slices"
	"strings"
)

// Language is what texts for people are said in. The zero value is English. It may be used by several goroutines at once.
type Language struct{ korean *catalogue }

// Korean returns the language ko.
func Korean() Language { return Language{readKorean()} }

// Asked returns the language that the operator asks for: on the command line (--lang, en or ko, also as ko-KR), else by the
// environment, where LC_ALL goes before LC_MESSAGES and that before LANG (POSIX). An environment that names another language means
// English; a command line that does is an error, beside the language of the environment.
func Asked(args, env []string) (Language, error) {
	name, asked := flagOf(args)
	switch languageOf(name) {
	case "en":
		return Language{}, nil
	case "ko":
		return Korean(), nil
	}
	if asked {
		return ofEnvironment(env), fmt.Errorf("--lang %q: want en or ko", name)
	}
	return ofEnvironment(env), nil
}

// flagOf returns the value of --lang on a command line; of one that stands twice the last counts.
func flagOf(args []string) (value string, given bool) {
	for i, arg := range args {
		name, behind, joined := strings.Cut(arg, "=")
		switch {
		case arg == "--":
			return value, given
		case name == "--lang" && joined:
			value, given = behind, true
		case name == "--lang" && i+1 < len(args):
			value, given = args[i+1], true
		}
	}
	return value, given
}

func ofEnvironment(env []string) Language {
	for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := lastOf(env, key); value != "" {
			if languageOf(value) == "ko" {
				return Korean()
			}
			return Language{}
		}
	}
	return Language{}
}

// lastOf returns the value of a key of the environment; of one that stands twice the last counts.
func lastOf(env []string, key string) string {
	for _, one := range slices.Backward(env) {
		if value, is := strings.CutPrefix(one, key+"="); is {
			return value
		}
	}
	return ""
}

// languageOf returns the language in a locale: ko of ko_KR.UTF-8.
func languageOf(locale string) string {
	end := strings.IndexAny(locale, "_-.@")
	if end < 0 {
		end = len(locale)
	}
	return strings.ToLower(locale[:end])
}

// Say formats as fmt.Sprintf does, in the language. A format that the catalogue lacks is said in English.
func (l Language) Say(format string, args ...any) string {
	if l.korean == nil {
		return fmt.Sprintf(format, args...)
	}
	e := l.korean.byText[format]
	if e == nil {
		return fmt.Sprintf(format, args...)
	}
	return l.korean.render(e.korean, e.english.formatted(args), l.korean.text)
}

// Word returns a text without verbs in the language: a label, a state. One that the catalogue lacks stays as it is.
func (l Language) Word(english string) string {
	if l.korean == nil || l.korean.byText[english] == nil {
		return english
	}
	return l.korean.render(l.korean.byText[english].korean, nil, nil)
}

// Text returns a text that some room made of formats of the catalogue in the language. One that is not recognised stays as it is.
func (l Language) Text(text string) string {
	if l.korean == nil {
		return text
	}
	return l.korean.text(text)
}
