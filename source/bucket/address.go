package bucket

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"herald/source/near"
)

// parseAddress reads SCHEME://BUCKET/PREFIX?PARAMETERS and returns how its store is spoken to.
func parseAddress(text string, given Credentials, now func() time.Time) (address, dialect, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return address{}, nil, errors.New("is no address of a bucket; write one such as s3://bucket/articles?region=eu-west-1, with % as %25")
	case u.User != nil && u.Scheme == azureScheme:
		return address{}, nil, errors.New("holds an @; write azblob://CONTAINER/PREFIX?storage_account=NAME, with credentials in the environment or beside path")
	case u.User != nil:
		return address{}, nil, errors.New("holds credentials; they belong into the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or into credentials beside path")
	case u.Fragment != "":
		return address{}, nil, errors.New("holds a #; write it as %23")
	}
	q, err := parameters(u.Scheme, u.RawQuery)
	if err != nil {
		return address{}, nil, err
	}
	a := address{scheme: u.Scheme, bucket: u.Host, prefix: strings.Trim(u.Path, "/"), anonymous: q.Get(paramAnonymous) == "true"}
	if a.prefix != "" {
		a.prefix += "/"
	}
	if a.scheme == azureScheme {
		z, err := newAzure(a, q, given, now)
		return a, z, err
	}
	s, err := newS3(a, q, given)
	return a, s, err
}

// parameters reads what stands behind the question mark of an address.
func parameters(scheme, query string) (url.Values, error) {
	q, err := url.ParseQuery(query)
	if err != nil {
		return nil, errors.New("the part after its ? cannot be read")
	}
	known := []string{paramRegion, paramEndpoint, paramPathStyle, paramProfile, paramAnonymous}
	if scheme == azureScheme {
		known = []string{paramAccount, paramEndpoint, paramPathStyle, paramDomain, paramAnonymous}
	}
	if scheme == azureScheme && q.Has("sig") {
		return nil, errors.New("holds a shared access signature; it belongs into credentials beside path (sas_token), or into AZURE_STORAGE_SAS_TOKEN")
	}
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("has the parameter %q, which means nothing; there are %s%s", name, strings.Join(known, ", "), near.DidYouMean(name, known))
		}
	}
	for _, name := range []string{paramPathStyle, paramAnonymous} {
		if v := q.Get(name); q.Has(name) && v != "true" && v != "false" {
			return nil, fmt.Errorf("%s must be true or false", name)
		}
	}
	return q, nil
}
