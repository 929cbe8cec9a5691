package feed_test

import (
	"testing"

	"herald/source/feed"
)

// Old feeds of Korea are in EUC-KR, and say so.
func TestParseDecodes(t *testing.T) {
	doc := "<?xml version=\"1.0\" encoding=\"EUC-KR\"?>\n<rss version=\"2.0\"><channel><title>x</title><item><title>\xb0\xa1\xb3\xaa</title><guid>1</guid></item></channel></rss>"
	d, err := feed.Parse([]byte(doc))
	if err != nil || len(d.Items) != 1 || d.Items[0].Title != "가나" {
		t.Errorf("got %+v, %v, want 가나", d, err)
	}
	if _, err := feed.Parse([]byte("<?xml version=\"1.0\" encoding=\"x-none\"?><rss version=\"2.0\"><channel/></rss>")); err == nil {
		t.Error("got no error, want the encoding refused")
	}
}
