package weburl

import "testing"

func TestReadable(t *testing.T) {
	for url, want := range map[string]string{
		"https://walk.example.kr/%EC%9A%94%EB%A6%AC/%EA%B9%80%EC%B9%98/": "https://walk.example.kr/요리/김치/",
		"/%ec%9a%94%EB%A6%AC/?q=%EC%9A%94#%EB%A6%AC":                     "/요리/?q=요#리",
		"https://xn--hq1bm8jm9l.example/a":                               "https://도메인.example/a",
		"https://x.example/a%20b%2Fc%25%3F":                              "https://x.example/a%20b%2Fc%25%3F",                      // another page, if decoded
		"https://x.example/%E2%80%AEtxt/%C2%A0/%C2%85/%E2%80%8B":         "https://x.example/%E2%80%AEtxt/%C2%A0/%C2%85/%E2%80%8B", // not seen
		"https://x.example/%EC%9A/%FF/%EC%9":                             "https://x.example/%EC%9A/%FF/%EC%9",
		"posts/100%/%zz":                                                 "posts/100%/%zz",
		"":                                                               "",
	} {
		if got := Readable(url); got != want {
			t.Errorf("%s: got %s, want %s", url, got, want)
		}
	}
}
