package ledger_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"herald/cmd/internal/ledger"
)

const (
	schema   = "10" // the last migration
	dumpHead = `{"herald":"state","format":1,"schema":` + schema + `,"site":"https://news.example.org","at":"2026-11-22T09:00:00Z"}` + "\n"
	dumpRow  = `{"table":"meta","name":"site_url","value":"https://news.example.org"}` + "\n"
	dumpFoot = `{"herald":"end","rows":1,"tables":{"meta":1}}` + "\n"
)

// Whatever is wrong with a dump is named with its line, and nothing of it is taken.
func TestAFaultyDumpIsNamedAndNotTaken(t *testing.T) {
	source := `{"table":"source","name":"posts","first_scan":1,"last_scan":2,"last_good":3,"last_error":"","listed":4,"articles":5,"epoch":0,"readers":0,"copies":0}` + "\n"
	for name, c := range map[string]struct{ dump, want string }{
		"nothing":            {"", "it is empty"},
		"another file":       {"title: 소식\n", "line 1: no header of a dump: herald state dump"},
		"another JSON":       {`{"herald":"end"}`, "line 1: no header"},
		"another format":     {strings.Replace(dumpHead, `"format":1`, `"format":2`, 1), "line 1: the dump has format 2, this herald reads format 1"},
		"another schema":     {strings.Replace(dumpHead, `"schema":`, `"schema":1`, 1), "line 1: the dump has schema 1" + schema + ", this herald has schema " + schema},
		"no footer":          {dumpHead + dumpRow, "line 2: the dump ends here without its footer"},
		"cut in a line":      {dumpHead + dumpRow + dumpRow[:30], "line 3: the dump was cut in this line"},
		"cut in the footer":  {dumpHead + dumpRow + dumpFoot[:20], "line 3: the dump was cut in this line"},
		"cut in a letter":    {dumpHead + dumpRow + "{\"table\":\"\xea\xb0", "line 3: the dump was cut in this line"},
		"a line less":        {dumpHead + dumpFoot, "line 2: the footer counts 1 rows of meta and the dump holds 0"},
		"another sum":        {dumpHead + dumpRow + strings.Replace(dumpFoot, `"rows":1`, `"rows":2`, 1), "line 3: the footer counts 2 rows and the dump holds 1"},
		"a line more":        {dumpHead + dumpRow + source + dumpFoot, "line 4: the footer counts 0 rows of source and the dump holds 1"},
		"two dumps":          {dumpHead + dumpRow + dumpFoot + dumpHead, "line 4: the dump goes on after its footer"},
		"two headers":        {dumpHead + dumpHead, "line 2: no footer of a dump"},
		"an empty line":      {dumpHead + "\n" + dumpRow, "line 2: the dump was cut in this line"},
		"no JSON":            {dumpHead + dumpRow + "이건 아니다\n", "line 3: no row of a dump: invalid character"},
		"no object":          {dumpHead + "[1]\n", "line 2: no row of a dump"},
		"null":               {dumpHead + "null\n", "line 2: no row of a dump: it names no table"},
		"no table":           {dumpHead + `{"name":"a"}`, "line 2: no row of a dump: it names no table"},
		"an unknown table":   {dumpHead + strings.Replace(dumpRow, "meta", "mata", 1), `line 2: table "mata" is not known`},
		"a table that stays": {dumpHead + `{"table":"stage"}`, `line 2: table "stage" is not known`},
		"an unknown column":  {dumpHead + strings.Replace(dumpRow, `"name"`, `"mood":1,"name"`, 1), "line 2: meta.mood is not known"},
		"a missing column":   {dumpHead + strings.Replace(dumpRow, `"name":"site_url",`, "", 1), "line 2: meta.name is missing"},
		"a number as text":   {dumpHead + strings.Replace(source, "4", `"4"`, 1), `line 2: source.listed: "4" is not a whole number`},
		"a fraction":         {dumpHead + strings.Replace(source, "4", "4.5", 1), "line 2: source.listed: 4.5 is not a whole number"},
		"too big a number":   {dumpHead + strings.Replace(source, "4", "9223372036854775808", 1), "line 2: source.listed: 9223372036854775808 is not"},
		"text as a number":   {dumpHead + strings.Replace(dumpRow, `"site_url"`, "7", 1), "line 2: meta.name: 7 is not text"},
		"null as text":       {dumpHead + strings.Replace(dumpRow, `"site_url"`, "null", 1), "line 2: meta.name: null is not text"},
		"a list":             {dumpHead + strings.Replace(dumpRow, `"site_url"`, `["가", "`+strings.Repeat("나", 40)+`"]`, 1), `line 2: meta.name: ["가", "나나나나나나나나나나… is not text`},
		"no base64":          {dumpHead + strings.Replace(dumpRow, `"site_url"`, `{"base64":"가"}`, 1), `line 2: meta.name: {"base64":"가"} is not text`},
		"loose base64":       {dumpHead + strings.Replace(dumpRow, `"site_url"`, `{"base64":"YR=="}`, 1), "is not text"},
		"another form":       {dumpHead + strings.Replace(dumpRow, `"site_url"`, `{"base64":"","hex":""}`, 1), "is not text"},
		"broken UTF-8":       {dumpHead + strings.Replace(dumpRow, "site_url", "\xff", 1), "line 2: not UTF-8"},
		"half a character":   {dumpHead + strings.Replace(dumpRow, "site_url", `\\\ud83d`, 1), "line 2: not UTF-8"},
		"halves in disorder": {dumpHead + strings.Replace(dumpRow, "site_url", `\udE00\uD83d`, 1), "line 2: not UTF-8"},
		"a broken rule":      {dumpHead + dumpRow + dumpRow + dumpFoot, "line 3: meta: state: "},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, l *ledger.Ledger) {
				empty := dump(t, l)
				_, err := l.Load(t.Context(), strings.NewReader(c.dump))
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v, want %q", err, c.want)
				}
				if dump(t, l) != empty {
					t.Error("something was taken")
				}
				_, err = l.Load(t.Context(), strings.NewReader(dumpHead+dumpRow+dumpFoot))
				must(t, err)
			})
		})
	}
}

// What other tools make of a dump without changing what it says is the same dump.
func TestADumpInAnotherDressIsTaken(t *testing.T) {
	for name, dump := range map[string]string{
		"escapes":       dumpHead + strings.Replace(dumpRow, "site_url", `\ud83d\ude00 \\ud800 \uac00`, 1) + dumpFoot,
		"Windows lines": strings.ReplaceAll(dumpHead+strings.Replace(dumpRow, "site_url", `😀 \\ud800 가`, 1)+dumpFoot, "\n", "\r\n"),
		"base64":        dumpHead + strings.Replace(dumpRow, `"site_url"`, `{"base64":"8J+YgCBcdWQ4MDAg6rCA"}`, 1) + strings.TrimSpace(dumpFoot),
	} {
		t.Run(name, func(t *testing.T) {
			l := openFile(t)
			_, err := l.Load(t.Context(), strings.NewReader(dump))
			must(t, err)
			if got := get(t, l, func(tx *ledger.Tx) (string, error) { return tx.Meta(`😀 \ud800 가`) }); got != "https://news.example.org" {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestALedgerThatHoldsSomethingIsNotLoaded(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error { // what stays behind does not count
			_, err := tx.AddRequest("build", "", 1)
			return err
		})
		_, err := l.Load(t.Context(), strings.NewReader(dumpHead+dumpRow+dumpFoot))
		must(t, err)
		before := dump(t, l)
		if _, err = l.Load(t.Context(), strings.NewReader(dumpHead+dumpRow+dumpFoot)); !errors.Is(err, ledger.ErrNotEmpty) || dump(t, l) != before {
			t.Errorf("%v", err)
		}
	})
}

func TestADumpThatCannotBeRead(t *testing.T) {
	l := openFile(t)
	empty := dump(t, l)
	stop := errors.New("the cable was pulled")
	for _, text := range []string{"", dumpHead, dumpHead + dumpRow + dumpFoot} {
		torn := io.MultiReader(strings.NewReader(text), iotest.ErrReader(stop))
		if _, err := l.Load(t.Context(), torn); !errors.Is(err, stop) || dump(t, l) != empty {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What is taken comes back as it was, in the form that Dump gives it.
func FuzzLoad(f *testing.F) {
	one := func(row, table string) []byte {
		return []byte(dumpHead + row + "\n" + `{"herald":"end","rows":1,"tables":{"` + table + `":1}}`)
	}
	f.Add([]byte(dumpHead + `{"herald":"end"}`))
	f.Add(one(`{"table":"touched","article":-1}`, "touched"))
	f.Add(one(`{"table":"refusal","source":"posts","key":"\ud83d\ude00\\\u0000","reason":{"base64":"/w=="},"since":1}`, "refusal"))
	f.Add(one(`{"table":"refusal","source":"","key":{"base64":"YQ=="},"reason":"가 \ud800","since":9223372036854775807}`, "refusal"))
	f.Fuzz(func(t *testing.T, text []byte) {
		again, err := ledger.Reload(text, schema)
		if err != nil {
			return
		}
		third, err := ledger.Reload(again, schema)
		if err != nil || string(third) != string(again) {
			t.Errorf("%v:\n%s\ncomes back as\n%s", err, again, third)
		}
	})
}

// A dump of an older schema is taken by a state of that schema, which the next opening brings up to date.
func TestADumpOfAnOlderSchemaIsTaken(t *testing.T) {
	want, err := os.ReadFile(schemaFile(newest(t)))
	must(t, err)
	old, err := os.ReadFile(schemaFile(1))
	must(t, err)
	path := filepath.Join(t.TempDir(), "herald.db")
	in := bufio.NewReader(bytes.NewReader(old))
	l, err := ledger.OpenFor(t.Context(), path, in)
	must(t, err)
	_, err = l.Load(t.Context(), in)
	must(t, errors.Join(err, l.Close()))
	if l, err = ledger.Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := dump(t, l); got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
