package files

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"herald/source/filefacts"
	"herald/source/preset"
	"herald/source/reader"
)

// data returns what the files that are there hold for the one at key.
func (s *Source) data(key string) []preset.Data {
	var all []preset.Data
	for _, name := range s.config.Reading.DataNames(key) {
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

// readData reads a file that holds fields for others.
func (s *Source) readData(name string) preset.Data {
	data, err := s.read(name, nil)
	if err != nil {
		return preset.Data{Path: name, Err: err}
	}
	return reader.ParseData(name, data)
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
	for _, name := range l.source.config.Reading.DataNames(key) {
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
