package engine_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"herald/cmd/internal/intake"
	"herald/source"
	"herald/source/files"
	"herald/source/reader"
)

// stock is where the entries of one source stand: a folder of files, for one.
type stock interface {
	put(s story)
	drop(s story)
	touch(s story) // what a program does that saves an entry as it is
	anew()         // all is made again, as a clone or a restored backup is
	fail(how int)  // it cannot be read, or not to its end, until mend
	mend()
	source(r reader.Reading) (source.Source, error)
}

// kind is a kind of source as histories have it.
type kind struct {
	open    func(h *history, folder string) stock
	without []string           // steps that mean nothing to it
	key     func(story) string // what an entry is known by
	name    string
	parts   []*kind                    // of a mixture: those of its sources
	prepare func(h *history, s *story) // says what each entry of the kind says; nil: nothing

	none    func(story) bool // an entry says that it is no article; nil: none does
	fetched bool             // what its origin holds is asked for before each listing

	bare   bool // what an entry says is no file's: links in it lead to no file
	placed bool // an entry says where it stands, and its dates in UTC
	named  bool // of a placed one the name may date it
	blank  bool // one that cannot be read says nothing at all
	late   bool // what is gone is seen by some listings only
	latest bool // the time of its change dates an entry that names no other
	stamps bool // an entry says when it changed
	beside bool // and does so beside what it says: where that is the same nothing has changed
}

// ofFiles is a folder of files.
var ofFiles = &kind{
	name: "files",
	open: func(h *history, folder string) stock {
		h.must(os.Mkdir(h.path(folder), 0o755))
		return &folderStock{h: h, root: h.path(folder), place: folder, all: map[string]story{}}
	},
	key: func(s story) string { return s.name },
}

type folderStock struct {
	h           *history
	root, place string
	all         map[string]story // by name
	ticks       int64
}

// put saves a story as a new file each time.
func (f *folderStock) put(s story) {
	f.all[s.name] = s
	file := filepath.Join(f.root, s.name)
	f.h.must(os.MkdirAll(filepath.Dir(file), 0o755))
	f.h.must(os.WriteFile(file+"~", []byte(s.text()), 0o644))
	f.h.must(os.Rename(file+"~", file))
	f.touch(s)
}

func (f *folderStock) drop(s story) {
	delete(f.all, s.name)
	f.h.must(os.Remove(filepath.Join(f.root, s.name)))
}

// touch returns a file times that none had before.
func (f *folderStock) touch(s story) {
	f.ticks++
	at := f.h.now.Add(time.Duration(f.ticks) * time.Millisecond)
	f.h.must(os.Chtimes(filepath.Join(f.root, s.name), at, at))
}

func (f *folderStock) anew() {
	f.h.must(os.RemoveAll(f.root))
	f.h.must(os.Mkdir(f.root, 0o755))
	for _, s := range f.all {
		f.put(s)
	}
}

func (f *folderStock) fail(int) { f.h.must(os.Rename(f.root, f.root+" away")) }

func (f *folderStock) mend() { f.h.must(os.Rename(f.root+" away", f.root)) }

func (f *folderStock) source(r reader.Reading) (source.Source, error) {
	return files.New(files.Config{Root: f.root, Place: f.place, Reading: r, Now: later})
}

func (h *history) source(o origin) intake.Source {
	d := reader.Defaults{Language: o.lang}
	if o.category != "" {
		d.Categories = []string{o.category}
	}
	if o.tag != "" {
		d.Tags = []string{o.tag}
	}
	if o.author != "" {
		d.Authors = []source.Author{{Name: o.author}}
	}
	src, err := h.stocks[o.folder].source(reader.Reading{Pattern: o.pattern, Zone: h.conf.zone, Defaults: d})
	h.must(err)
	return intake.Source{Name: o.name, Source: src, ReadAs: src.(source.Stamped).ReadAs(), Zone: h.conf.zone, Undated: o.undated, Grace: o.grace}
}

func (h *history) fused(o *options) {
	o.Sink = fusedSink{o.Sink, h.fuse}
	o.Client = &http.Client{Transport: fusedTransport{h.world, h.fuse}}
	for i := range o.Settings.Sources {
		o.Settings.Sources[i].Source = fuseSource(o.Settings.Sources[i].Source, h.fuse)
	}
}

// save puts a story where it stands under a name.
func (h *history) save(folder, name string, s story) {
	if s.born.IsZero() {
		s.born = h.now
	}
	s.name, s.meta = name, maps.Clone(s.meta)
	k := h.kind.of(folder)
	h.kind.adapt(k, &s)
	if k.prepare != nil {
		k.prepare(h, &s)
	}
	if was, there := h.disk[folder][name]; there && k.key(was) != k.key(s) {
		h.drop(folder, name)
	}
	for _, other := range h.disk[folder] {
		if other.name != name && k.key(other) == k.key(s) {
			return // of one key there is one entry
		}
	}
	h.disk[folder][name] = s
	h.stocks[folder].put(s)
}

func (h *history) drop(folder, name string) {
	h.stocks[folder].drop(h.disk[folder][name])
	delete(h.disk[folder], name)
}

// listed returns the entries that stand in a source, by key.
func (h *history) listed(folder string) map[string]story {
	all, k := map[string]story{}, h.kind.of(folder)
	for _, s := range h.disk[folder] {
		if k.none == nil || !k.none(s) {
			all[k.key(s)] = s
		}
	}
	return all
}
