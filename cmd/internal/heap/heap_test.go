package heap

import (
	"math"
	"runtime"
	"testing"
	"time"
)

// The heap is small where little is kept, and there is room for what passes through however much is kept, within the operator's limit.
func TestBound(t *testing.T) {
	const none = math.MaxInt64 >> 20
	for _, test := range []struct{ kept, limit, want int64 }{
		{0, none, 72}, {30, none, 72}, {50, none, 100}, {128, none, 256}, {150, none, 256}, {400, none, 600}, {10, 40, 40}, {100, 90, 90}, {50, 150, 100},
	} {
		if got := bound(test.kept<<20, test.limit<<20) >> 20; got != test.want {
			t.Errorf("%d MiB kept, %d allowed: got a bound of %d MiB, want %d", test.kept, test.limit, got, test.want)
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
