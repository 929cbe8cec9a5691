// Package sharedkey signs requests to Azure Storage with a key of the account.
//
// The rules are those of "Authorize with Shared Key", for the Blob service in version 2015-02-21 and later:
// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
package sharedkey

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Sign adds the Authorization header to a request, whose other headers stand; one of them, x-ms-date, says when it was made.
func Sign(r *http.Request, account string, key []byte) {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(toSign(r, account)))
	r.Header.Set("Authorization", "SharedKey "+account+":"+base64.StdEncoding.EncodeToString(m.Sum(nil)))
}

// toSign returns what is signed of a request.
func toSign(r *http.Request, account string) string {
	length := ""
	if r.ContentLength > 0 {
		length = strconv.FormatInt(r.ContentLength, 10)
	}
	lines := []string{r.Method, r.Header.Get("Content-Encoding"), r.Header.Get("Content-Language"), length}
	for _, name := range []string{"Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"} {
		lines = append(lines, r.Header.Get(name))
	}
	return strings.Join(lines, "\n") + "\n" + headers(r.Header) + resource(r.URL, account)
}

// headers returns the headers of the service's own, a line each, in the order of their names.
func headers(all http.Header) string {
	var lines []string
	for name, values := range all {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-ms-") {
			lines = append(lines, name+":"+strings.TrimSpace(strings.Join(values, ","))+"\n")
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// resource returns what is asked for: the path as it is sent, behind the account, which stands in it twice where the address itself has it in
// the path; and the parameters, decoded, a line each.
func resource(u *url.URL, account string) string {
	lower := map[string][]string{}
	for name, values := range u.Query() {
		name = strings.ToLower(name)
		lower[name] = append(lower[name], values...)
	}
	text := "/" + account + u.EscapedPath()
	for _, name := range slices.Sorted(maps.Keys(lower)) {
		text += "\n" + name + ":" + strings.Join(slices.Sorted(slices.Values(lower[name])), ",")
	}
	return text
}
