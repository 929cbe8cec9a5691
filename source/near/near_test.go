package near_test

import (
	"testing"

	"herald/source/near"
)

func TestName(t *testing.T) {
	candidates := []string{"title", "date", "소식", "바다 소식", "아직", "y"}
	for name, want := range map[string]string{
		"titel": "title", "Date": "date", "ti": "", "바다소식": "바다 소식", "소": "소식", "소개": "소식",
		"하늘": "", // two letters, and neither is another title's
		"x":  "", "": "",
	} {
		if got := near.Name(name, candidates); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	if got := near.Name("소개", []string{"아직"}); got != "" {
		t.Errorf("got %q, want no title that shares no letter", got)
	}
}
