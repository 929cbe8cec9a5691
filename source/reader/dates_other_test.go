package reader_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
)

func TestRulesBesideFrontMatterAndFileName(t *testing.T) {
	added := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	repository := func() (time.Time, error) { return added, nil }
	nobody := func() (time.Time, error) { return time.Time{}, nil }
	git, line := source.DatedByGit, source.DatedByDateline
	text := "제목\n\n입력 2024-01-05 14:30\n본문이다."
	for name, c := range map[string]struct {
		text  string
		dates []source.DateRule
		added func() (time.Time, error)
		want  string
		rule  source.DateRule
	}{
		"the commit":                    {text, []source.DateRule{git, line}, repository, "2020-01-02T03:04:05Z", git},
		"the line first":                {text, []source.DateRule{line, git}, repository, "2024-01-05T05:30:00Z", line},
		"not committed":                 {text, []source.DateRule{git, line}, nobody, "2024-01-05T05:30:00Z", line},
		"no repository":                 {text, []source.DateRule{git}, nil, "", ""},
		"front matter before both":      {"---\ndate: 2019-01-01T00:00:00Z\n---\n" + text, []source.DateRule{source.DatedByFrontMatter, git, line}, repository, "2019-01-01T00:00:00Z", source.DatedByFrontMatter},
		"no line":                       {"제목\n\n2024-01-05에 쓴 긴 글이다.", []source.DateRule{line, git}, repository, "2020-01-02T03:04:05Z", git},
		"a chain that asks for neither": {text, []source.DateRule{source.DatedByFrontMatter}, repository, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := reader.Reading{Path: "a.txt", Pattern: "/:path/", Zone: time.FixedZone("KST", 9*3600), Dates: c.dates, Added: c.added}
			a, err := reader.Parse("a.txt", []byte(c.text), r)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if !a.Published.IsZero() {
				got = a.Published.Format(time.RFC3339)
			}
			if got != c.want || a.DatedBy != c.rule {
				t.Errorf("got %q by %q, want %q by %q", got, a.DatedBy, c.want, c.rule)
			}
			warned := len(a.Warnings) > 0 && strings.Contains(a.Warnings[0].Message, `dated by the line "입력 2024-01-05 14:30"`)
			if warned != (c.rule == line) {
				t.Errorf("warnings %v", a.Warnings)
			}
		})
	}
}

// A commit that dates a file changes nothing of what it says.
func TestTheDateOfACommitIsNoContent(t *testing.T) {
	read := func(dates ...source.DateRule) *source.Article {
		r := reader.Reading{Path: "a.txt", Dates: dates, Added: func() (time.Time, error) { return time.Unix(1e9, 0), nil }}
		a, err := reader.Parse("a.txt", []byte("제목\n\n본문"), r)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if with, without := read(source.DatedByGit), read(); with.ContentDigest != without.ContentDigest || with.Published.IsZero() {
		t.Errorf("digests %x and %x, published %v", with.ContentDigest, without.ContentDigest, with.Published)
	}
}

// That the repository cannot be read is no fault of the article.
func TestARepositoryThatCannotBeRead(t *testing.T) {
	broken := errors.New("the clone is shallow")
	r := reader.Reading{Path: "a.txt", Dates: []source.DateRule{source.DatedByGit}, Added: func() (time.Time, error) { return time.Time{}, broken }}
	var refused *source.ArticleError
	if _, err := reader.Parse("a.txt", []byte("제목"), r); !errors.Is(err, broken) || errors.As(err, &refused) {
		t.Errorf("got %v, want the cause, and no refusal", err)
	}
}
