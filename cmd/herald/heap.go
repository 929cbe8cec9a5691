package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	heapGrows = 200       // per cent (GOGC): little is kept and much passes through, so it is collected seldom,
	heapLeast = 72 << 20  // within this bound,
	heapMost  = 256 << 20 // or twice what is kept, up to this one
)

// boundHeap says how far the heap grows before it is collected, unless GOGC does; never beyond GOMEMLIMIT.
func boundHeap() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(heapGrows)
	limit := debug.SetMemoryLimit(-1) // GOMEMLIMIT, or none
	afterCollections(func() {
		kept := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(kept)
		debug.SetMemoryLimit(heapBound(int64(kept[0].Value.Uint64()), limit))
	})
}

// heapBound returns the bound of a heap of which so many bytes are kept. Each collection looks at all of them: there is room for half as much again
// within the limit of the operator.
func heapBound(kept, limit int64) int64 {
	return min(limit, max(heapLeast, min(2*kept, heapMost), kept+kept/2))
}

// afterCollections calls f now and after each garbage collection.
func afterCollections(f func()) {
	f()
	gone := &struct{ next func() }{f}
	runtime.AddCleanup(gone, afterCollections, f)
}
