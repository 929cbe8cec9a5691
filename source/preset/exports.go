package preset

import (
	"net/url"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
)

// ghostFields reads the states of Ghost.
func ghostFields(file string, fields []frontmatter.Field, data []Data) []frontmatter.Field {
	var more []frontmatter.Field
	switch status := strings.ToLower(member(fields, "status")); status {
	case "draft", "scheduled":
		more = append(more, setting("draft", "true"))
	}
	if member(fields, "page") == "true" || member(fields, "type") == "page" {
		more = append(more, setting("feed", "false"))
	}
	return frontmatter.Merge(fields, more)
}

// slugAddress writes a slug as it is: those of databases are addresses already.
func slugAddress(a *source.Article, file string, fields []frontmatter.Field) error {
	if a.Link.Slug != "" {
		place(a, map[string]string{"slug": strings.Trim(a.Link.Slug, "/"), "name": strings.Trim(a.Link.Slug, "/")})
	}
	return nil
}

// postID is the key in Link.Values of the number of a post of WordPress.
const postID = "wordpress id"

// wordPressAddress keeps the number of a post, which its id is made from.
func wordPressAddress(a *source.Article, file string, fields []frontmatter.Field) error {
	for _, key := range []string{"wordpress_id", "wp_id", "post_id", "id"} {
		if number := member(fields, key); number != "" && strings.Trim(number, "0123456789") == "" {
			a.Link.Values = map[string]string{postID: number}
			if a.ID == number {
				a.ID = ""
			}
			break
		}
	}
	return slugAddress(a, file, fields)
}

// wordPressID is the guid of WordPress: the site's home with ?p= and the number of the post.
func wordPressID(a *source.Article, address string) string {
	u, err := url.Parse(address)
	number := a.Link.Values[postID]
	if err != nil || number == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/?p=" + number
}
