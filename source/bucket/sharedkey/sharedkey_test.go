package sharedkey

import (
	"net/http"
	"strings"
	"testing"
)

// What is signed: the headers of the protocol, those of the service by name, the path as it is sent and the parameters decoded, by name and in
// one line each. The account stands in the path twice where addresses have it there.
func TestWhatIsSigned(t *testing.T) {
	for _, one := range []struct {
		method, url, body string
		header            map[string]string
		want              string
	}{
		{
			"GET", "https://newsdesk.blob.core.windows.net/news?restype=container&comp=list&prefix=%EA%B8%80%2F%EC%84%9C%20%EC%9A%B8+&Marker=b%26c%3D%25&include=metadata", "",
			map[string]string{"X-Ms-Version": "2021-02-12", "X-Ms-Date": "Sun, 01 Mar 2026 00:00:00 GMT", "User-Agent": "x"},
			"GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Sun, 01 Mar 2026 00:00:00 GMT\nx-ms-version:2021-02-12\n/newsdesk/news\ncomp:list\ninclude:metadata\nmarker:b&c=%\nprefix:글/서 울 \nrestype:container",
		},
		{
			"GET", "http://127.0.0.1:10000/newsdesk/news/%EA%B8%80/a%20b%2Bc.md", "", map[string]string{"Range": "bytes=5-"},
			"GET\n\n\n\n\n\n\n\n\n\n\nbytes=5-\n/newsdesk/newsdesk/news/%EA%B8%80/a%20b%2Bc.md",
		},
		{
			"PUT", "https://newsdesk.blob.core.windows.net/news/a.md?b=2&B=1", "본문", map[string]string{"Content-Type": "text/markdown", "X-Ms-Blob-Type": " BlockBlob "},
			"PUT\n\n\n6\n\ntext/markdown\n\n\n\n\n\n\nx-ms-blob-type:BlockBlob\n/newsdesk/news/a.md\nb:1,2",
		},
	} {
		r, err := http.NewRequest(one.method, one.url, strings.NewReader(one.body))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range one.header {
			r.Header.Set(name, value)
		}
		if got := toSign(r, "newsdesk"); got != one.want {
			t.Errorf("got  %q\nwant %q", got, one.want)
		}
	}
}

// The signature is an HMAC of that. The one that is wanted here was computed by openssl.
func TestSign(t *testing.T) {
	r, err := http.NewRequest(http.MethodGet, "https://newsdesk.blob.core.windows.net/news/a.md", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Ms-Date", "Sun, 01 Mar 2026 00:00:00 GMT")
	Sign(r, "newsdesk", []byte("열쇠"))
	if got, want := r.Header.Get("Authorization"), "SharedKey newsdesk:f3F936P4Smd7zZ37XBLQ4XEAHJLmUPcg0zMMNJUiHmY="; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
