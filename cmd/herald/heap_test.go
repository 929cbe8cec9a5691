package main

import (
	"runtime"
	"testing"
	"time"
)

// The heap is small where little is kept, and there is room for what passes through however much is kept.
func TestHeapBound(t *testing.T) {
	for _, test := range []struct{ kept, want int64 }{{0, 72}, {30, 72}, {50, 100}, {128, 256}, {150, 256}, {400, 600}} {
		if got := heapBound(test.kept<<20) >> 20; got != test.want {
			t.Errorf("%d MiB kept: got a bound of %d MiB, want %d", test.kept, got, test.want)
		}
	}
}

func TestAfterCollections(t *testing.T) {
	called := make(chan bool, 100)
	afterCollections(func() {
		select {
		case called <- true:
		default:
		}
	})
	for range 3 { // once at first, and after each collection
		select {
		case <-called:
		case <-time.After(time.Minute):
			t.Fatal("got no call after a collection")
		}
		runtime.GC()
	}
}
