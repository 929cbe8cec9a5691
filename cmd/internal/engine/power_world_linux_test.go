package engine_test

import (
	"bufio"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// gone is the version of a document that is not there.
const gone = ""

// heard is what the world outside has seen of a recorded newsroom so far.
type heard struct {
	site     string
	exact    bool                 // the process publishes and tells one after the other
	told     []telling            // requests that were answered
	may      map[string][]string  // by path: the versions that may stand after a power failure
	shown    map[string]time.Time // by id: the date that a reader may have seen
	ids      map[string]string    // by URL
	modified map[string]time.Time // by id, URL and words
}

// talk is one connection to a target.
type talk struct {
	sent    string
	request *telling // that waits for its answer
}

func newHeard(site string) *heard {
	return &heard{site: site, may: map[string][]string{}, shown: map[string]time.Time{}, ids: map[string]string{}, modified: map[string]time.Time{}}
}

// started is the beginning of another process, which reads and rebuilds everything first.
func (h *heard) started() { h.exact = true }

// changed notes another version of a file. nil: it is gone.
func (h *heard) changed(path string, body []byte) {
	name, public := strings.CutPrefix(path, "public/")
	if !public || strings.HasPrefix(filepath.Base(name), ".herald-") {
		return
	}
	if h.may[name] == nil {
		h.may[name] = []string{gone}
	}
	h.may[name] = append(h.may[name], string(body))
	if name != "feed.json" {
		return
	}
	for _, i := range itemsOf(body) {
		h.shown[i.ID], h.ids[i.URL] = i.Published, i.ID
		h.modified[changeOf(i)] = i.Modified
	}
}

// changeOf names one version of an article at one place.
func changeOf(i item) string { return i.ID + " " + i.URL + " " + wordOf(i.HTML) }

// said takes in what a process sends to a target. Once it has told somebody of its documents they must
// outlive a power failure.
func (h *heard) said(t *talk, text string, public *inode) error {
	t.sent += text
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(t.sent)))
	if err != nil {
		return fmt.Errorf("request %.80q: %w", t.sent, err)
	}
	path, length := r.URL.Path, r.ContentLength
	if _, body, _ := strings.Cut(t.sent, "\r\n\r\n"); int64(len(body)) < length {
		return nil // more is to come
	}
	if t.sent = ""; path != "/indexnow" && path != "/hub" {
		return nil // of a source
	}
	t.request = &telling{speaker: speaker{target: path}, versions: map[string]string{}}
	stands := versionsOf(h.site, func(name string) ([]byte, error) {
		if public.names[name] == nil {
			return nil, http.ErrMissingFile
		}
		return public.names[name].data, nil
	})
	for _, s := range subjectsOf(r) {
		t.request.versions[s] = stands[s]
	}
	if h.exact {
		for name, versions := range h.may {
			h.may[name] = versions[len(versions)-1:]
		}
	}
	return nil
}

// answered takes in what a target answers.
func (h *heard) answered(t *talk, text string, err error) error {
	if err != nil || t.request == nil || text == "" {
		return err
	}
	if !strings.HasPrefix(text, "HTTP/1.1 200") {
		return fmt.Errorf("answer %.80q: the targets take everything here", text)
	}
	h.told = append(h.told, *t.request)
	t.request = nil
	return nil
}

// faults says of what stands after a power failure, before anybody mends it, what must not be so.
func (h *heard) faults(files map[string]string, ordered bool) (faults []string) {
	for name, versions := range h.may {
		body := files["public/"+name]
		switch {
		case slices.Contains(versions, body):
		case body == gone:
			faults = append(faults, name+" is gone")
		default:
			faults = append(faults, fmt.Sprintf("%s is %d bytes that never stood there, or not since it was told", name, len(body)))
		}
		for _, child := range children(body) {
			if _, there := files["public/"+strings.TrimPrefix(child, h.site+"/")]; !there && ordered {
				faults = append(faults, name+" names "+child+", which is not there")
			}
		}
	}
	return faults
}

// forgotten says which ids and dates that a reader may have seen are others now.
func (h *heard) forgotten(now []item) (faults []string) {
	for _, i := range now {
		if id, known := h.ids[i.URL]; known && id != i.ID {
			faults = append(faults, fmt.Sprintf("%s had the id %s and has %s", i.URL, id, i.ID))
		}
		if date, known := h.shown[i.ID]; known && !date.Equal(i.Published) {
			faults = append(faults, fmt.Sprintf("%s was published %v and is so %v", i.ID, date, i.Published))
		}
		if date, known := h.modified[changeOf(i)]; known && !date.Equal(i.Modified) {
			faults = append(faults, fmt.Sprintf("%s was modified %v and is so %v", i.ID, date, i.Modified))
		}
	}
	return faults
}
