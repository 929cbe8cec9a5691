package source

import (
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// datedName is Jekyll's name of a post: a date, a hyphen, a name.
var datedName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})-(.+)$`)

// fileName is what the path of an article says.
type fileName struct {
	dir   string // folders without _posts
	above string // folders above the first _posts
	name  string // without extension and date prefix; the folder's for index files
	date  string // the date prefix, unchecked; "" if there is none
	ext   string // lower case, with dot
}

// readName takes a slash path below the source's root apart.
func readName(key string) fileName {
	key = norm.NFC.String(key)
	base := path.Base(key)
	n := fileName{ext: strings.ToLower(path.Ext(base))}
	n.name = strings.TrimSuffix(base, path.Ext(base)) // lower case may be longer or shorter
	var folders []string
	if i := strings.LastIndexByte(key, '/'); i >= 0 {
		for folder := range strings.SplitSeq(key[:i], "/") {
			switch {
			case folder == "_posts" && n.above == "":
				n.above = strings.Join(folders, "/")
			case folder != "_posts" && folder != "":
				folders = append(folders, folder)
			}
		}
	}
	if n.name == "index" {
		n.name = ""
		if last := len(folders) - 1; last >= 0 {
			n.name, folders = folders[last], folders[:last]
		}
	}
	if m := datedName.FindStringSubmatch(n.name); m != nil {
		n.date, n.name = m[1], m[2]
	}
	n.dir = strings.Join(folders, "/")
	return n
}
