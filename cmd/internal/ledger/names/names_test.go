package names_test

import (
	"slices"
	"testing"

	"herald/cmd/internal/ledger/names"
)

func TestAnArticleHasTheNamesOfItsFileAndItsTitle(t *testing.T) {
	for _, c := range []struct {
		key, title string
		want       []string
	}{
		{"news/Spring_Market.md", "봄 장터", []string{"spring-market", "봄-장터"}},
		{"_posts/2024-03-02-spring-market.md", "Spring  market", []string{"2024-03-02-spring-market", "spring-market"}},
		{"docs/intro/index.md", "", []string{"intro"}},
		{"index.md", "첫 쪽", []string{"첫-쪽"}},
		{"- -.md", "_", nil},
		{"\u1107\u1169\u11B7.md", "봄", []string{"봄"}},
	} {
		if got := names.Of(c.key, c.title); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.key, got, c.want)
		}
	}
}

func TestAFileIsNamedByItsFolderWhereItIsAnIndex(t *testing.T) {
	for key, want := range map[string][2]string{
		"a/b/c.md": {"a/b/", "c"}, "a/b/index.html": {"a/", "b"}, "a/_index.md": {"", "a"}, "c": {"", "c"}, "index.md": {"", ""},
	} {
		if folders, name := names.File(key); folders != want[0] || name != want[1] {
			t.Errorf("%s: got %q and %q, want %q", key, folders, name, want)
		}
	}
}
