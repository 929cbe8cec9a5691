package reader_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"herald/source/reader"
)

// ComposeColumns makes the article that ComposeRow makes of the same fields, in whatever spelling the keys are.
func TestComposeColumns(t *testing.T) {
	for _, fields := range []map[string]any{
		{"id": json.Number("7"), "title": "시장", "content": "<p>글</p>", "tags": []any{"가", "나"}, "image": nil},
		{"ID": 7, "Title": "시장\x01", "CONTENT": "<p>글\r\n\x02</p>", "-Build": map[string]any{"list": "never"}, "No-Index": true},
		{"guid": "urn:xx:7", "body": map[string]any{"html": "<p>글</p>"}, "titel": "가", "published_at": "2026-03-01", "draft": []byte("true")},
		{"title": "가", "Title": "나", "content": "e\u0301"},
		{"title": "가", "content": []any{"글"}},
		{"title": struct{}{}},
	} {
		names := slices.Sorted(maps.Keys(fields))
		var values []any
		for _, name := range names {
			values = append(values, fields[name])
		}
		want, wantErr := reader.ComposeRow("row 7", fields, reader.Reading{})
		got, err := reader.ComposeColumns("row 7", names, values, reader.Reading{})
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(err, wantErr) {
			t.Errorf("%v:\ngot  %+v, %v\nwant %+v, %v", fields, got, err, want, wantErr)
		}
		if build := fields["-Build"]; build != nil && (want == nil || !want.NoFeed || !want.NoIndex) {
			t.Errorf("%v: got %+v, want an article that no list shows", fields, want)
		}
	}
}
