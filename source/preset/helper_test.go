package preset_test

import "herald/source/frontmatter"

// fields reads lines of YAML.
func fields(text string) ([]frontmatter.Field, error) {
	m, err := frontmatter.Split("---\n" + text + "---\n")
	return m.Fields, err
}
