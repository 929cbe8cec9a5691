package safehtml_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"

	"herald/source/safehtml"
	"herald/source/weburl"
)

// allowed is the policy in other words than the table of elements has it.
var allowed = struct{ elements, attributes, links, media []string }{
	elements:   strings.Fields("a abbr article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source strike strong sub summary sup table tbody td tfoot th thead time tr u ul var video wbr"),
	attributes: strings.Fields("title lang dir href src srcset sizes width height alt poster type media cite datetime colspan rowspan align span start reversed value controls"),
	links:      []string{"http://", "https://", "mailto:", "tel:"},
	media:      []string{"http://", "https://"},
}

// ownID is what ids begin with: no name that a page, a script or a form of it knows.
var ownID = regexp.MustCompile("^x[0-9a-f]{8}-.")

// bluemondayPolicy lets another sanitizer allow the same.
func bluemondayPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowElements(allowed.elements...)
	p.AllowAttrs(allowed.attributes...).Globally()
	p.AllowAttrs("id").Matching(ownID).Globally()
	p.AllowRelativeURLs(true) // of links to such ids; checkNode holds that there are no others
	p.AllowNoAttrs().OnElements("a", "audio", "img", "main", "source", "video")
	return p
}

// checkPolicy holds that nothing is written that the policy does not name.
func checkPolicy(t *testing.T, policy *bluemonday.Policy, fragment string) {
	t.Helper()
	out := string(safehtml.Render(fragment, weburl.Resolver("https://news.example.org/a/")))
	plain := strings.NewReplacer("&#39;", "'", "&#34;", "&quot;", `"`, "&quot;").Replace
	if got := policy.Sanitize(out); plain(got) != plain(out) {
		t.Fatalf("bluemonday changes Render(%q):\n got %s\nwant %s", fragment, got, out)
	}
	for _, scripting := range []bool{false, true} {
		nodes, err := parseIn("body", out, scripting)
		if err != nil {
			t.Fatalf("parse Render(%q): %v", fragment, err)
		}
		for _, top := range nodes {
			for n := range withDescendants(top) {
				checkNode(t, fragment, n)
			}
		}
	}
}

func checkNode(t *testing.T, fragment string, n *html.Node) {
	t.Helper()
	if n.Type == html.TextNode {
		return
	}
	if n.Type != html.ElementNode || n.Namespace != "" || !slices.Contains(allowed.elements, n.Data) {
		t.Fatalf("Render(%q) holds %q of kind %d, want the elements of the policy", fragment, n.Data, n.Type)
	}
	for _, a := range n.Attr {
		begins := func(with []string) bool {
			return slices.ContainsFunc(with, func(s string) bool { return strings.HasPrefix(a.Val, s) })
		}
		good := a.Namespace == "" && slices.Contains(allowed.attributes, a.Key)
		switch a.Key {
		case "href":
			good = good && (begins(allowed.links) || strings.HasPrefix(a.Val, "#") && ownID.MatchString(a.Val[1:]))
		case "cite":
			good = good && begins(allowed.links)
		case "id":
			good = a.Namespace == "" && ownID.MatchString(a.Val)
		case "src", "poster", "srcset":
			good = good && begins(allowed.media)
		}
		if !good {
			t.Fatalf("Render(%q) holds <%s %s=%q>, want the attributes of the policy", fragment, n.Data, a.Key, a.Val)
		}
	}
}

func TestPolicy(t *testing.T) {
	policy := bluemondayPolicy()
	for _, fragment := range vectors {
		checkPolicy(t, policy, fragment)
	}
}

// FuzzPolicy looks for what passes and should not.
func FuzzPolicy(f *testing.F) {
	policy := bluemondayPolicy()
	for _, fragment := range vectors {
		f.Add(fragment)
	}
	f.Fuzz(func(t *testing.T, fragment string) { checkPolicy(t, policy, fragment) })
}
