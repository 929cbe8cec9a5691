package bucket

import (
	"cmp"
	"encoding/base64"
	"errors"
	"net/url"
	"os"
	"strings"
	"time"
)

// The variables that Azure's own programs read.
const (
	envAccount    = "AZURE_STORAGE_ACCOUNT"
	envKey        = "AZURE_STORAGE_KEY"
	envSAS        = "AZURE_STORAGE_SAS_TOKEN"
	envConnection = "AZURE_STORAGE_CONNECTION_STRING"
)

// azureKeys are what requests are signed with: a key of the account, or a shared access signature.
type azureKeys struct {
	key []byte
	sas string // as it stands behind the ? of a URL; "": there is a key
	err error  // why there is neither
}

// connection is what a connection string holds.
type connection struct{ account, key, sas, endpoint string }

// connectionString reads NAME=VALUE;NAME=VALUE;….
func connectionString(text string) connection {
	parts := map[string]string{}
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		parts[strings.ToLower(name)] = value
	}
	c := connection{account: cmp.Or(parts["accountname"], accountOf(parts["blobendpoint"])), key: parts["accountkey"], sas: parts["sharedaccesssignature"], endpoint: parts["blobendpoint"]}
	if c.endpoint == "" {
		c.endpoint = cmp.Or(parts["defaultendpointsprotocol"], "https") + "://" + c.account + ".blob." + cmp.Or(parts["endpointsuffix"], "core.windows.net")
	}
	return c
}

// accountOf returns the account that an endpoint names, in its path or as ACCOUNT.blob.DOMAIN; "": it names none.
func accountOf(point string) string {
	u, ok := endpoint(point)
	if !ok {
		return ""
	}
	first, behind, _ := strings.Cut(u.Hostname(), ".")
	if u.Path == "" && strings.HasPrefix(behind, "blob.") {
		return first
	}
	return strings.TrimPrefix(u.Path, "/")
}

// errNoAzureKeys says what an operator can do.
var errNoAzureKeys = errors.New("no credentials: set AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_CONNECTION_STRING, or credentials beside path; a managed identity or a sign-in with Entra ID is not used in this version; ?anonymous=true reads a public container without")

// azureKeysOf returns the keys of the config, else those of the environment.
func azureKeysOf(given Credentials, env connection) azureKeys {
	key, sas := given.SecretKey, given.SASToken
	if key == "" && sas == "" {
		key, sas = os.Getenv(envKey), os.Getenv(envSAS)
	}
	if key == "" && sas == "" {
		key, sas = env.key, env.sas
	}
	if _, behind, isURL := strings.Cut(sas, "?"); isURL {
		sas = behind
	}
	sas = strings.TrimSpace(sas)
	if key == "" && sas == "" {
		return azureKeys{err: errNoAzureKeys}
	}
	if key != "" {
		raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(key))
		if err != nil || len(raw) == 0 {
			return azureKeys{err: errors.New("the key of the storage account is not whole: it is text in base64, which ends with = mostly")}
		}
		return azureKeys{key: raw}
	}
	if q, err := url.ParseQuery(sas); err != nil || q.Get("sig") == "" || strings.ContainsAny(sas, " \t\r\n#") {
		return azureKeys{err: errors.New("the SAS token is not whole: it begins as sv=… and holds sig=…")}
	}
	return azureKeys{sas: sas}
}

// expired reports whether a shared access signature says that it has ended.
func (k azureKeys) expired(now time.Time) bool {
	q, err := url.ParseQuery(k.sas)
	if err != nil {
		return false
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z", time.DateOnly} {
		if end, err := time.Parse(form, q.Get("se")); err == nil {
			return !now.Before(end)
		}
	}
	return false
}
