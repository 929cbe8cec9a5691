package jsonl_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"herald/source"
	"herald/source/jsonl"
	"herald/source/reader"
)

// rows opens a file that holds a text.
func rows(t testing.TB, name, text string, r reader.Reading) (s *jsonl.Source, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return open(t, jsonl.Config{Path: path, Format: jsonl.Format(strings.TrimPrefix(filepath.Ext(name), ".")), Reading: r}), path
}

// all lists a source and tells what each key loads as: "key: title | body", or the refusal.
func all(t testing.TB, s *jsonl.Source) (told []string) {
	t.Helper()
	for e, err := range s.List(t.Context()) {
		if err != nil {
			return append(told, "void: "+err.Error())
		}
		a, err := s.Load(t.Context(), e.Key)
		if err != nil {
			told = append(told, e.Key+": "+err.Error())
			continue
		}
		told = append(told, fmt.Sprintf("%s: %s | %s", e.Key, a.Title, a.Body.Text))
	}
	return told
}

func TestRows(t *testing.T) {
	ours := reader.Reading{Fields: map[string][]string{"title": {"제목"}, "content": {"본문"}}}
	for _, test := range []struct {
		what, name, text string
		reading          reader.Reading
		want             []string
	}{
		{"byte order mark, CRLF, empty lines, no end", "a.jsonl", "\ufeff{\"id\":\"b\",\"title\":\"비\"}\r\n\r\n  \n{\"id\":\"a\",\"title\":\"에이\",\"content\":\"글\"}", reader.Reading{},
			[]string{"a: 에이 | 글", "b: 비 | "}},
		{"numbers, nested, escapes", "a.jsonl", `{"id":12,"title":"\uac00\n","content":{"rendered":"<p>나</p>"},"n":[1,{"id":3}]}` + "\n", reader.Reading{},
			[]string{"12: 가 | <p>나</p>"}},
		{"mapped, dotted", "a.jsonl", `{"meta":{"key":"k1","x":[{}]},"head":"제목","body":{"html":"글"},"id":""}` + "\n",
			reader.Reading{Fields: map[string][]string{"id": {"meta.key"}, "title": {"head"}, "content": {"body.html"}}}, []string{"k1: 제목 | 글"}},
		{"keys by preference", "a.jsonl", "{\"slug\":\"s\",\"URL\":\"/u/\",\"title\":\"가\"}\n{\"slug\":\"t\",\"title\":\"나\"}\n", reader.Reading{},
			[]string{"/u/: 가 | ", "t: 나 | "}},
		{"bad rows are refused alone", "a.jsonl", "{\"id\":\"a\",\"title\":\"가\"}\n{\"id\":\"b\",\"title\":\"나\n[1]\n{\"title\":\"말 \"하고\" 말\",\"id\":\"c\"}\n{\"title\":\"다\"}\n{\"id\":\"d\",\"title\":\"라\"} x\n", reader.Reading{},
			[]string{"a: 가 | ", "b: a.jsonl:2:20: the JSON object has no end", "c: a.jsonl:4:14: no valid JSON here",
				"d: a.jsonl:6:23: there is more after the JSON object; one object a line is wanted", "line 3: a.jsonl:3:1: the line is not a JSON object",
				"line 5: a.jsonl:5:1: no id: the row has none of id, guid, url and slug; name the field that tells rows apart in fields, such as {id: number}"}},
		{"the later of one id is refused", "a.jsonl", "{\"id\":\"a\",\"title\":\"가\"}\n{\"id\":\"b\",\"title\":\"나\"}\n{\"id\":\"a\",\"title\":\"다\"}\n{\"id\":\"a\",\"title\":\"라\"}\n", reader.Reading{},
			[]string{"a: 가 | ", "b: 나 | ", `line 3: a.jsonl:3:1: the id "a" is that of line 1 too, which comes first; give each row its own`,
				`line 4: a.jsonl:4:1: the id "a" is that of line 1 too, which comes first; give each row its own`}},
		{"cut short", "a.jsonl", "{\"id\":\"a\",\"title\":\"가\"}\n{\"id\":\"b\",\"ti", reader.Reading{},
			[]string{"void: list a.jsonl: line 2: the row has no end: the file is cut short or still being written"}},
		{"an array", "a.jsonl", "[{\"id\":\"a\"}]\n", reader.Reading{}, []string{"void: list a.jsonl: line 1: no row has a key: it is a JSON array; one object a line is wanted"}},
		{"a web page", "a.jsonl", "<!DOCTYPE html>\n<title>502</title>\n", reader.Reading{}, []string{"void: list a.jsonl: line 2: no row has a key: the line is not a JSON object"}},
		{"UTF-16", "a.jsonl", "\xff\xfe{\x00", reader.Reading{}, []string{"void: list a.jsonl: the file is in UTF-16 or UTF-32: save it as UTF-8"}},
		{"nothing", "a.jsonl", "\n", reader.Reading{}, nil},

		{"quotes, line ends, names in any case", "a.csv", "\ufeffID,Title,Content,Draft\r\n\r\n2,\"그는 \"\"예\"\"라 했다\",\"첫 줄\r\n둘째 줄\",\r\n1,가,나,false", reader.Reading{},
			[]string{"1: 가 | 나", "2: 그는 \"예\"라 했다 | 첫 줄\n둘째 줄"}},
		{"CP949", "a.csv", "id,\xc1\xa6\xb8\xf1,\xba\xbb\xb9\xae\n\xb0\xa1,\"\xba\xbd, \xb0\xad\",\xb9\xb0\xc0\xcc \xc8\xe5\xb8\xa5\xb4\xd9\n\xb3\xaa,\xbf\xa9\xb8\xa7,\"\xba\xf1\xb0\xa1\n\xbf\xc2\xb4\xd9\"\n", ours, []string{"가: 봄, 강 | 물이 흐른다", "나: 여름 | 비가\n온다"}},
		{"semicolons, rows of spreadsheets", "a.csv", "id;title\n1;가, 나\n;\n2;다\n", reader.Reading{}, []string{"1: 가, 나 | ", "2: 다 | "}},
		{"bad rows are refused alone", "a.csv", "id,title\na,가\nb,나,다\nc,5\" 판\nd\na,라\n", reader.Reading{},
			[]string{"a: 가 | ", "b: a.csv:3:1: the row has 3 fields and the header line 2", "c: a.csv:4:4: a quote stands where none may: put the field in quotes and write each quote in it twice",
				"d: a.csv:5:1: the row has 1 fields and the header line 2", `line 6: a.csv:6:1: the id "a" is that of line 2 too, which comes first; give each row its own`}},
		{"a quote without an end", "a.csv", "id,title\na,가\nb,\"나\nc,다\n", reader.Reading{},
			[]string{"void: list a.csv: line 3: a quote is not closed, or one in a field is not written twice: the row has no end: the file is cut short or still being written"}},
		{"a quote that swallows rows", "a.csv", "id,title\na,\"가\nb,\"나\"\nc,다\n", reader.Reading{},
			[]string{"void: list a.csv: line 2: a quote is not closed, or one in a field is not written twice: the row has no end: the file is cut short or still being written"}},
		{"cut short", "a.csv", "id,title,content\na,가,나\nb,다", reader.Reading{},
			[]string{"void: list a.csv: line 3: the row has no end: the file is cut short or still being written"}},
		{"no column for a key", "a.csv", "title,content\n가,나\n", reader.Reading{},
			[]string{"void: list a.csv: line 1: the header line names no column id, guid, url or slug; name the one that tells rows apart in fields, such as {id: number}"}},
		{"nothing", "a.csv", "", reader.Reading{}, nil},
		{"the header alone", "a.csv", "id,title\n", reader.Reading{}, nil},
	} {
		s, _ := rows(t, test.name, test.text, test.reading)
		if got := all(t, s); !slices.Equal(got, test.want) {
			t.Errorf("%s, %s:\ngot  %q\nwant %q", test.name, test.what, got, test.want)
		}
	}
}

// A row says the same whatever its form: lists, numbers and states are read as those of front matter are.
func TestRowsAreReadAsFrontMatterIs(t *testing.T) {
	for name, text := range map[string]string{
		"a.jsonl": `{"id":7,"title":"가","date":"2024-01-05","categories":["정치","문화"],"tags":"강, 비","draft":true,"author":{"name":"김하늘"}}` + "\n",
		"a.csv":   "id,title,date,categories,tags,draft,author,expires\n7,가,2024-01-05,\"정치,문화\",\"강, 비\",true,김하늘,\n",
	} {
		s, _ := rows(t, name, text, reader.Reading{Pattern: "/:path/"})
		a, err := s.Load(t.Context(), "7")
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%s %s %s %s %v %v %t %v", a.ID, a.Place, a.Link.Name, a.Published.Format("2006-01-02"), a.Categories, a.Tags, a.Draft, a.Authors)
		want := "7 " + map[string]string{"a.jsonl": "a.jsonl:1", "a.csv": "a.csv:2"}[name] + " 7 2024-01-05 [정치 문화] [강 비] true [{김하늘  }]"
		if got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// The path of a permalink is the slug, else the key: of an address what follows the host, and no part of it is an extension.
func TestPaths(t *testing.T) {
	s, _ := rows(t, "a.jsonl", strings.Join([]string{
		`{"id":"1","slug":"봄-소식","title":"가"}`, `{"id":"v1.2","title":"가"}`, `{"id":"https://old.example/2024/a/?x#y","title":"가"}`, `{"id":"x/2024-01-05-b.md","title":"가"}`, "",
	}, "\n"), reader.Reading{Pattern: "/:path/"})
	for key, want := range map[string][2]string{
		"1": {"", "봄-소식"}, "v1.2": {"", "v1.2"}, "https://old.example/2024/a/?x#y": {"2024", "a"}, "x/2024-01-05-b.md": {"x", "b"},
	} {
		a, err := s.Load(t.Context(), key)
		if err != nil || a.Link.Dir != want[0] || a.Link.Name != want[1] {
			t.Errorf("%s: got %+v, %v, want %q", key, a, err, want)
		}
	}
}

// What stands in another line than before is found there; only what changed has another fingerprint.
func TestRowsThatMove(t *testing.T) {
	for _, name := range []string{"a.jsonl", "a.csv"} {
		row := func(id, title string) string { return "{\"id\":\"" + id + "\",\"title\":\"" + title + "\"}\n" }
		head := ""
		if name == "a.csv" {
			row, head = func(id, title string) string { return id + "," + title + "\n" }, "id,title\n"
		}
		s, path := rows(t, name, head+row("a", "가")+row("b", "나"), reader.Reading{})
		before := fingerprints(t, s)
		if err := os.WriteFile(path+".new", []byte(head+row("c", "다")+row("b", "나")+row("a", "가나")), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil { // as programs replace a file
			t.Fatal(err)
		}
		a, err := s.Load(t.Context(), "b")
		if err != nil || a.Title != "나" || !strings.HasSuffix(a.Place, map[string]string{"a.jsonl": ":2", "a.csv": ":3"}[name]) {
			t.Errorf("%s: got %+v, %v, want the row where it is now", name, a, err)
		}
		after := fingerprints(t, s)
		if before["b"] != after["b"] || before["a"] == after["a"] || after["c"] == "" {
			t.Errorf("%s: got %v, then %v, want the one of a changed alone", name, before, after)
		}
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(row("d", "라")); err != nil {
			t.Fatal(err)
		}
		f.Close()
		if a, err := s.Load(t.Context(), "d"); err != nil || a.Title != "라" {
			t.Errorf("%s: got %+v, %v, want the row that was appended", name, a, err)
		}
	}
}

func fingerprints(t *testing.T, s *jsonl.Source) map[string]string {
	t.Helper()
	found := map[string]string{}
	for e, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		found[e.Key] = e.Fingerprint
	}
	return found
}

// A column that is renamed changes what each row says.
func TestAHeaderThatChanges(t *testing.T) {
	s, path := rows(t, "a.csv", "id,title,summary\na,가,나\n", reader.Reading{})
	before := fingerprints(t, s)
	if err := os.WriteFile(path, []byte("id,summary,title\na,가,나\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if a, err := s.Load(t.Context(), "a"); err != nil || a.Title != "나" {
		t.Errorf("got %+v, %v, want the title of the new header", a, err)
	}
	if after := fingerprints(t, s); before["a"] == after["a"] {
		t.Error("got the fingerprint as before, want another")
	}
}

// What is no file of rows is an error of the source.
func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	for what, path := range map[string]string{"no such file": filepath.Join(dir, "gone.jsonl"), "it is a folder": dir} {
		s := open(t, jsonl.Config{Path: path, Format: jsonl.Lines})
		if got := all(t, s); len(got) != 1 || !strings.HasPrefix(got[0], "void: ") || !strings.Contains(got[0], what) {
			t.Errorf("%s: got %q, want a void listing that says so", what, got)
		}
	}
	for what, c := range map[string]jsonl.Config{
		"not absolute": {Path: "a.jsonl", Format: jsonl.Lines}, "not a format": {Path: dir, Format: "tsv"},
		"dates: git": {Path: dir, Format: jsonl.Lines, Reading: reader.Reading{Dates: []source.DateRule{source.DatedByGit}}},
	} {
		if _, err := jsonl.New(c); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("got %v, want an error with %q", err, what)
		}
	}
}

// A row larger than 32 MB is refused, and those behind it are found.
func TestARowTooLarge(t *testing.T) {
	s, _ := rows(t, "a.jsonl", "{\"id\":\"a\",\"content\":\""+strings.Repeat("가", 12<<20)+"\"}\n{\"id\":\"b\",\"title\":\"나\"}\n", reader.Reading{})
	want := []string{"a: a.jsonl:1:1: the row is larger than 32 MB", "b: 나 | "}
	if got := all(t, s); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	s, _ = rows(t, "a.csv", "id,title\na,\""+strings.Repeat("가", 12<<20)+"\n\"\n", reader.Reading{})
	if got := all(t, s); len(got) != 1 || !strings.Contains(got[0], "line 2: the row is larger than 32 MB; is a quote not closed?") {
		t.Errorf("got %q, want a void listing", got)
	}
}

func fuzz(f *testing.F, name string, seeds ...string) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, _ := rows(t, name, text, reader.Reading{Pattern: "/:path/"})
		last := ""
		for e, err := range s.List(context.Background()) {
			if err != nil {
				return
			}
			if e.Key <= last {
				t.Fatalf("got %q behind %q, want ascending keys", e.Key, last)
			}
			last = e.Key
			a, err := s.Load(context.Background(), e.Key)
			var refused *source.ArticleError
			if err != nil && !errors.As(err, &refused) && !errors.Is(err, reader.ErrNotArticle) {
				t.Fatalf("%q: got %v, want an article or a refusal", e.Key, err)
			}
			if err == nil && a.Key != e.Key {
				t.Fatalf("got %q, want %q", a.Key, e.Key)
			}
		}
	})
}

func FuzzLines(f *testing.F) {
	fuzz(f, "a.jsonl", "{\"id\":\"a\",\"title\":\"가\"}\n{\"id\":\"a\"}\n{\"title\":1}", "{\"id\":\"\\ud800\",\"x\":[{\"\\\"\":1}]}\n", "\ufeff{\"id\":1e5,\"title\":\"\xb0\xa1\xb3\xaa\"}\r\n")
}

func FuzzTable(f *testing.F) {
	fuzz(f, "a.csv", "id,title\na,가\nb,\"나\n\"\n", "ID;Title;Content\r\n\r\n1;\"a\"\"b\";x", "url\tslug\n/a/\t\n\tb\n", "id,title\n\"a\"b,c\nline 2,x\n")
}
