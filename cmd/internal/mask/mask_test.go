package mask

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// spellings are the forms in which a secret may come to a screen, by libraries and servers that we do not write.
func spellings(secret string) map[string]string {
	quoted, _ := json.Marshal(secret)
	address := url.URL{Scheme: "https", Host: "hub.example", Path: "/" + secret, RawQuery: url.Values{"token": {secret}}.Encode()}
	_, err := (&http.Client{}).Get("https://\x7f/" + secret)
	return map[string]string{
		"as it is": secret, "query": url.QueryEscape(secret), "path": url.PathEscape(secret), "twice": url.QueryEscape(url.QueryEscape(secret)),
		"lower case codes": strings.ToLower(url.QueryEscape("%")) + percentLower(secret), "URL": address.String(), "error": fmt.Sprint(err),
		"JSON": string(quoted), "quoted": fmt.Sprintf("%q", secret), "ASCII": strconv.QuoteToASCII(secret), "HTML": html.EscapeString(secret),
		"base64": base64.StdEncoding.EncodeToString([]byte(secret)), "basic": base64.StdEncoding.EncodeToString([]byte("user:" + secret)),
		"base64 within": base64.URLEncoding.EncodeToString([]byte("u:" + secret + ":more")), "hex": hex.EncodeToString([]byte(secret)),
		"in a sentence": "refused " + secret + ", it says",
	}
}

// percentLower writes each byte that is no letter or digit as a code in lower case.
func percentLower(text string) string {
	var out strings.Builder
	for _, b := range []byte(text) {
		if b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02x", b)
		}
	}
	return out.String()
}

func TestNoSpellingOfASecretIsShown(t *testing.T) {
	for _, secret := range []string{"Kq7vTz2mXw9p", "a b+c/d=e&f?g#h%i", `quote"back\slash'<tag>`, "비밀-열쇠-값", "p@ss:w0rd!$^*()[]{}|~"} {
		s := &Secrets{}
		s.Add("other" + secret)
		s.Add(secret)
		s.Add("zz")
		for form, text := range spellings(secret) {
			for _, line := range []string{text, "answered 403: " + text + "\n", `{"detail":` + string(jsonOf(text)) + `}`} {
				got := string(s.Hide([]byte(line)))
				if !strings.Contains(got, masked) || got == line {
					t.Errorf("%s of %q: got %q, want it masked", form, secret, got)
				}
				for other, spelling := range spellings(secret) {
					if len(spelling) < 60 && strings.Contains(got, spelling) && other != "in a sentence" {
						t.Errorf("%s of %q: got %q, which shows it (%s)", form, secret, got, other)
					}
				}
			}
		}
	}
}

func jsonOf(text string) []byte {
	out, _ := json.Marshal(text)
	return out
}

// A secret in lines, such as a key file, is hidden where the lines come one by one; a host is in lower case.
func TestSecretsInPartsAndOtherCase(t *testing.T) {
	s := &Secrets{}
	s.Add("-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----\n")
	s.Add("TenantAbc42")
	for _, text := range []string{"bad line MIIEvQIBADANBg", "second: kqhkiG9w0BAQEF; third", "dial tcp: lookup tenantabc42.hub.example: no such host"} {
		if got := string(s.Hide([]byte(text))); !strings.Contains(got, masked) {
			t.Errorf("got %q, want it masked", got)
		}
	}
}

// Short secrets are hidden where they stand by themselves, and what is no secret stays.
func TestShortSecrets(t *testing.T) {
	s := &Secrets{}
	for _, short := range []string{"ab1", "x!", "7", "42", "e"} {
		s.Add(short)
	}
	for text, want := range map[string]string{
		"?token=ab1&v=2": "?token=…&v=2", "ab1": "…", "key ab1, ab1.": "key …, ….", "cab1 ab12 7 articles, 42 rows e": "cab1 ab12 7 articles, 42 rows e",
		`{"status": 42, "token": "ab1"}`: `{"status": 42, "token": "…"}`,
	} {
		if got := string(s.Hide([]byte(text))); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// What is JSON stays JSON with its keys and numbers, whatever the secret is.
func TestMaskedJSONIsJSON(t *testing.T) {
	for _, secret := range []string{"2026", "status", "true", `"},{"`, "null", "1234567"} {
		s := &Secrets{}
		s.Add(secret)
		var out bytes.Buffer
		enc := json.NewEncoder(Writer{&out, s})
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		document := map[string]any{"status": 1234567, "year": 2026, "done": true, "none": nil, "detail": "it was " + secret + " there", "list": []string{secret}}
		if err := enc.Encode(document); err != nil {
			t.Fatal(err)
		}
		slog.New(slog.NewJSONHandler(Writer{&out, s}, nil)).Warn("not sent", "error", "it was "+secret+" there", "status", 1234567)
		dec := json.NewDecoder(&out)
		for range 2 {
			var got map[string]any
			if err := dec.Decode(&got); err != nil || got["status"] != 1234567.0 {
				t.Errorf("%q: got %v, %v, want the document", secret, got, err)
			}
			text := fmt.Sprint(got["detail"], got["error"])
			if strings.Contains(text, secret) || !strings.Contains(text, "it was … there") {
				t.Errorf("%q: got %q, want it masked", secret, text)
			}
		}
	}
}
