package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
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
