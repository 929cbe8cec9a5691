package sitemap

// Robots gives a robots.txt that names sitemaps and holds extra (any lines).
func Robots(existing []byte, sitemaps []string, extra string) []byte { return existing }

// RobotsIsOurs reports whether the whole of b was written by Robots.
func RobotsIsOurs(b []byte) bool { return false }
