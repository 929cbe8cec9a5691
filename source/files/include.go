package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// includesFolder is where Jekyll and Eleventy keep pieces of text that articles include.
const includesFolder = "_includes"

// Bounds of what is included.
const (
	maxIncludeBytes = 100 << 10 // of one file
	maxIncludeFiles = 2000      // that the fingerprints of articles depend on
)

// includeFolders returns the folders that may hold included files: in the root, then beside it.
func (s *Source) includeFolders() []string {
	return []string{filepath.Join(s.config.Root, includesFolder), filepath.Join(filepath.Dir(s.config.Root), includesFolder)}
}

// included returns the text of the file that an article includes under a name. Nothing outside the folders of included
// files is read.
func (s *Source) included(name string) (string, bool) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", false
	}
	for _, folder := range s.includeFolders() {
		if text, ok := readIncluded(folder, name); ok {
			return text, true
		}
	}
	return "", false
}

// readIncluded reads one file of a folder.
func readIncluded(folder, name string) (string, bool) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return "", false
	}
	defer root.Close()
	data, err := readFile(root, filepath.FromSlash(name))
	if err != nil || len(data) > maxIncludeBytes {
		return "", false
	}
	return string(data), true
}

// includesStamp returns what the included files look like; "" without any. It is a part of every fingerprint: an
// article that includes a file has changed with it.
func (s *Source) includesStamp() string {
	var stamp strings.Builder
	files := 0
	for _, folder := range s.includeFolders() {
		_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || files >= maxIncludeFiles {
				return filepath.SkipAll // what cannot be listed cannot be included
			}
			if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
				files++
				stamp.WriteString(path + " " + strconv.FormatInt(info.Size(), 36) + " " + strconv.FormatInt(info.ModTime().UnixNano(), 36) + "\n")
			}
			return nil
		})
	}
	if files == 0 {
		return ""
	}
	return shortSum(stamp.String())
}
