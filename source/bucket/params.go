package bucket

import (
	"net/url"
	"strings"
)

// The parameters of an address.
const (
	paramRegion    = "region"
	paramEndpoint  = "endpoint"
	paramPathStyle = "use_path_style"
	paramProfile   = "profile"
	paramAnonymous = "anonymous"
	paramAccount   = "storage_account"
	paramDomain    = "domain"
)

// Credentials are what requests are signed with. The zero value: what the environment has.
type Credentials struct {
	AccessKey, SecretKey string // of Azure: the account's name and one of its keys
	SessionToken         string // of keys that hold for some hours; "": none
	SASToken             string // of Azure, in the place of a key: a shared access signature
}

// endpoint reads the address of a store, https where it names no scheme. ok: it is one.
func endpoint(text string) (u *url.URL, ok bool) {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, false
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimRight(u.Path, "/")}, true
}
