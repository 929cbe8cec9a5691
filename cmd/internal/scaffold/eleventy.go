package scaffold

func detectEleventy(dir string, s *site) bool {
	name := firstFile(dir, ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")
	if name == "" {
		return false
	}
	s.sources = []origin{{name: "content", path: ".", permalink: "/:path/"}}
	for _, input := range []string{"src", "content"} {
		if isDir(dir, input) {
			s.sources[0].path = "./" + input
			break
		}
	}
	s.note(name + " is a program: input folder, permalinks and exclusions in it were not read; compare some URLs of herald plan with the site")
	return true
}
