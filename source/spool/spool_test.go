package spool_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"

	"herald/source/spool"
)

// What is added comes back, from memory and from a file; no file can be found meanwhile.
func TestSpool(t *testing.T) {
	for name, folder := range map[string]string{"with a folder for files": t.TempDir(), "without": "/nowhere"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", folder)
			var s spool.Spool
			noise := rand.New(rand.NewPCG(1, 2))
			var texts [][]byte
			var places []spool.Place
			sum := int64(0)
			for range 40 {
				text := make([]byte, 300_000) // nothing that can be compressed
				for i := range text {
					text[i] = byte(noise.Uint32())
				}
				p, err := s.Add(text)
				if err != nil {
					t.Fatal(err)
				}
				texts, places, sum = append(texts, text), append(places, p), sum+p.Size()
			}
			for i, p := range places {
				if got, err := s.Read(p); err != nil || !bytes.Equal(got, texts[i]) {
					t.Errorf("text %d: got %d bytes, %v, want the %d that were added", i, len(got), err, len(texts[i]))
				}
			}
			if s.Size() != sum {
				t.Errorf("got %d bytes, want %d", s.Size(), sum)
			}
			if left, err := os.ReadDir(folder); len(left) != 0 {
				t.Errorf("got %d files, %v, want none with a name", len(left), err)
			}
		})
	}
}
