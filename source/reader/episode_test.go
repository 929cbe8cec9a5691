package reader_test

import (
	"encoding/json"
	"strings"
	"testing"

	"herald/source/reader"
)

// What podcast apps are told is read where a file is audio or video, in the spellings that podcasters use; what cannot be
// read is left out with a warning.
func TestEpisode(t *testing.T) {
	const audio = "enclosure: {url: /a.mp3, length: 9}\n"
	tests := []struct {
		matter, want string // want is JSON; "" is none
		warning      string // in one of the warnings; "" is none
	}{
		{"duration: 1801\nepisode: 3\nseason: 2\n", "", ""},
		{"enclosure: /a.pdf\nduration: 1801\n", "", ""},
		{audio, ``, ""},
		{"enclosure: /a.mp4\nepisode: 3\n", `{"number":3}`, ""},
		{audio + "duration: 30:01\n", `{"seconds":1801}`, ""},
		{audio + "itunes_duration: \"1:00:05\"\n", `{"seconds":3605}`, ""},
		{"enclosure: {url: /a.mp3, length: 9, duration: 61}\n", `{"seconds":61}`, ""},
		{audio + "duration: half an hour\n", ``, "half an hour"},
		{audio + "duration: 1:75\n", ``, "1:75"},
		{audio + "duration: -5\n", ``, "-5"},
		{audio + "episode: three\nseason: 2\n", `{"season":2}`, "three"},
		{audio + "episode_type: Trailer\nexplicit: yes\n", `{"type":"trailer","explicit":"true"}`, ""},
		{audio + "itunes-episode-type: extra\nitunes_explicit: clean\n", `{"explicit":"false"}`, "extra"},
		{audio + "explicit: perhaps\n", ``, "perhaps"},
		{audio + "transcript: /a.vtt?v=1\n", `{"transcripts":[{"url":"/a.vtt?v=1","type":"text/vtt"}]}`, ""},
		{audio + "transcripts: [{url: /a.srt, lang: ko}, /a]\n",
			`{"transcripts":[{"url":"/a.srt","type":"application/x-subrip","language":"ko"},{"url":"/a","type":"text/html"}]}`, ""},
		{audio + "transcript: {lang: ko}\n", ``, "transcript"},
		{audio + "chapters: /a.json\n", `{"chapters":"/a.json"}`, ""},
		{audio + "chapters: [one, two]\n", ``, ""},
		{audio + "person: 한바다\n", `{"people":[{"name":"한바다"}]}`, ""},
		{audio + "people: [{name: Bada, role: host, img: /b.jpg, href: https://b.example/}, {role: guest}]\n",
			`{"people":[{"name":"Bada","role":"host","image":"/b.jpg","url":"https://b.example/"}]}`, "without a name"},
		{audio + "value: {type: lightning, method: keysend, recipients: [{name: me, split: 99, address: 03ae}, {split: 1, 'x y': 2}]}\n",
			`{"value":{"attributes":[{"name":"method","value":"keysend"},{"name":"type","value":"lightning"}],"recipients":` +
				`[[{"name":"address","value":"03ae"},{"name":"name","value":"me"},{"name":"split","value":"99"}],[{"name":"split","value":"1"}]]}}`, ""},
		{audio + "value: 12\n", ``, ""},
		{audio + "value: {type: lightning}\n", ``, "value"},
	}
	for _, test := range tests {
		a, err := reader.Parse("a.md", []byte("---\ntitle: t\n"+test.matter+"---\nx\n"), reader.Reading{Path: "a.md", Pattern: "/:path/"})
		if err != nil {
			t.Errorf("%s%v", test.matter, err)
			continue
		}
		got := ""
		if a.Episode != nil {
			text, err := json.Marshal(a.Episode)
			if err != nil {
				t.Fatal(err)
			}
			got = string(text)
		}
		if got != test.want {
			t.Errorf("%sis   %s\nwant %s", test.matter, got, test.want)
		}
		var said []string
		for _, w := range a.Warnings {
			said = append(said, w.Message)
		}
		if all := strings.Join(said, "; "); (test.warning == "") != (all == "") || !strings.Contains(all, test.warning) {
			t.Errorf("%swarns %q, want %q", test.matter, all, test.warning)
		}
	}
}
