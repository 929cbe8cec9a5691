package reader_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/source/reader"
)

// The body of a row is one of its fields: the one that the source names, else the first of the usual ones.
func TestComposeRow(t *testing.T) {
	for _, test := range []struct {
		fields map[string]any
		named  []string
		want   string // the body, or the refusal
	}{
		{map[string]any{"content": "하나", "body": "둘"}, nil, "하나"},
		{map[string]any{"Content": " ", "body": "둘"}, nil, "둘"},
		{map[string]any{"content": "하나", "글": map[string]any{"본문": "셋"}}, []string{"없음", "글.본문"}, "셋"},
		{map[string]any{"content": map[string]any{"rendered": "<p>넷</p>"}}, nil, "<p>넷</p>"},
		{map[string]any{"content": []any{"다섯"}}, nil, "rows:3:1: content: want a text; where a member"},
		{map[string]any{"content": map[string]any{"a": map[string]any{"b": "c"}}}, nil, "rows:3:1: content: want a text; where a member"},
		{map[string]any{"content": []any{map[string]any{"type": "paragraph"}}}, nil, "rows:3:1: content: want a text, and this is a text as data"},
		{map[string]any{"body": map[string]any{"time": 1, "blocks": []any{map[string]any{}}}}, nil, "rows:3:1: body: want a text, and this is a text as data"},
		{map[string]any{"글": map[string]any{"root": map[string]any{"type": "root"}}}, []string{"글"}, "rows:3:1: 글: want a text, and this is a text as data"},
		{map[string]any{}, nil, ""},
	} {
		test.fields["title"] = "제목"
		a, err := reader.ComposeRow("rows:3", test.fields, reader.Reading{Path: "a", Fields: map[string][]string{"content": test.named}})
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = a.Body.Text
		}
		if got != test.want && (err == nil || !strings.HasPrefix(got, test.want)) {
			t.Errorf("%v: got %q, want %q", test.fields, got, test.want)
		}
	}
}

// What content systems call by names of their own, and in shapes of theirs.
func TestRowsOfContentSystems(t *testing.T) {
	maps := func(name string, values ...any) (list []any) {
		for _, v := range values {
			list = append(list, map[string]any{"link": map[string]any{name: v}})
		}
		return list
	}
	const id = "8cbb43fe-4cdf-4991-8352-c461779cec02"
	for _, test := range []struct {
		fields map[string]any
		named  map[string][]string
		want   string
	}{
		{map[string]any{"publishedAt": "2026-03-02T01:02:03.456Z", "updatedAt": "2026-03-03T00:00:00.000Z", "createdAt": "2026-03-01T00:00:00.000Z"}, nil, "2026-03-02T01:02:03Z 2026-03-03T00:00:00Z"},
		{map[string]any{"publishedAt": nil, "createdAt": "2026-03-01T00:00:00.000Z"}, nil, "2026-03-01T00:00:00Z 0001-01-01T00:00:00Z"},
		{map[string]any{"date": "2026-03-01", "publishedAt": "2026-03-02"}, nil, "2026-03-01T00:00:00Z 0001-01-01T00:00:00Z"},
		{map[string]any{"글": maps("이름", "봄", "축제", nil, 3)}, map[string][]string{"tags": {"글.link.이름"}}, "tags [봄 축제 3]"},
		{map[string]any{"글": maps("이름", nil), "tags": []any{"가"}}, map[string][]string{"tags": {"글.link.이름"}}, "tags [가]"},
		{map[string]any{"글": maps("url", "/a.png", "/b.png")}, map[string][]string{"image": {"글.link.url"}}, "image /a.png"},
		{map[string]any{"image": id}, nil, "warning image: names no image that readers could fetch"},
		{map[string]any{"image": map[string]any{"id": 3, "path": id, "url": "/" + id}}, nil, "image /" + id},
		{map[string]any{"author": map[string]any{"first_name": "Garam", "last_name": "Han", "email": "han@news.example.org"}}, nil, "author Garam Han han@news.example.org"},
		{map[string]any{"author": map[string]any{"firstname": "Garam", "lastname": nil}}, nil, "author Garam "},
		{map[string]any{"author": map[string]any{"id": 3, "last_name": ""}}, nil, "warning author: a person without a name is left out"},
		{map[string]any{"body": "## 머리\n\n글"}, nil, "warning its text looks like Markdown and is read as plain text: say markup: markdown in the source"},
		{map[string]any{"body": "글 [고리](https://news.example.org/) 둘"}, nil, "warning its text looks like Markdown and is read as plain text: say markup: markdown in the source"},
		{map[string]any{"body": "# 하나뿐인 a[i] (b) ** 2"}, nil, "warning its text looks like Markdown and is read as plain text: say markup: markdown in the source"},
		{map[string]any{"body": "#해시 a[i] (b) 2 ** 3 ** 4 *"}, nil, ""},
		{map[string]any{"body": "<p>**굵게**</p>"}, nil, ""},
	} {
		test.fields["title"] = "제목"
		a, err := reader.ComposeRow("rows:3", test.fields, reader.Reading{Path: "a.txt", Fields: test.named})
		if err != nil {
			t.Errorf("%v: %v", test.fields, err)
			continue
		}
		got := ""
		switch {
		case len(a.Warnings) > 0:
			got = "warning " + a.Warnings[0].Message
		case !a.Published.IsZero():
			got = a.Published.Format(time.RFC3339) + " " + a.Updated.Format(time.RFC3339)
		case a.Tags != nil:
			got = fmt.Sprint("tags ", a.Tags)
		case a.Image != "":
			got = "image " + a.Image
		case a.Authors != nil:
			got = "author " + a.Authors[0].Name + " " + a.Authors[0].Email
		}
		if got != test.want {
			t.Errorf("%v: got %q, want %q", test.fields, got, test.want)
		}
	}
}

// Pictures and files that an item names by a path or an id stand where the source says.
func TestMediaOfContentSystems(t *testing.T) {
	const id = "8cbb43fe-4cdf-4991-8352-c461779cec02"
	for _, test := range []struct {
		media  string
		fields map[string]any
		want   string
	}{
		{"https://cms.example.com", map[string]any{"cover": map[string]any{"id": 3, "url": "/uploads/a.png"}}, "https://cms.example.com/uploads/a.png"},
		{"https://cms.example.com/assets", map[string]any{"image": id}, "https://cms.example.com/assets/" + id},
		{"https://cms.example.com/assets/", map[string]any{"image": "a.png"}, "https://cms.example.com/assets/a.png"},
		{"https://cms.example.com/assets", map[string]any{"image": "/a.png"}, "https://cms.example.com/a.png"},
		{"https://cms.example.com", map[string]any{"image": "https://img.example.com/a.png"}, "https://img.example.com/a.png"},
		{"https://cms.example.com", map[string]any{"image": "//img.example.com/a.png"}, "//img.example.com/a.png"},
		{"https://cms.example.com", map[string]any{"body": "<p><img src='/a.png'></p>"}, "/a.png"},
		{"https://cms.example.com", map[string]any{"image": nil}, ""},
		{"https://cms.example.com", map[string]any{"enclosure": map[string]any{"url": "/uploads/a.mp3"}}, " https://cms.example.com/uploads/a.mp3"},
		{"", map[string]any{"image": "/uploads/a.png", "enclosure": "/a.mp3"}, "/uploads/a.png /a.mp3"},
	} {
		test.fields["title"] = "제목"
		a, err := reader.ComposeRow("rows:3", test.fields, reader.Reading{Path: "a.txt", Media: test.media})
		if err != nil {
			t.Errorf("%v: %v", test.fields, err)
			continue
		}
		got := a.Image
		for _, e := range a.Enclosures {
			got += " " + e.URL
		}
		if got != test.want {
			t.Errorf("%s, %v: got %q, want %q", test.media, test.fields, got, test.want)
		}
	}
	if plain := (reader.Reading{}); plain.ReadAs(1) == (reader.Reading{Media: "https://cms.example.com"}).ReadAs(1) {
		t.Error("got one digest with and without media, want articles read again where it changes")
	}
}
