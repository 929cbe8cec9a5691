package reader

import (
	"path"
	"strings"

	"herald/source/text"
)

// fileName is what the path of an article is made of.
type fileName struct {
	dir   string // folders without _posts
	above string // folders above the first _posts
	name  string // without extension and date prefix; the folder's for index files
	date  string // the date prefix, unchecked; "" if there is none
	ext   string // lower case, with dot
}

// readName takes a slash path below the source's root apart.
func readName(key string) fileName {
	key = text.NFC(key)
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
	n.date, n.name = cutDate(n.name)
	n.dir = strings.Join(folders, "/")
	return n
}

// cutDate takes the date off Jekyll's name of a post: a date, a hyphen, a name.
func cutDate(name string) (date, rest string) {
	const form = "0000-00-00-"
	if len(name) <= len(form) || strings.Contains(name, "\n") {
		return "", name
	}
	for i := range len(form) {
		if c := name[i]; form[i] == '-' && c != '-' || form[i] == '0' && (c < '0' || c > '9') {
			return "", name
		}
	}
	return name[:len(form)-1], name[len(form):]
}
