// Package heap bounds the memory of a program through which much passes and of which little is kept.
package heap

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	grows = 200       // per cent (GOGC): little is kept and much passes through, so it is collected seldom,
	least = 72 << 20  // within this bound,
	most  = 256 << 20 // or twice what is kept, up to this one
)

// Bound says how far the heap grows before it is collected, unless GOGC does; never beyond GOMEMLIMIT. It is called once, at start.
func Bound() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(grows)
	limit := debug.SetMemoryLimit(-1) // GOMEMLIMIT, or none
	afterCollections(func() {
		kept := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(kept)
		debug.SetMemoryLimit(bound(int64(kept[0].Value.Uint64()), limit))
	})
}

// bound returns the bound of a heap of which so many bytes are kept. Each collection looks at all of them: there is room for half as much again
// within the limit of the operator.
func bound(kept, limit int64) int64 {
	return min(limit, max(least, min(2*kept, most), kept+kept/2))
}

// afterCollections calls f now and after each garbage collection.
func afterCollections(f func()) {
	f()
	gone := &struct{ next func() }{f}
	runtime.AddCleanup(gone, afterCollections, f)
}
