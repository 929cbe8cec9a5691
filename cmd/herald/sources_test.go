package main

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/config"
	"herald/source"
	"herald/source/preset"
	"herald/source/reader"
)

// memory is a source that lies in no folder. It can say why something is no article, and has no
// reading settings.
type memory map[string]string // texts by key

func (m memory) List(context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		keys := make([]string, 0, len(m))
		for key := range m {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			if key != "advert" && !yield(source.Entry{Key: key}, nil) {
				return
			}
		}
	}
}

func (m memory) Load(_ context.Context, key string) (*source.Article, error) {
	a, err := reader.Parse("memory/"+key, []byte(m[key]), reader.Reading{Path: key + ".md", Pattern: "/:path/"})
	if err == nil {
		a.Key = key
	}
	return a, err
}

func (m memory) WhyNot(_ context.Context, key string) (string, bool) {
	_, found := m[key]
	if key == "advert" {
		return "it is an advertisement", found
	}
	return "", found
}

// A new kind of source is a line of the table: config, build, check, explain, status and plan take
// it as it is.
func TestASourceKindIsALineOfTheTable(t *testing.T) {
	articles := memory{"one": "---\ntitle: 하나\ndate: 2026-11-01\n---\n본문\n", "two": "---\ntitle: 둘\n---\n본문\n", "advert": "광고"}
	var opened config.Source
	kind := sourceKind{"memory", func(_ *config.Config, s config.Source, _ func() time.Time) (source.Source, error) {
		opened = s
		return articles, nil
	}, nil}
	dir := t.TempDir()
	file := filepath.Join(dir, configName)
	text := "site: {url: \"https://news.example.org\", title: 소식}\nguard: false\nsources: [{type: memory, name: 창고, undated: first_seen, watch: true}]\n"
	all := *houseTables()
	all.sources = append(all.sources, kind)
	command := func(args ...string) (status int, stdout, stderr string) {
		var out, errs bytes.Buffer
		now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
		status = run(t.Context(), process{
			args: append(args, "-c", file), stdin: bytes.NewReader(nil), stdout: &out, stderr: &errs, now: func() time.Time { return now },
			tables: &all,
		})
		return status, out.String(), errs.String()
	}

	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(text)
	if status, _, errs := command("build"); status != engine.StatusWrong || !strings.Contains(errs, "sources[0].watch: means nothing to a source of type memory") {
		t.Errorf("got status %d, %s, want a refused key", status, errs)
	}
	write(strings.Replace(text, ", watch: true", "", 1))
	status, out, errs := command("build", "--json")
	var r engine.BuildReport
	if err := json.Unmarshal([]byte(out), &r); err != nil || status != engine.StatusDone || r.Published.Public != 2 {
		t.Fatalf("got status %d, %v\n%s\n%s, want two public articles", status, err, out, errs)
	}
	if opened.Type != "memory" || opened.Name != "창고" {
		t.Errorf("got %+v, want the source as the config names it", opened)
	}
	if feed, err := os.ReadFile(filepath.Join(dir, "public", "feed.xml")); err != nil || strings.Count(string(feed), "<item>") != 2 {
		t.Errorf("got %v\n%s\nwant a feed of two", err, feed)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"check"}, "warning: memory/two: no date"},
		{[]string{"plan"}, "nothing to write"},
		{[]string{"status"}, "2 articles (2 public), 0 refused"},
		{[]string{"explain", "one"}, "https://news.example.org/one/"},
		{[]string{"explain", "advert"}, "it is an advertisement"},
	} {
		if status, out, errs := command(test.args...); status != engine.StatusDone || !strings.Contains(out, test.want) {
			t.Errorf("%v: got status %d\n%s%s\nwant 0 and %q", test.args, status, out, errs, test.want)
		}
	}
}

// The keys of each kind are keys of a source in herald.yaml.
func TestKeysOfSourceKinds(t *testing.T) {
	schema, err := os.ReadFile(filepath.Join("..", "..", "config", "herald.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	type alternatives struct {
		AnyOf []struct {
			Items      json.RawMessage
			Properties map[string]json.RawMessage
		}
	}
	var root struct {
		Properties struct{ Sources alternatives }
	}
	var source alternatives
	err = json.Unmarshal(schema, &root)
	if err == nil {
		err = json.Unmarshal(root.Properties.Sources.AnyOf[0].Items, &source)
	}
	if err != nil || len(source.AnyOf[0].Properties) == 0 {
		t.Fatalf("got %v, want the keys of a source in the schema", err)
	}
	for _, kind := range sourceKinds() {
		for _, key := range kind.keys {
			if source.AnyOf[0].Properties[key] == nil {
				t.Errorf("%s: got the key %q, want one that config/keys.go has", kind.name, key)
			}
		}
	}
}

// The config takes every preset that there is.
func TestPresetsOfTheConfig(t *testing.T) {
	for _, name := range preset.Names() {
		file := filepath.Join(t.TempDir(), "herald.yaml")
		text := "site: {url: https://news.example.org, title: 새벽 소식}\nsources:\n  - {path: posts, preset: " + name + "}\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, _, err := config.Load(file, config.Options{}); err != nil {
			t.Errorf("got %v, want the preset %s taken", err, name)
		}
	}
}
