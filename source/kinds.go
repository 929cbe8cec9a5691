package source

import (
	"context"
	"iter"
)

// Watched is a Source whose entries lie in a folder of this machine, or in one file of it. Changes below the folder are
// then seen at once; a Source without it is scanned by schedule alone.
type Watched interface {
	// Folder returns what is to be watched. It may be called at any time, also while the folder
	// is not there.
	Folder() Folder
	// OnEnter lets enter be called with the path of every folder that List goes into, the watched one
	// among them, before List reads it: what is watched from then on misses nothing that the listing
	// does not see. It is called by the goroutine that lists. It must be set before List is called.
	OnEnter(enter func(path string))
}

// Settling is a Source whose entries may be met while somebody writes them. The entries of a Source
// without it are whole.
type Settling interface {
	// Settled reports whether an entry may be taken: it has stood still for a moment and nobody writes
	// it, or it has not for so long that it is taken as it is. It may be called from several goroutines at once.
	Settled(key string) bool
	// Taken says that an entry was taken: if it goes on changing it is waited for anew.
	Taken(key string)
}

// Folder relates the paths below a watched folder to the keys of a Source. Paths are absolute. The
// functions may be called from several goroutines at once. Key is nil where entries are no files: a change then means the whole source.
type Folder struct {
	Root string // the folder
	// Watchable reports whether a change at path may change what the source holds. Of what is gone it knows no more than the
	// name: that it was a folder must be known from OnEnter.
	Watchable func(path string) bool
	// Key returns the key that an entry at path has; inside is false where path lies outside Root.
	Key func(path string) (key string, inside bool)
}

// Explainer is a Source that can say why something that it could list is no article. A Source
// without it leaves such questions unanswered.
type Explainer interface {
	// WhyNot returns why what lies at key is no article, in words that complete "it is none: …";
	// "" where it may be one. Where nothing lies at key, found is false.
	WhyNot(ctx context.Context, key string) (why string, found bool)
}

// Overlooking is a Source that can name what its listing passes over although it looks like an article.
type Overlooking interface {
	// Overlooked returns lines of a place and why what stands there is none, at most limit, and how many there are in all.
	Overlooked(ctx context.Context, limit int) (lines []string, count int)
}

// Placed is a Source whose entries are not where their keys say, such as the rows of a file.
type Placed interface {
	// KeyAt returns the key of what stands at a place as messages name it ("articles.jsonl:12"); found is false where nothing does.
	KeyAt(ctx context.Context, place string) (key string, found bool)
}

// Stamped is a Source whose reading settings or reader may change. A Source without it reads an
// entry of one fingerprint the same for ever.
type Stamped interface {
	// ReadAs returns a digest of all that decides how an entry is read, beside the entry itself.
	// Where it differs from the one that an entry was loaded under, the entry is loaded again
	// although its fingerprint is the same.
	ReadAs() string
}

// Windowed is a Source whose listing may lack what still stands: a feed shows what is new, a query what has changed. Of a
// Source without it, what a listing lacks is gone.
type Windowed interface {
	// Stays reports whether an entry that the listing which was begun last lacks stays all the same. It is asked of entries
	// that were listed once, after the first entry of that listing or its end, perhaps from several goroutines at once.
	Stays(key string) bool
}

// Incremental is a Windowed whose listing may hold only what has changed since an earlier one.
type Incremental interface {
	// Changes reports whether the listing that was begun last does: what it lacks and what Stays is as it was, be it an article or refused. One that is
	// everything lets what stands refused be read again. It is asked as Stays is.
	Changes() bool
}

// Fetching is a Source that asks an origin over a network, which may take long or never answer. Fetch does that beforehand:
// the List and Loads that follow wait for nobody, and other sources are scanned meanwhile. Before any Fetch, List asks itself.
type Fetching interface {
	// Fetch asks the origin what it holds; seen is what was applied, keys in ascending byte order each with the fingerprint that it
	// was listed with, so that it need not be brought again. What goes wrong is returned by the next List. It is called after Recall, perhaps from several
	// goroutines at once and beside List and Load, which go on with what was there before.
	Fetch(ctx context.Context, seen iter.Seq2[string, string])
}

// Counting is a Fetching that counts what it brings, for who waits.
type Counting interface {
	// Fetched returns how many pages of its origin the Fetch under way has done with, and of how many; 0: nobody knows yet. It may be called
	// at any time from any goroutine.
	Fetched() (done, total int64)
}

// Unfinished is a Fetching that may need several Fetches to bring what it holds for the first time: meanwhile its listings lack
// what it has not brought yet, and no scan of it is a complete one.
type Unfinished interface {
	// Left says how far the listing that ended last got, in words that an operator reads ("1,200 of 100,000 pages"); "" where
	// it is complete.
	Left() string
}

// Calling is a Source whose origin says that something may have changed. A scan is then made at once.
type Calling interface {
	// Listen calls changed once it listens, for what happened before, and whenever the origin says so. It returns nil where ctx ends, or the origin
	// is not to be listened to; an error says that it cannot be heard any more, and Listen may be called again.
	Listen(ctx context.Context, changed func()) error
}

// Hearing is a Source whose origin may say what has changed, in the body of a request that it sends (a webhook). What it says is
// asked for, not believed.
type Hearing interface {
	// Hear takes a body, of whatever form, before a scan is made for it. It asks nobody, and may be called at any time from any goroutine.
	Hear(body []byte)
}

// Noted is a Source that says what was odd in the listing that ended last, beside its entries.
type Noted interface {
	// Notes returns warnings, each one line; nil where nothing was.
	Notes() []string
}

// Remembering is a Source that lists more cheaply if it knows what it saw before, perhaps in an earlier process.
type Remembering interface {
	// Recall is called before List with what Memory returned after the last scan that was applied, "" if none was. anew says
	// that List must list every entry, whatever was seen.
	Recall(memory string, anew bool)
	// Memory returns what is to be kept once what the listing that ended last holds is applied.
	Memory() string
}

// Filed is a Source whose entries are files below a folder, which links between them name by path, though the folder need not be one of this
// machine. A Watched is one where its Folder has a Key.
type Filed interface {
	// Folder returns the folder. Of one that is not Watched only Root and Key are set.
	Folder() Folder
}
