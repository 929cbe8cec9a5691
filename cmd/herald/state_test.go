package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/engine"
)

// A load that is killed on the way, with more taken in than memory keeps, leaves an empty state:
// the next load fills it, and so would a build.
func TestAKilledLoadLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, configName)
	text := "site: {url: \"https://news.example.org\", title: 마을 소식}\nsources: [{path: ./articles}]\n"
	if err := errors.Join(os.WriteFile(config, []byte(text), 0o644), os.Mkdir(filepath.Join(dir, "articles"), 0o755)); err != nil {
		t.Fatal(err)
	}
	const bodies = 60
	head, body, foot := bigDump(bodies)

	load := exec.Command("herald", "state", "load", "-c", config)
	in, err := load.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := load.Start(); err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(in, head)
	for i := range bodies { // a write returns when it is read but for what a pipe holds, which is less than a body
		_, more := io.WriteString(in, body(i))
		err = errors.Join(err, more)
	}
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "herald.db-wal")); err != nil || info.Size() < bodies<<18 {
		t.Errorf("hardly anything lies on the disk when it is killed: %v, %v", info, err)
	}
	if err := load.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = load.Wait()

	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	if status, out, errs := play(t, now, "state", "dump", "-c", config); status != engine.StatusDone || strings.Count(out, "\n") != 2 {
		t.Errorf("status %d, something was left: %.200s %s", status, out, errs)
	}
	var whole strings.Builder
	whole.WriteString(head)
	for i := range bodies {
		whole.WriteString(body(i))
	}
	file := filepath.Join(dir, "whole.jsonl")
	if err := os.WriteFile(file, []byte(whole.String()+foot), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := play(t, now, "state", "load", "-c", config, file); status != engine.StatusDone || !strings.Contains(out, "60 rows") {
		t.Errorf("status %d: %s %s", status, out, errs)
	}
}

// bigDump returns a dump of bodies that no compression makes small.
func bigDump(bodies int) (head string, body func(int) string, foot string) {
	head = `{"herald":"state","format":1,"schema":1,"site":"https://news.example.org","at":"2026-11-22T09:00:00Z"}` + "\n"
	text := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0, 0xff, 7}, 1<<18))
	body = func(i int) string {
		return fmt.Sprintf(`{"table":"body","article":%d,"content":"","markup":"html","text":{"base64":%q}}`+"\n", i, text)
	}
	return head, body, fmt.Sprintf(`{"herald":"end","rows":%d,"tables":{"body":%d}}`+"\n", bodies, bodies)
}

// A dump's file is whole or not there, and takes the place of nothing.
func TestAFileIsWrittenWholeOrNot(t *testing.T) {
	dir := t.TempDir()
	names := func() string {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(entries)
	}
	path := filepath.Join(dir, "backup.jsonl")
	stop := errors.New("the disk is full")
	half := func(w io.Writer) error {
		_, err := io.WriteString(w, "half")
		return errors.Join(err, stop)
	}
	if err := writeWhole(path, half); !errors.Is(err, stop) || names() != "[]" {
		t.Errorf("%v: %s", err, names())
	}
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, s)
			return err
		}
	}
	if err := writeWhole(path, text("first")); err != nil {
		t.Fatal(err)
	}
	late := func(w io.Writer) error { // somebody else is quicker
		return os.WriteFile(filepath.Join(dir, "late.jsonl"), []byte("theirs"), 0o644)
	}
	for name, err := range map[string]error{
		"there before": writeWhole(path, text("second")), "there meanwhile": writeWhole(filepath.Join(dir, "late.jsonl"), late),
	} {
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	got, err := os.ReadFile(path)
	theirs, err2 := os.ReadFile(filepath.Join(dir, "late.jsonl"))
	if err != nil || err2 != nil || string(got) != "first" || string(theirs) != "theirs" || strings.Contains(names(), ".tmp") {
		t.Errorf("%q %q %v %v: %s", got, theirs, err, err2, names())
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// Some file systems know no links. A folder has none on any, and so stands for a file there.
func TestANameIsGivenWithoutLinks(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	if err := errors.Join(os.Mkdir(from, 0o755), putNew(from, to)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Mkdir(from, 0o755), os.WriteFile(filepath.Join(to, "a"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := putNew(from, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(to, "a")); err != nil {
		t.Errorf("it was replaced: %v", err)
	}
}
