package engine_test

import "testing"

// TestO8KilledOverEveryKind kills the program over articles that are no files: rows of a database, what a content system answers with, pages of
// another site, somebody's feed, an object store. Half of the kills over what is asked for by HTTP come at a request, between two pages for one, or
// right behind its answer. HERALD_KILLS and HERALD_KILL_SEED are as for files, for each newsroom; HERALD_CRASH_KIND says which kinds.
func TestO8KilledOverEveryKind(t *testing.T) {
	program, seed := programFor(t), uint64(number(t, killSeed, 1))
	for _, kind := range crashKinds() {
		t.Run(kind, func(t *testing.T) {
			crashesOf(t, seed, kind, program).live(number(t, killsKey, 6), seed)
		})
	}
}
