package files

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"herald/source/filefacts"
	"herald/source/frontmatter"
	"herald/source/preset"
	"herald/source/text"
)

// dataNames returns the keys of the files that may hold fields for the one at key.
func (s *Source) dataNames(key string) []string {
	if p := s.config.Reading.Preset; p != nil && p.DataFiles != nil {
		return p.DataFiles(text.NFC(key))
	}
	return nil
}

// data returns what the files that are there hold for the one at key.
func (s *Source) data(key string) []preset.Data {
	var all []preset.Data
	for _, name := range s.dataNames(key) {
		if d, found := s.dataFile(name); found {
			all = append(all, d)
		}
	}
	return all
}

// dataFile returns what a file holds, as it was read before where nothing has changed since.
func (s *Source) dataFile(name string) (d preset.Data, found bool) {
	stamp := s.dataStamp(name)
	if stamp == absent {
		return d, false
	}
	if d, found = s.fields.get(name, stamp); !found {
		d = s.readData(name)
		s.fields.put(name, stamp, d)
	}
	return d, true
}

// readData reads the front matter of a file, or what a file of JSON or YAML holds.
func (s *Source) readData(name string) preset.Data {
	d := preset.Data{Path: name}
	bytes, err := s.read(name, nil)
	if err != nil {
		d.Err = err
		return d
	}
	clean, _, _ := text.Clean(bytes)
	if ext := strings.ToLower(path.Ext(name)); ext == ".yml" || ext == ".yaml" {
		clean = "---\n" + strings.TrimPrefix(clean, "---\n") + "\n---\n"
	}
	front, err := frontmatter.Split(clean)
	d.Fields, d.Err = front.Fields, err
	for i := range d.Fields {
		d.Fields[i].Value.Line, d.Fields[i].Value.Column = 0, 0 // a place in another file than the article's
	}
	return d
}

// absent is the stamp of a file that is not there.
const absent = "-"

// dataStamp returns the fingerprint of a file; it is empty for one that changed too lately.
func (s *Source) dataStamp(name string) string {
	info, err := os.Lstat(filepath.Join(s.config.Root, filepath.FromSlash(name)))
	if err != nil || !info.Mode().IsRegular() {
		return absent
	}
	return fingerprint(filefacts.Of(info), s.config.Now().Add(-freshness))
}

// withData makes the files that hold fields for the one at key a part of its fingerprint.
func (l *listing) withData(key, fingerprint string) string {
	var b strings.Builder
	for _, name := range l.source.dataNames(key) {
		stamp, known := l.stamps[name]
		if !known {
			stamp = l.source.dataStamp(name)
			l.stamps[name] = stamp
		}
		switch stamp {
		case "":
			return ""
		case absent:
		default:
			b.WriteString(name + "\n" + stamp + "\n")
		}
	}
	if b.Len() == 0 || fingerprint == "" {
		return fingerprint
	}
	sum := sha256.Sum256([]byte(b.String()))
	return fingerprint + "+" + hex.EncodeToString(sum[:8])
}

// isData reports whether the file at key may hold fields for others.
func (s *Source) isData(key string) bool {
	stem, _, _ := strings.Cut(path.Base(key), ".")
	return slices.Contains(s.dataNames(path.Join(path.Dir(key), stem+".md")), text.NFC(key))
}
