package bucket

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"herald/source/bucket/sharedkey"
)

// azure is the dialect of Azure Blob Storage.
type azure struct {
	endpoint  string // of the account: "https://news.blob.core.windows.net", "http://127.0.0.1:10000/devstoreaccount1"
	account   string
	container string
	anonymous bool
	keys      azureKeys
	now       func() time.Time
}

const azureScheme = "azblob"

// azureVersion is that of the service's protocol that requests ask for: the first that writes names in percent codes which XML cannot hold.
const azureVersion = "2021-02-12"

// The domain of accounts, unless another is named: other clouds have their own.
const azureDomain = "blob.core.windows.net"

var (
	azureAccount   = regexp.MustCompile(`^[a-z0-9]{3,24}$`)
	azureContainer = regexp.MustCompile(`^(\$[a-z]+|[a-z0-9](-?[a-z0-9]){2,62})$`)
)

// newAzure returns the dialect of an address with these parameters.
func newAzure(at address, q url.Values, given Credentials, now func() time.Time) (*azure, error) {
	if !azureContainer.MatchString(at.bucket) || len(at.bucket) > 63 {
		return nil, fmt.Errorf("%q is not a valid container name; write azblob://container/articles?storage_account=NAME", at.bucket)
	}
	if named := q.Get(paramAccount); named != "" && given.AccessKey != "" && named != given.AccessKey {
		return nil, errors.New("names another storage_account than credentials.access_key: leave one of them out")
	}
	env := connectionString(os.Getenv(envConnection))
	account := cmp.Or(q.Get(paramAccount), given.AccessKey, accountOf(q.Get(paramEndpoint)), os.Getenv(envAccount), env.account)
	if account == "" {
		return nil, errors.New("names no storage account: write ?storage_account=NAME, or set AZURE_STORAGE_ACCOUNT")
	}
	if !azureAccount.MatchString(account) {
		return nil, fmt.Errorf("%q is not a valid name of a storage account; write ?storage_account=NAME", account)
	}
	if env.account != account {
		env = connection{} // of another account
	}
	point := q.Get(paramEndpoint)
	if point == "" && q.Get(paramDomain) == "" {
		point = env.endpoint
	}
	if point = cmp.Or(point, "https://"+account+"."+cmp.Or(q.Get(paramDomain), azureDomain)); !isAzureEndpoint(point) {
		return nil, errors.New("its endpoint must be the http or https address of a storage account, such as https://NAME.blob.core.windows.net or http://127.0.0.1:10000/NAME")
	}
	return &azure{
		endpoint: reach(point, account, q.Get(paramPathStyle)), account: account, container: at.bucket,
		anonymous: at.anonymous, keys: azureKeysOf(given, env), now: now,
	}, nil
}

// isAzureEndpoint reports whether a text is the address of an account: with one name in its path at most.
func isAzureEndpoint(text string) bool {
	u, ok := endpoint(text)
	return ok && strings.Count(u.Path, "/") <= 1
}

// reach returns where the account at an endpoint is asked. pathStyle: "true" where the account is to be added to its path, "false" where not, "" where
// that is to be found out: no name of an account stands in an address of numbers, or in a host of one word.
func reach(point, account, pathStyle string) string {
	u, _ := endpoint(point)
	_, noNumbers := netip.ParseAddr(u.Hostname())
	if u.Path == "" && (pathStyle == "true" || pathStyle == "" && (noNumbers == nil || !strings.Contains(u.Hostname(), "."))) {
		u.Path = "/" + account
	}
	return u.String()
}

// url returns where a blob, or the container itself, is asked for.
func (z *azure) url(key string) string {
	if key == "" {
		return z.endpoint + "/" + z.container
	}
	return z.endpoint + "/" + z.container + "/" + key
}

// sign signs a request, or adds the shared access signature to its URL.
func (z *azure) sign(r *http.Request) error {
	r.Header.Set("X-Ms-Version", azureVersion)
	switch {
	case z.anonymous:
		return nil
	case z.keys.err != nil:
		return z.keys.err
	case z.keys.sas == "":
		r.Header.Set("X-Ms-Date", z.now().UTC().Format(http.TimeFormat))
		sharedkey.Sign(r, z.account, z.keys.key)
	case r.URL.RawQuery == "":
		r.URL.RawQuery = z.keys.sas
	default:
		r.URL.RawQuery += "&" + z.keys.sas
	}
	return nil
}
