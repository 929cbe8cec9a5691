package remote

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"
)

// Instead returns what an answer holds in the place of a document of a kind ("a feed", "JSON"): a page, or nothing. Nil: something
// else. Error pages with status 200 are common; what they are in the place of is unknown, not gone.
func Instead(a *Answer, kind string) error {
	head := bytes.TrimSpace(bytes.TrimPrefix(a.Body[:min(len(a.Body), 1024)], []byte("\xEF\xBB\xBF")))
	if len(head) == 0 && len(bytes.TrimSpace(a.Body)) == 0 {
		return errors.New("answered with nothing")
	}
	head = bytes.ToLower(head)
	if mediaType, _, _ := strings.Cut(a.Type, ";"); bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) {
		return fmt.Errorf("answered with a page (%s), not with %s", cmp.Or(strings.TrimSpace(mediaType), "HTML"), kind)
	}
	return nil
}
