package address

import (
	"errors"
	"fmt"
	"strings"
)

// Document checks a decoded path that becomes a file below publish.to and joins site.url.
func Document(p string) error {
	if !strings.HasPrefix(p, "/") {
		return fmt.Errorf("must begin with /, such as %q", "/"+strings.TrimLeft(p, "./"))
	}
	if strings.HasSuffix(p, "/") {
		return errors.New("must name a file, not end with /")
	}
	return Path(p)
}

// Path refuses what a web server, a browser or a disk would read as another path.
func Path(p string) error {
	if p == "" {
		return nil
	}
	if len(p) > 1024 {
		return errors.New("is longer than 1024 bytes")
	}
	if i := strings.IndexAny(p, "?#%\\*\"<>|\n\r\t"); i >= 0 {
		return fmt.Errorf("holds %q; write a plain, decoded path", p[i])
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(p, "/"), "/") {
		switch {
		case part == "":
			return errors.New("holds //")
		case part == "." || part == "..":
			return fmt.Errorf("holds %s, which leads elsewhere", part)
		case len(part) > 200:
			return errors.New("has a name longer than 200 bytes")
		case strings.TrimSpace(part) != part:
			return errors.New("has a name that begins or ends with a blank")
		}
	}
	return nil
}
