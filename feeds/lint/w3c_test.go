package lint_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"herald/feeds/lint"
	"herald/feeds/lint/code"
	"herald/source/finding"
)

// expectation is what a test case of the W3C feed validator says of itself in a comment.
var expectation = regexp.MustCompile(`Expect:\s*(!?)(\w+)`)

// general are the codes of cases that mean a code with more to say: those that the validator derives from them.
var general = map[string]string{
	"InvalidLink":      "InvalidFullLink InvalidUriChar InvalidURIAttribute InvalidURLAttribute InvalidIRI UriNotIri",
	"InvalidContact":   "InvalidAddrSpec",
	"MissingElement":   "MissingTitle MissingLink MissingDescription MissingXhtmlDiv MissingContentOrAlternate ItemMustContainTitleOrDescription",
	"MissingAttribute": "MissingHref",
	"SecurityRisk":     "SecurityRiskAttr DangerousStyleAttr",
	"ContainsHTML":     "ContainsUndeclaredHTML CharacterData",
	"EmailFormat":      "MissingRealName",
}

// The W3C feed validator's own cases. They are no part of this repository: HERALD_W3C_TESTCASES names the folder "testcases" of a
// clone of github.com/w3c/feedvalidator. README.md says how many agree, and which do not.
func TestW3C(t *testing.T) {
	root := os.Getenv("HERALD_W3C_TESTCASES")
	if root == "" {
		t.Log("not asked: HERALD_W3C_TESTCASES names no folder")
		return
	}
	for _, suite := range []string{"rss20", "atom"} {
		agree, all := 0, 0
		err := filepath.WalkDir(filepath.Join(root, suite), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".xml" {
				return err
			}
			doc, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			m := expectation.FindSubmatch(doc)
			if m == nil {
				return nil
			}
			all++
			name, _ := filepath.Rel(root, path)
			found := lint.Lint(doc, lint.Options{Now: now.AddDate(1, 0, 0), URL: "http://www.feedvalidator.org/testcases/" + filepath.ToSlash(name)})
			if expected(found, string(m[2])) == (len(m[1]) == 0 && !strings.HasPrefix(string(m[2]), "Valid")) {
				agree++
			} else {
				t.Logf("%s: %s, got %v", name, m[0], found)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if t.Logf("%s: %d of %d agree", suite, agree, all); agree*100 < all*95 {
			t.Errorf("%s: fewer than 95 %% agree", suite)
		}
	}
}

// expected reports whether a finding is the one that a case names. A case that names a success asks for no such fault.
func expected(found []finding.Finding, name string) bool {
	if strings.HasPrefix(name, "Valid") {
		name = "Inv" + name[1:]
	}
	codes := append(strings.Fields(general[name]), name)
	return slices.ContainsFunc(found, func(f finding.Finding) bool {
		switch name {
		case "Error":
			return f.Severity == finding.Error
		case "Warning":
			return f.Severity == finding.Warning
		}
		_, known := code.Rules()[f.Code]
		return known && slices.Contains(codes, f.Code)
	})
}
