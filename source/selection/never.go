package selection

import "strings"

// NeverFolder reports the names of folders that hold no articles, whatever include says.
func NeverFolder(name string) bool {
	switch {
	case name == "_posts":
		return false
	case name == "node_modules" || name == "vendor":
		return true
	}
	return name == "" || strings.IndexByte("._~", name[0]) >= 0 || strings.HasSuffix(name, "~")
}

// NeverFile reports the names of files that are no articles, whatever include says: hidden ones,
// backups, what Jekyll and Hugo keep behind an underscore, and what stands in most web roots.
func NeverFile(name string) bool {
	name = lowerExt(name)
	switch name {
	case "", "robots.txt", "ads.txt", "llms.txt", "404.html":
		return true
	}
	if strings.IndexByte("._~", name[0]) >= 0 || strings.HasSuffix(name, "~") {
		return true
	}
	for _, prefix := range []string{"README", "LICENSE", "CHANGELOG"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	owner := strings.HasPrefix(name, "google") || strings.HasPrefix(name, "naver")
	return owner && strings.HasSuffix(name, ".html")
}

// IsKeyFile reports an IndexNow key file: its whole content is its own name.
func IsKeyFile(path string, data []byte) bool {
	name, isText := strings.CutSuffix(lowerExt(base(path)), ".txt")
	if !isText || len(name) < 8 || len(name) > 128 || strings.TrimSpace(string(data[:min(len(data), 256)])) != name {
		return false
	}
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}
