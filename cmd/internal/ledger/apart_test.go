package ledger

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"herald/source"
)

// TestApart holds that what an article shows is the same, and none of it a part of the file that it was read from.
func TestApart(t *testing.T) {
	file := strings.Repeat("가나다라마바사", 100)
	part := func(i int) string { return file[21*i : 21*i+21] }
	shown := Shown{
		ID: part(0), Title: part(1), Summary: part(2), Language: part(3), Canonical: part(4), Image: part(5), Place: part(6),
		Authors: []source.Author{{Name: part(7)}}, Categories: []string{part(8)}, Tags: []string{part(9), part(10)},
		Enclosures: []source.Enclosure{{URL: part(11)}}, Alternates: []source.Alternate{{URL: part(12)}}, PublicFrom: 13,
		Refs:   []source.Ref{{Kind: source.RefFile, Target: part(14)}},
		Origin: &source.Origin{Title: part(15)},
	}
	got := shown.Apart()
	if !reflect.DeepEqual(got, shown) {
		t.Errorf("got %+v\nwant %+v", got, shown)
	}
	begin := uintptr(unsafe.Pointer(unsafe.StringData(file)))
	for _, s := range []string{
		got.ID, got.Title, got.Summary, got.Language, got.Canonical, got.Image, got.Place, got.Authors[0].Name, got.Categories[0], got.Tags[0], got.Tags[1],
		got.Enclosures[0].URL, got.Alternates[0].URL, got.Refs[0].Target, got.Origin.Title,
	} {
		if at := uintptr(unsafe.Pointer(unsafe.StringData(s))); at >= begin && at < begin+uintptr(len(file)) {
			t.Errorf("%q is a part of the file", s)
		}
	}
	if kinds := reflect.TypeFor[Shown]().NumField(); kinds != 16 {
		t.Errorf("Shown has %d fields, this test knows 16", kinds)
	}
}

// BenchmarkApart is what a long article costs while it waits to be staged.
func BenchmarkApart(b *testing.B) {
	shown := Shown{
		Title: "새벽 항구", Summary: strings.Repeat("배가 들어온다. ", 20), Language: "ko", Place: "articles/2026/a.md", Image: "/a.jpg",
		Authors: []source.Author{{Name: "편집국"}}, Categories: []string{"항구"}, Tags: []string{"배", "바다"}, Refs: []source.Ref{{Target: "b.md"}},
	}
	b.ReportAllocs()
	for b.Loop() {
		shown.Apart()
	}
}
