// Package git reads from a repository when the files of a folder were added to it. It runs the git command, which must be
// installed, and changes nothing.
package git

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// History is what the repository around a folder says of the files in it. It may be used from several goroutines at once.
//
// Look asks only for the commit that stands now; the list of its files is read when that is another one than before, and
// the log of the whole repository when Added is asked for the first time since.
type History struct {
	root folder

	mu     sync.Mutex
	looked bool
	head   string               // the commit that was looked at last; "": there is none yet
	prefix string               // of the folder below the top of the repository: "content/posts/"
	files  map[string]time.Time // by key, those of the commit; the zero time until they are dated, or where no commit shows them added
	dated  bool
}

// New returns the History of a folder; it touches nothing yet.
func New(root string) *History { return &History{root: folder(root)} }

// Look brings a History up to the commit that stands now. An error says why there is nothing to be known of the folder: git
// is missing, or the repository, or its older commits.
func (h *History) Look(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.look(ctx)
}

// Committed reports whether the file of a key stood in the commit that was looked at last.
func (h *History) Committed(key string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, found := h.files[key]
	return found
}

// Added returns when the file of a key, or the one that it was renamed from, was first added; the zero time where no commit
// tells: the file is not committed yet.
func (h *History) Added(ctx context.Context, key string) (time.Time, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.looked {
		if err := h.look(ctx); err != nil {
			return time.Time{}, err
		}
	}
	if _, found := h.files[key]; found && !h.dated {
		if err := h.date(ctx); err != nil {
			return time.Time{}, err
		}
	}
	return h.files[key], nil
}

func (h *History) look(ctx context.Context) error {
	where, err := h.root.output(ctx, "rev-parse", "--is-shallow-repository", "--show-prefix")
	if err != nil {
		return err
	}
	shallow, prefix, _ := strings.Cut(strings.TrimSuffix(where, "\n"), "\n")
	if shallow == "true" {
		return errShallow
	}
	head, err := h.root.output(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
	if isStatus(err, 1) {
		head, err = "", nil // no commit yet
	}
	if err != nil {
		return err
	}
	if h.looked && head == h.head && prefix == h.prefix {
		return nil
	}
	files := map[string]time.Time{}
	if head != "" {
		err = h.root.each(ctx, func(key string) error { files[strings.TrimPrefix(key, prefix)] = time.Time{}; return nil },
			append([]string{"ls-tree", "-r", "-z", "--name-only", "--full-tree", strings.TrimSpace(head)}, below(prefix)...)...)
	}
	if err != nil {
		return err
	}
	h.looked, h.head, h.prefix, h.files, h.dated = true, head, prefix, files, false
	return nil
}

// below returns what limits ls-tree to a folder.
func below(prefix string) []string {
	if prefix == "" {
		return nil
	}
	return []string{prefix}
}

// date reads the log once, from the newest commit to the oldest.
func (h *History) date(ctx context.Context) error {
	l := newLog()
	for key := range h.files {
		l.follow(h.prefix+key, key)
	}
	err := h.root.each(ctx, l.token, "log", "-z", "--topo-order", "--format=format:%x01%at %ct", "--name-status", "-M50%", "-l1000",
		"--no-ext-diff", "--no-textconv", "--no-relative", "--no-show-signature", "--no-color", strings.TrimSpace(h.head), "--")
	if err != nil {
		return fmt.Errorf("dates: git: read the log: %w", err)
	}
	l.flush()
	for key, at := range l.added {
		h.files[key] = at
	}
	h.dated = true
	return nil
}
