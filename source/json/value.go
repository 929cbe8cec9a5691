package json

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"herald/source/remote"
	"herald/source/text"
)

// document returns the bytes of a document in UTF-8, without a byte order mark.
func document(body []byte) []byte {
	if utf8.Valid(body) {
		return bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF"))
	}
	clean, _, _ := text.Clean(body)
	return []byte(clean)
}

// at returns what stands at a dotted path of a document; nil: nothing does. A member whose own name has the dots goes first. "" is the
// document itself.
func at(doc json.RawMessage, path string) (json.RawMessage, error) {
	if path == "" {
		return doc, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(doc, &members); err != nil {
		var shape *json.UnmarshalTypeError
		if errors.As(err, &shape) {
			return nil, nil
		}
		return nil, err
	}
	if v, found := members[path]; found {
		return v, nil
	}
	head, tail, dotted := strings.Cut(path, ".")
	if v, found := members[head]; found && dotted {
		return at(v, tail)
	}
	return nil, nil
}

// list returns the items of the list at a path of a document. What is no list is no listing: it says what there is instead.
func list(doc json.RawMessage, path string) ([]json.RawMessage, error) {
	if !json.Valid(doc) {
		var any any
		return nil, fmt.Errorf("no whole JSON document: %w", json.Unmarshal(doc, &any))
	}
	v, err := at(doc, path)
	if err != nil {
		return nil, err
	}
	var items []json.RawMessage
	if v = bytes.TrimSpace(v); len(v) > 0 && v[0] == '[' {
		return items, json.Unmarshal(v, &items)
	}
	if said := complaint(doc); said != "" {
		return nil, fmt.Errorf("answered 200 with a fault: %s", said)
	}
	where := "there is no list"
	if path != "" {
		where = "there is no list at " + path
	}
	if names := listsOf(doc); names != "" {
		return nil, fmt.Errorf("%s; lists stand at %s: name the one of the articles in items", where, names)
	}
	return nil, errors.New(where)
}

// listsOf names the lists that a document has, two levels deep.
func listsOf(doc json.RawMessage) string {
	var found []string
	var look func(v json.RawMessage, above string, depth int)
	look = func(v json.RawMessage, above string, depth int) {
		var members map[string]json.RawMessage
		if depth == 0 || json.Unmarshal(v, &members) != nil {
			return
		}
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if member := bytes.TrimSpace(members[name]); len(member) > 0 && member[0] == '[' {
				found = append(found, above+brief(name, 40))
			} else {
				look(member, above+name+".", depth-1)
			}
		}
	}
	look(doc, "", 2)
	return strings.Join(found[:min(len(found), 5)], ", ")
}

// complaint returns what a document says is wrong, as the interfaces of content systems say it; "": nothing.
func complaint(body []byte) string {
	var said struct {
		Message string          `json:"message"`
		Detail  string          `json:"detail"`
		Error   json.RawMessage `json:"error"`
		Errors  json.RawMessage `json:"errors"`
	}
	if json.Unmarshal(document(body), &said) != nil {
		return ""
	}
	for _, words := range []string{said.Message, said.Detail, wordsOf(said.Error), wordsOf(said.Errors)} {
		if words = strings.Join(strings.Fields(text.ForXML(words)), " "); words != "" {
			return brief(words, 200)
		}
	}
	return ""
}

// wordsOf returns the text of a fault: a text, an object with a message, or a list of these.
func wordsOf(v json.RawMessage) string {
	var words string
	var object struct {
		Message string `json:"message"`
		Detail  string `json:"detail"`
		Context string `json:"context"` // of Ghost: the cause
	}
	var all []json.RawMessage
	switch {
	case len(v) == 0 || string(v) == "null" || string(v) == "false":
	case json.Unmarshal(v, &words) == nil:
	case json.Unmarshal(v, &all) == nil && len(all) > 0:
		return wordsOf(all[0])
	case json.Unmarshal(v, &object) == nil:
		words = object.Message + object.Detail
		if words == "" {
			words = string(v)
		} else if object.Context != "" {
			words += ": " + object.Context
		}
	}
	return words
}

// object returns an item as a map, its numbers as they are written; nil: it is no object.
func object(raw []byte) map[string]any {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var item map[string]any
	if decoder.Decode(&item) != nil {
		return nil
	}
	return item
}

// lookup returns what stands at a dotted path of an item; nil: nothing.
func lookup(item map[string]any, path string) any {
	if v, found := item[path]; found {
		return v
	}
	head, tail, _ := strings.Cut(path, ".")
	inner, _ := item[head].(map[string]any)
	if inner == nil || tail == "" {
		return nil
	}
	return lookup(inner, tail)
}

// str returns the text or number at a dotted path of an item; "": neither stands there.
func str(item map[string]any, path string) string {
	switch v := lookup(item, path).(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	}
	return ""
}

// brief cuts a text that a message repeats, at n bytes.
func brief(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[:n], "") + "…"
	}
	return s
}

// refusal says what a server answered in place of a document.
func refusal(a *remote.Answer) error {
	if said := complaint(a.Body); said != "" {
		return fmt.Errorf("%w: %s", remote.StatusError(a), said)
	}
	return remote.StatusError(a)
}
