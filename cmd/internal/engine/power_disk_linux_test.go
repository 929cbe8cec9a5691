package engine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// inode is a file or folder as programs see it, and as it would be after a power failure: what its last
// fsync had, and any part of what came since.
type inode struct {
	folder bool

	names, keptNames map[string]*inode
	moves            []move

	data, kept []byte
	writes     []write

	settled int // changes that an fsync has made safe, of all times
}

// move is one change of a folder: a name that goes, one that comes, or both at once.
type move struct {
	from, to string
	node     *inode
}

// write is one change of a file. Without data its size becomes at.
type write struct {
	at   int64
	data []byte
}

func newInode(folder bool) *inode {
	return &inode{folder: folder, names: map[string]*inode{}, keptNames: map[string]*inode{}}
}

func (n *inode) move(m move) {
	n.moves = append(n.moves, m)
	m.make(n.names)
}

func (m move) make(names map[string]*inode) {
	if m.from != "" {
		delete(names, m.from)
	}
	if m.to != "" {
		names[m.to] = m.node
	}
}

func (n *inode) write(w write) {
	n.writes = append(n.writes, w)
	n.data = w.apply(n.data)
}

func (w write) apply(data []byte) []byte {
	if w.data == nil {
		return resized(data, w.at)
	}
	data = resized(data, max(int64(len(data)), w.at+int64(len(w.data))))
	copy(data[w.at:], w.data)
	return data
}

func resized(data []byte, size int64) []byte {
	if more := size - int64(len(data)); more > 0 {
		return append(data, make([]byte, more)...)
	}
	return data[:size]
}

// changes counts all changes there ever were.
func (n *inode) changes() int { return n.settled + len(n.moves) + len(n.writes) }

// sync makes the first changes safe.
func (n *inode) sync(changes int) {
	for ; n.settled < changes; n.settled++ {
		if n.folder {
			n.moves[0].make(n.keptNames)
			n.moves = n.moves[1:]
		} else {
			n.kept = n.writes[0].apply(n.kept)
			n.writes = n.writes[1:]
		}
	}
}

// outage is how much of what no fsync has made safe outlives a power failure.
type outage struct {
	*rand.Rand
	files   int  // 0: nothing, 1: everything, 2: any sectors of any age
	ordered bool // folders keep their changes in order, as journals do
	none    bool // the process was killed alone: everything outlives it
}

func (o outage) String() string {
	if o.none {
		return "only the process ends"
	}
	return fmt.Sprintf("files keep %s, folders %s", []string{"nothing", "everything", "any sectors"}[o.files],
		map[bool]string{true: "their first changes", false: "any changes"}[o.ordered])
}

// after returns the files of a folder as they stand after a power failure.
func (n *inode) after(o outage, path string, out map[string]string) {
	if o.none {
		n.live(path, out)
		return
	}
	names := maps.Clone(n.keptNames)
	first := o.IntN(len(n.moves) + 1)
	for i, m := range n.moves {
		if o.ordered && i < first || !o.ordered && o.IntN(2) == 0 {
			m.make(names)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if node := names[name]; node.folder {
			node.after(o, filepath.Join(path, name), out)
		} else {
			out[filepath.Join(path, name)] = node.content(o)
		}
	}
}

// content returns a file as it stands after a power failure. Each sector is as after some of its writes, in
// their order, and the size likewise; where the size came without the data there are zeros.
func (n *inode) content(o outage) string {
	switch o.files {
	case 0:
		return string(n.kept)
	case 1:
		return string(n.data)
	}
	out, size := slices.Clone(n.kept), int64(len(n.kept))
	known := o.IntN(len(n.writes) + 1)
	upTo := map[int64]int{} // by sector: how many writes it has seen
	for i, w := range n.writes {
		if i < known {
			size = max(size, w.at+int64(len(w.data)))
			if w.data == nil {
				size = w.at
			}
		}
		for at := w.at; at < w.at+int64(len(w.data)); {
			s := at / sector
			if _, chosen := upTo[s]; !chosen {
				upTo[s] = o.IntN(len(n.writes) + 1)
			}
			end := min((s+1)*sector, w.at+int64(len(w.data)))
			if i < upTo[s] {
				out = write{at, w.data[at-w.at : end-w.at]}.apply(out)
			}
			at = end
		}
	}
	return string(resized(out, size))
}

// live returns the files of a folder as programs see them.
func (n *inode) live(path string, out map[string]string) {
	for name, node := range n.names {
		if node.folder {
			node.live(filepath.Join(path, name), out)
		} else {
			out[filepath.Join(path, name)] = string(node.data)
		}
	}
}

// opened is a file descriptor. A node of nil is a file that lies elsewhere, or nobody has written.
type opened struct {
	node   *inode
	pos    int64
	append bool
	path   string // below the root
	talk   *talk  // of a socket
}

// disk replays recorded calls. It knows of the files below root what the calls themselves have made.
type disk struct {
	root    string
	top     *inode
	open    map[int64]*opened
	syncing map[string]func() // by thread: what its fsync makes safe when it comes back
	world   *heard
}

func newDisk(root, site string) *disk {
	d := &disk{root: root, top: newInode(true), world: newHeard(site)}
	d.start()
	return d
}

// start is the beginning of another process.
func (d *disk) start() {
	d.open, d.syncing = map[int64]*opened{}, map[string]func(){}
	d.world.started()
}

// find returns the folder and name of a path that a call names, "" for the root itself; nil: it lies elsewhere.
func (d *disk) find(c call, at, path int) (folder *inode, name, below string, err error) {
	given, err := c.text(path)
	if err != nil {
		return nil, "", "", err
	}
	if !filepath.IsAbs(given) {
		from := d.root
		if at >= 0 && c.args[at] != "AT_FDCWD" {
			f := d.open[c.number(at)]
			if f == nil || f.path == "" {
				return nil, "", "", nil
			}
			from = filepath.Join(d.root, f.path)
		}
		given = filepath.Join(from, given)
	}
	rel, err := filepath.Rel(d.root, given)
	if err != nil || !filepath.IsLocal(rel) {
		return nil, "", "", nil
	}
	if rel == "." {
		return d.top, "", ".", nil
	}
	folder = d.top
	parts := strings.Split(rel, "/")
	for _, part := range parts[:len(parts)-1] {
		if folder = folder.names[part]; folder == nil {
			return nil, "", "", nil // of somebody else
		}
	}
	return folder, parts[len(parts)-1], rel, nil
}

// do replays one call.
func (d *disk) do(c call) error {
	if c.begins {
		return d.begin(c)
	}
	if c.name == "fsync" || c.name == "fdatasync" {
		if safe := d.syncing[c.thread]; safe != nil && c.result == 0 {
			safe()
		}
		delete(d.syncing, c.thread)
		return nil
	}
	if c.result < 0 {
		return nil
	}
	switch c.name {
	case "close":
		return nil
	case "open":
		return d.opens(c, -1, 0)
	case "openat":
		return d.opens(c, 0, 1)
	case "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2":
		return d.folder(c)
	case "socket":
		d.open[c.result] = &opened{talk: &talk{}}
		return nil
	}
	return d.data(c)
}

// begin notes what a call does from its beginning on: a closed descriptor may be another's at once, and
// an fsync makes safe what was there when it began.
func (d *disk) begin(c call) error {
	f := d.open[c.number(0)]
	if c.name == "close" {
		delete(d.open, c.number(0))
		return nil
	}
	if f != nil && f.node != nil {
		node, changes := f.node, f.node.changes()
		d.syncing[c.thread] = func() { node.sync(changes) }
	}
	return nil
}

func (d *disk) opens(c call, at, path int) error {
	folder, name, below, err := d.find(c, at, path)
	if err != nil {
		return err
	}
	flags := strings.Split(c.args[path+1], "|")
	f := &opened{path: below, append: slices.Contains(flags, "O_APPEND")}
	d.open[c.result] = f
	switch {
	case folder == nil:
	case name == "":
		f.node = folder
	default:
		f.node = folder.names[name]
		if f.node == nil && slices.Contains(flags, "O_CREAT") {
			f.node = newInode(false)
			folder.move(move{to: name, node: f.node})
		}
		if f.node != nil && slices.Contains(flags, "O_TRUNC") && len(f.node.data) > 0 {
			f.node.write(write{})
		}
	}
	return nil
}

// folder replays what changes names.
func (d *disk) folder(c call) error {
	at, path := -1, 0
	if strings.HasSuffix(c.name, "at") || c.name == "renameat2" {
		at, path = 0, 1
	}
	folder, name, below, err := d.find(c, at, path)
	if err != nil || folder == nil {
		return err
	}
	switch {
	case strings.HasPrefix(c.name, "mkdir"):
		folder.move(move{to: name, node: newInode(true)})
	case !strings.HasPrefix(c.name, "rename"):
		folder.move(move{from: name})
		d.world.changed(below, nil)
	default:
		if at >= 0 {
			at = 2
		}
		to, newName, newBelow, err := d.find(c, at, path+at/2+1)
		if err != nil || to != folder {
			return fmt.Errorf("%s %s: not within a folder of ours (%v)", c.name, below, err)
		}
		node := folder.names[name]
		folder.move(move{from: name, to: newName, node: node})
		d.world.changed(newBelow, node.data)
	}
	return nil
}

// data replays what goes into an open file or socket, and comes out of a socket.
func (d *disk) data(c call) error {
	fd, err := strconv.ParseInt(c.args[0], 10, 64)
	f := d.open[fd]
	switch {
	case err != nil || f == nil:
		return nil
	case f.talk != nil && (c.name == "write" || c.name == "read"):
		text, err := c.text(1)
		if err != nil || c.name == "read" {
			return d.world.answered(f.talk, text, err)
		}
		return d.world.said(f.talk, text[:c.result], d.top.names["public"])
	case f.talk == nil && f.node == nil, c.name == "read":
		return nil
	}
	switch c.name {
	case "write", "pwrite64":
		text, err := c.text(1)
		if err != nil {
			return err
		}
		at := f.pos
		if c.name == "pwrite64" {
			at = c.number(3)
		} else if f.append {
			at = int64(len(f.node.data))
		}
		f.node.write(write{at, []byte(text[:c.result])})
		if c.name == "write" {
			f.pos = at + c.result
		}
		d.world.changed(f.path, f.node.data)
	case "ftruncate":
		f.node.write(write{at: c.number(1)})
		d.world.changed(f.path, f.node.data)
	default:
		return fmt.Errorf("%s on %s: the model does not know this call", c.name, f.path)
	}
	return nil
}
