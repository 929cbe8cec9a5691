package reader_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
)

// facts shows the fields of an article that keys of many spellings fill.
func facts(a *source.Article) string {
	var authors []string
	for _, author := range a.Authors {
		authors = append(authors, author.Name)
	}
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s", a.Title, strings.Join(authors, ","), date(a.Published), date(a.Updated), date(a.Expires), a.Image)
}

// Keys count in any case and in the spellings of every generator.
func TestSpellings(t *testing.T) {
	for block, want := range map[string]string{
		"TITLE: 제목\nDate: 2024-01-02":                                      "제목||2024-01-02|||",
		"title: 제목\nauthor: 가\nauthors: [나, {name: 다}]":                    "제목|가,나,다||||",
		"title: 제목\nby: [가, 나]":                                            "제목|가,나||||",
		"title: 제목\nbyline: By Ann":                                        "제목|Ann||||",
		"title: 제목\nauthor_name: 가\nby: 나":                                 "제목|나||||",
		"title: 제목\nauthor: false\nauthor-name: 가":                         "제목|가||||",
		"title: 제목\nauthor: {display_name: 가, login: x}":                   "제목|가||||",
		"title: 제목\nauthorURL: https://a.example.org/":                     "제목|||||",
		"title: 제목\nauthors: [{key: ann}]":                                 "제목|ann||||",
		"title: 제목\nposted: 2024-01-02":                                    "제목||2024-01-02|||",
		"title: 제목\ncreated: by hand":                                      "제목|||||",
		"title: 제목\npubDate: Jan 2 2024\nupdatedDate: 2024-02-03":          "제목||2024-01-02|2024-02-03||",
		"title: 제목\nlast_update: {date: 2024-02-03, author: 가}":            "제목|||2024-02-03||",
		"title: 제목\nlast-modified-at: 2024-02-03":                          "제목|||2024-02-03||",
		"title: 제목\nExpirydate: 2024-02-03":                                "제목||||2024-02-03|",
		"title: 제목\nexpirydate: 0001-01-01":                                "제목|||||",
		"title: 제목\nheroImage: /a.png":                                     "제목|||||/a.png",
		"title: 제목\ncover: {image: '', alt: 사진}\nfeatured_image: b.png":    "제목|||||b.png",
		"title: 제목\ncover: {hidden: true, relative: false}\nbanner: b.png": "제목|||||b.png",
		"title: 제목\nheader: {overlay_image: /a.png, caption: 글}":           "제목|||||/a.png",
		"title: 제목\nheader: 머리말":                                           "제목|||||",
		"title: 제목\nimage: true":                                           "제목|||||",
		"title: 제목\nparams: {author: 가, image: a.png, title: 나}":           "제목|가||||a.png",
		"title: 제목\nauthor: 가\nextra: {author: 나}":                         "제목|가||||",
		"title: 제목\neleventyComputed: {title: 다른 제목}":                      "다른 제목|||||",
		"title: 제목\ndate: {published: 2024-01-02, updated: 2024-02-03}":    "제목||2024-01-02|||",
		"title: 제목\ndate: git Last Modified":                               "제목|||||",
	} {
		a, err := reader.Parse("a", []byte("---\n"+block+"\n---\n글\n"), reader.Reading{Path: "a.md"})
		if err != nil {
			t.Errorf("%q: %v", block, err)
		} else if got := facts(a); got != want {
			t.Errorf("%q: got %s, want %s", block, got, want)
		}
	}
}

// The names that a source has for fields of ours go before ours.
func TestFields(t *testing.T) {
	names := map[string][]string{
		"author": {"reporter_name", "seo.writer"}, "title": {"newstitle"}, "published": {"made"}, "image": {"photo"}, "draft": {"wip"}, "categories": {"desk"},
		"url": {"where"}, "nonsense": {"x"},
	}
	read := func(block string) (*source.Article, error) {
		return reader.Parse("a", []byte("---\n"+block+"\n---\n글\n"), reader.Reading{Path: "a.md", Fields: names})
	}
	for block, want := range map[string]string{
		"title: 제목\nnewstitle: 새 제목\nMade: 2024-01-02\ndate: 2023-01-01": "새 제목||2024-01-02|||",
		"title: 제목\nnewstitle: ''\nreporter_name: 가\nauthors: 나":         "제목|가||||",
		"title: 제목\nseo: {writer: 가}\nauthor: 나\nphoto: [a.png]":         "제목|가||||a.png",
		"title: 제목\nreporter: 가":                                         "제목|가||||",
	} {
		a, err := read(block)
		if err != nil {
			t.Errorf("%q: %v", block, err)
		} else if got := facts(a); got != want || len(a.Warnings) != 0 {
			t.Errorf("%q: got %s, %v, want %s", block, got, a.Warnings, want)
		}
	}
	a, err := read("title: 제목\nwip: true\ndraft: false\ndesk: [사회, 문화]\ncategory: 정치\nwhere: /a/b/")
	if err != nil || !a.Draft || strings.Join(a.Categories, ",") != "사회,문화" || a.Link.Pattern != "/a/b/" || !a.Link.Own {
		t.Errorf("got %+v, %v", a, err)
	}
	if _, err = read("title: 제목\nmade: nonsense"); err == nil {
		t.Error("a date that cannot be read is taken")
	}
}

// A mark of a template is no text: it refuses what an article is known by, and leaves out the rest.
func TestTemplateMarks(t *testing.T) {
	for _, line := range []string{`permalink: "/{{ title | slug }}/"`, `Permalink: /{% if x %}a{% endif %}/`, `url: '<%= slug %>'`, `id: "{{ page.url }}"`, `guid: "{{ a }}"`,
		`slug: "{{ title }}"`, "permalink: {{ title }}", "eleventyComputed: {permalink: '/{{ title }}/'}", "permalink: {build: '/{{ title }}/'}"} {
		var refused *source.ArticleError
		if _, err := parse("---\ntitle: 제목\n" + line + "\n---\n글\n"); !errors.As(err, &refused) || refused.Line != 3 || !strings.Contains(refused.Reason, "template's mark") {
			t.Errorf("%s: %v", line, err)
		}
	}
	for line, kept := range map[string]string{
		`title: "{{ page.title }}"`:     "글|||||",
		`image: "{{ site.url }}/a.png"`: "제목|||||",
		`author: "{% author %}"`:        "제목|||||",
		`authors: [가, "{{ b }}"]`:       "제목|||||",
		`last_modified_at: "{{ now }}"`: "제목|||||",
		`cover: {image: "{{ a }}"}`:     "제목|||||",
	} {
		block := "title: 제목\n" + line
		if strings.HasPrefix(line, "title") {
			block = line
		}
		a, err := parse("---\n" + block + "\n---\n글\n")
		if err != nil || facts(a) != kept || len(a.Warnings) != 1 || !strings.Contains(a.Warnings[0].Message, "the field is left out") {
			t.Errorf("%s: got %+v, %v; want %s", line, a, err, kept)
		}
	}
	if a, err := parse("---\ntitle: \"{{ a }}\"\ndate: {{ .Date }}\nlang: \"{{ b }}\"\n---\n글\n"); err != nil || facts(a) != "글|||||" || len(a.Warnings) != 3 {
		t.Errorf("several marks: got %+v, %v", a, err)
	}
	for _, line := range []string{`layout: "{{ a }}"`, `script: "{% b %}"`, `description: "{{ 한쪽만"`} {
		if a, err := parse("---\ntitle: 제목\n" + line + "\n---\n글\n"); err != nil || len(a.Warnings) != 0 {
			t.Errorf("%s: %+v, %v", line, a, err)
		}
	}
}

// A key one letter from one with an effect is warned of, and words that mean something else are not.
func TestTypos(t *testing.T) {
	for key, near := range map[string]string{
		"titel": "title", "daet": "date", "auther": "author", "Drfat": "draft", "permlink": "permalink", "publised": "published", "catgories": "categories", "draftt": "draft",
		"expiry_dates": "expiry_date", "summray": "summary", "imge": "image", "slgu": "slug", "noidnex": "noindex",
	} {
		block := key + ": x\n---\n# 제목\n"
		a, err := parse("---\n" + block)
		want := fmt.Sprintf("the key %q means nothing: is %s meant?", key, near)
		if err != nil || len(a.Warnings) != 1 || a.Warnings[0].Message != want || a.Warnings[0].Line != 2 {
			t.Errorf("%s: got %+v, %v; want %s", key, a, err, want)
		}
	}
	for _, key := range []string{"data", "update", "layout", "type", "guide", "feeds", "stats", "posts", "creator", "publisher", "local", "reader", "menu", "weight", "toc", "urls", "ids", "tab", "langs", "params", "한글"} {
		if a, err := parse("---\ntitle: 제목\n" + key + ": x\n---\n글\n"); err != nil || len(a.Warnings) != 0 {
			t.Errorf("%s: got %+v, %v", key, a, err)
		}
	}
	if a, err := parse("---\ntitle: 제목\ntitel: 다른 뜻\n---\n글\n"); err != nil || len(a.Warnings) != 0 {
		t.Errorf("beside the right key: got %+v, %v", a, err)
	}
}

// Of a key that stands twice the last counts, whatever the language and the case, and it is warned of with its line.
func TestKeysTwice(t *testing.T) {
	for text, warning := range map[string]string{
		"---\ntitle: 가\ndate: 2024-01-02\ntitle: 나\n---\n":     `front matter: the key "title" appears twice, first in line 2; the last counts`,
		"---\ntitle: [가] 나\ndate: 2024-01-02\nTitle: 나\n---\n": `front matter: the key "Title" appears twice, first as "title"; the last counts`,
		"{\"title\": \"가\",\n\n\"title\": \"나\"}\n":            `front matter: the key "title" appears twice, first in line 1; the last counts`,
		"+++\ntitle = '가'\nx = 1\ntitle = '나'\n+++\n":          `front matter: the key "title" appears twice, first in line 2; the last counts`,
		"+++\nTITLE = '가'\nx = 1\ntitle = '나'\n+++\n":          `front matter: the key "title" appears twice, first as "TITLE"; the last counts`,
		"Title: 가\nDate: 2024-01-02\nTitle: 나\n\n":             `front matter: the key "Title" appears twice, first in line 1; the last counts`,
	} {
		a, err := parse(text + "글\n")
		if err != nil || a.Title != "나" {
			t.Errorf("%q: got %+v, %v", text, a, err)
			continue
		}
		if last := a.Warnings[len(a.Warnings)-1]; last.Message != warning || last.Line < 3 {
			t.Errorf("%q: warnings %v, want %s", text, a.Warnings, warning)
		}
	}
	a, err := reader.Compose("a", map[string]any{"Title": "가", "title": "나"}, "글", reader.Reading{})
	if err != nil || a.Title != "나" || len(a.Warnings) != 1 {
		t.Errorf("of a map: got %+v, %v", a, err)
	}
}

// A date that cannot be read beside a dated file name is the file's day; without one it refuses the article.
func TestUnreadableDates(t *testing.T) {
	for line, want := range map[string]string{
		"date: soon":                 `date: "soon": want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"; the date of the file name is taken`,
		"date: 2024-02-30":           `date: "2024-02-30": no calendar has the day 2024-02-30; the date of the file name is taken`,
		"date: 03/04/2024":           `date: "03/04/2024": it may be 2024-04-03 or 2024-03-04; write the one that is meant; the date of the file name is taken`,
		"date: [2024]":               `date: want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"; the date of the file name is taken`,
		"date: 1970-01-01T00:00:00Z": `date: "1970-01-01T00:00:00Z": programs write the year 1 and the beginning of 1970 where they know no date; it is left out`,
	} {
		text := []byte("---\ntitle: 제목\n" + line + "\n---\n글\n")
		a, err := reader.Parse("a", text, reader.Reading{Path: "2024-05-06-a.md"})
		if err != nil || a.Published.Format(time.DateOnly) != "2024-05-06" || a.DatedBy != source.DatedByFileName || len(a.Warnings) != 1 || a.Warnings[0].Message != want {
			t.Errorf("%s: got %+v, %v; want %s", line, a, err, want)
		}
		if strings.Contains(line, "1970") {
			continue
		}
		if _, err := reader.Parse("a", text, reader.Reading{Path: "a.md"}); err == nil {
			t.Errorf("%s: taken without a dated file name", line)
		}
		if _, err := reader.Parse("a", text, reader.Reading{Path: "2024-05-06-a.md", Dates: []source.DateRule{source.DatedByFrontMatter}}); err == nil {
			t.Errorf("%s: taken though the source asks no file name", line)
		}
	}
	a, err := reader.Parse("a", []byte("---\ntitle: 제목\ncreated: 2001-02-03\n---\n"), reader.Reading{Path: "2024-05-06-a.md"})
	if err != nil || a.Published.Format(time.DateOnly) != "2024-05-06" {
		t.Errorf("a date of creation goes before the file name: %+v, %v", a, err)
	}
}

// Enclosures are URLs, WordPress' three lines, maps and lists of these.
func TestEnclosures(t *testing.T) {
	for block, want := range map[string]string{
		"enclosure: /a.mp3": "[{/a.mp3 audio/mpeg 0}]",
		"enclosure: |\n  https://m.example.org/a.mp3\n  12\n  audio/x\n": "[{https://m.example.org/a.mp3 audio/x 12}]",
		"enclosure: |\n  https://m.example.org/a.mp3\n  12\n":            "[{https://m.example.org/a.mp3 audio/mpeg 12}]",
		"enclosure: >\n  https://m.example.org/a.mp3\n  12\n  audio/x\n": "[{https://m.example.org/a.mp3 audio/x 12}]",
		"enclosures:\n  - /a.mp3\n  - {url: /b.mp3, length: 5}\n":        "[{/a.mp3 audio/mpeg 0} {/b.mp3 audio/mpeg 5}]",
		"enclosure: false": "[]",
		"enclosure: |\n  https://m.example.org/a.mp3\n  twelve\n": "[]",
	} {
		a, err := parse("---\ntitle: 제목\n" + block + "\n---\n글\n")
		if err != nil || fmt.Sprint(a.Enclosures) != want {
			t.Errorf("%q: got %+v, %v, want %s", block, a, err, want)
		}
	}
}
