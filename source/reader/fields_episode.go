package reader

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
)

// maxEpisodeParts bounds the transcripts, the people and the recipients of one episode.
const maxEpisodeParts = 100

// readEpisode fills Episode from the keys that podcasters use, where one of the article's files is audio or video.
func (m *manuscript) readEpisode(a *source.Article) {
	if !slices.ContainsFunc(a.Enclosures, source.Enclosure.Plays) {
		return
	}
	e := &source.Episode{Number: m.positive(episodeKeys), Season: m.positive(seasonKeys)}
	e.Seconds = m.duration()
	if kind, v := m.text(episodeTypeKeys...); kind != "" {
		if e.Type = strings.ToLower(kind); !slices.Contains([]string{"full", "trailer", "bonus"}, e.Type) {
			m.warn(v, "episode_type: %q is none of full, trailer and bonus; it is left out", brief(kind))
			e.Type = ""
		}
	}
	e.Explicit = m.explicit()
	for _, key := range m.these(transcriptKeys) {
		_, v := m.lookup(key)
		e.Transcripts = m.transcripts(key, v, e.Transcripts)
	}
	e.Chapters = m.chapters()
	for _, key := range m.these(personKeys) {
		_, v := m.lookup(key)
		e.People = m.people(key, v, e.People)
	}
	e.Value = m.value()
	if !reflect.ValueOf(*e).IsZero() {
		a.Episode = e
	}
}

// positive reads a whole number above 0; 0 where there is none.
func (m *manuscript) positive(keys []string) int64 {
	written, v := m.text(keys...)
	if written == "" {
		return 0
	}
	n, err := strconv.ParseInt(written, 10, 32)
	if err != nil || n < 0 {
		m.warn(v, "%s: want a whole number, not %q; it is left out", keys[0], brief(written))
		return 0
	}
	return n
}

// duration reads seconds, or hours, minutes and seconds with colons, in front matter or beside the file's URL.
func (m *manuscript) duration() int64 {
	written, v := m.text(durationKeys...)
	for _, key := range m.these(enclosureKeys) {
		if _, file := m.lookup(key); written == "" {
			written, v = file.Member(durationKeys...), file
		}
	}
	if written == "" {
		return 0
	}
	total, places := int64(0), strings.Split(written, ":")
	for i, place := range places {
		n, err := strconv.ParseUint(place, 10, 31)
		if err != nil || len(places) > 3 || i > 0 && n > 59 {
			m.warn(v, "duration: want seconds or hours:minutes:seconds, not %q; it is left out", brief(written))
			return 0
		}
		total = total*60 + int64(n)
	}
	return total
}

// explicit reads true or false, and the words that Apple once asked for.
func (m *manuscript) explicit() string {
	written, v := m.text(explicitKeys...)
	yes, known := truth(written)
	switch word := strings.ToLower(written); {
	case written == "":
		return ""
	case known:
		return strconv.FormatBool(yes)
	case word == "explicit":
		return "true"
	case word == "clean":
		return "false"
	}
	m.warn(v, "explicit: want true or false, not %q; it is left out", brief(written))
	return ""
}

// transcriptTypes are the media types of transcripts by extension, as podcast apps know them.
var transcriptTypes = map[string]string{".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json", ".html": "text/html", ".txt": "text/plain"}

// transcripts appends the transcripts that a value names: a URL, a map, a list of either.
func (m *manuscript) transcripts(key string, v frontmatter.Value, to []source.Transcript) []source.Transcript {
	var one source.Transcript
	switch v.Kind {
	case frontmatter.Scalar:
		one.URL = strings.TrimSpace(v.Text)
	case frontmatter.List:
		for _, item := range v.Items {
			to = m.transcripts(key, item, to)
		}
		return to
	case frontmatter.Mapping:
		one = source.Transcript{URL: v.Member("url", "href", "src", "file"), Type: v.Member("type", "mime_type")}
		if tag, err := languageTag(v.Member("language", "lang")); err == nil {
			one.Language = tag
		}
	}
	if !strings.Contains(one.Type, "/") {
		one.Type = "text/html"
		for extension, kind := range transcriptTypes {
			if path, _, _ := strings.Cut(strings.ToLower(one.URL), "?"); strings.HasSuffix(path, extension) {
				one.Type = kind
			}
		}
	}
	switch {
	case v.Kind == frontmatter.Null, len(to) >= maxEpisodeParts:
		return to
	case !fetchable(one.URL) || strings.ContainsAny(one.URL, "\n"):
		m.warn(v, "%s: want the URL of a file; it is left out", key)
		return to
	}
	return append(to, one)
}

// chapters reads the URL of a chapters file; a list of chapters is for the page.
func (m *manuscript) chapters() string {
	_, v := m.lookup(chaptersKeys...)
	switch v.Kind {
	case frontmatter.Scalar:
		if url := strings.TrimSpace(v.Text); fetchable(url) && !strings.ContainsAny(url, " \n") {
			return url
		}
	case frontmatter.Mapping:
		return v.Member("url", "href", "src", "file")
	}
	return ""
}

// people appends the people that a value names: a name, a map, a list of either.
func (m *manuscript) people(key string, v frontmatter.Value, to []source.Person) []source.Person {
	var one source.Person
	switch v.Kind {
	case frontmatter.Scalar:
		one.Name = text.Collapse(v.Text)
	case frontmatter.List:
		for _, item := range v.Items {
			to = m.people(key, item, to)
		}
		return to
	case frontmatter.Mapping:
		one = source.Person{
			Name: text.Collapse(v.Member("name", "title")), Role: text.Collapse(v.Member("role")), Group: text.Collapse(v.Member("group")),
			Image: v.Member("img", "image", "photo"), URL: v.Member("href", "url", "link"),
		}
		if one.Name == "" {
			m.warn(v, "%s: a person without a name is left out", key)
		}
	}
	if one.Name == "" || len(to) >= maxEpisodeParts {
		return to
	}
	return append(to, one)
}

// value reads podcast:value as it is written: texts are attributes, recipients a list of maps.
func (m *manuscript) value() *source.Value {
	_, v := m.lookup(valueKeys...)
	if v.Kind != frontmatter.Mapping {
		return nil
	}
	out := &source.Value{Attributes: attributes(v)}
	_, recipients := frontmatter.Lookup(v.Fields, "recipients", "recipient", "valueRecipient")
	for _, one := range recipients.Items {
		if all := attributes(one); len(all) > 0 && len(out.Recipients) < maxEpisodeParts {
			out.Recipients = append(out.Recipients, all)
		}
	}
	if len(out.Recipients) == 0 {
		m.warn(v, "value: nobody is named to receive it; it is left out")
		return nil
	}
	return out
}

// attributes returns the texts of a map that can be attributes, by name.
func attributes(v frontmatter.Value) []source.Attribute {
	var all []source.Attribute
	for _, f := range v.Fields {
		if f.Value.Kind == frontmatter.Scalar && isAttributeName(f.Key) && len(all) < maxEpisodeParts {
			all = append(all, source.Attribute{Name: f.Key, Value: strings.TrimSpace(f.Value.Text)})
		}
	}
	slices.SortFunc(all, func(a, b source.Attribute) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(all, func(a, b source.Attribute) bool { return a.Name == b.Name })
}

func isAttributeName(s string) bool {
	isLetter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	for i := range len(s) {
		if !isLetter(s[i]) && (i == 0 || s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return s != ""
}
