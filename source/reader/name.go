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

// readName takes a slash path below the source's root apart; cut takes the date off a name, nil: as cutDate does.
func readName(key string, cut func(string) (date, rest string)) fileName {
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
	if cut == nil {
		cut = cutDate
	}
	n.date, n.name = cut(n.name)
	n.dir = strings.Join(folders, "/")
	return n
}

// cutDate takes the date off Jekyll's name of a post: year, month and day of one or two digits, a hyphen, a name.
func cutDate(name string) (date, rest string) {
	at := 0
	for i, most := range []int{4, 2, 2} {
		digits := 0
		for digits < most && at+digits < len(name) && name[at+digits] >= '0' && name[at+digits] <= '9' {
			digits++
		}
		at += digits
		if digits == 0 || i == 0 && digits != 4 || at >= len(name) || name[at] != '-' {
			return "", name
		}
		at++
	}
	if at == len(name) || strings.Contains(name, "\n") {
		return "", name
	}
	return name[:at-1], name[at:]
}
