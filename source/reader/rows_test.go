package reader_test

import (
	"strings"
	"testing"

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
		{map[string]any{"content": []any{"다섯"}}, nil, "rows:3:1: content: want a text"},
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
