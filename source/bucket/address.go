package bucket

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"herald/source/near"
)

// address is where objects lie.
type address struct {
	endpoint string // of the store: "https://s3.eu-west-1.amazonaws.com"
	bucket   string
	prefix   string // of the keys; "" or with a slash at its end
	region   string // that requests are signed for
	inPath   bool   // the bucket is named in the path of URLs, else in their host

	profile   string // of the shared credentials file; "": the usual one
	anonymous bool   // requests are not signed

	scheme string // "s3" or "gs"
}

// The endpoint of Google Cloud Storage, whose XML API takes what S3 takes.
const google = "https://storage.googleapis.com"

// The parameters of an address.
const (
	paramRegion    = "region"
	paramEndpoint  = "endpoint"
	paramPathStyle = "use_path_style"
	paramProfile   = "profile"
	paramAnonymous = "anonymous"
)

var bucketName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$`)

// parseAddress reads s3://BUCKET/PREFIX?region=…&endpoint=…&use_path_style=…&profile=…&anonymous=…, or gs:// with the same.
func parseAddress(text string) (address, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return address{}, errors.New("is no address of a bucket; write one such as s3://bucket/articles?region=eu-west-1, with % as %25")
	case u.User != nil:
		return address{}, errors.New("holds credentials; they belong into the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or into credentials beside path")
	case u.Fragment != "":
		return address{}, errors.New("holds a #; write it as %23")
	case !bucketName.MatchString(u.Host):
		return address{}, fmt.Errorf("%q is not a valid bucket name; write s3://bucket/articles", u.Host)
	}
	a := address{scheme: u.Scheme, bucket: u.Host, prefix: strings.Trim(u.Path, "/")}
	if a.prefix != "" {
		a.prefix += "/"
	}
	return a, a.parameters(u.RawQuery)
}

// parameters takes what stands behind the question mark.
func (a *address) parameters(query string) error {
	q, err := url.ParseQuery(query)
	if err != nil {
		return errors.New("the part after its ? cannot be read")
	}
	known := []string{paramRegion, paramEndpoint, paramPathStyle, paramProfile, paramAnonymous}
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if !slices.Contains(known, name) {
			return fmt.Errorf("has the parameter %q, which means nothing; there are %s%s", name, strings.Join(known, ", "), near.DidYouMean(name, known))
		}
	}
	for _, name := range []string{paramPathStyle, paramAnonymous} {
		if v := q.Get(name); q.Has(name) && v != "true" && v != "false" {
			return fmt.Errorf("%s must be true or false", name)
		}
	}
	a.profile, a.anonymous = q.Get(paramProfile), q.Get(paramAnonymous) == "true"
	named := q.Get(paramEndpoint)
	if a.scheme == "gs" {
		a.region, named = cmp.Or(q.Get(paramRegion), "auto"), cmp.Or(named, google)
	} else {
		a.region, named = cmp.Or(q.Get(paramRegion), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"), "us-east-1"), cmp.Or(named, os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"))
	}
	if !regexp.MustCompile(`^[A-Za-z0-9-]+$`).MatchString(a.region) {
		return fmt.Errorf("%q is not a region", a.region)
	}
	if a.endpoint, err = endpoint(cmp.Or(named, ofAmazon(a.region))); err != nil {
		return err
	}
	// A certificate for *.s3.amazonaws.com holds for one name before it, and other stores mostly have none for names of buckets.
	a.inPath = named != "" || strings.ContainsAny(a.bucket, "._ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if q.Has(paramPathStyle) {
		a.inPath = q.Get(paramPathStyle) == "true"
	}
	return nil
}

// ofAmazon returns the endpoint of a region.
func ofAmazon(region string) string {
	if strings.HasPrefix(region, "cn-") {
		return "https://s3." + region + ".amazonaws.com.cn"
	}
	return "https://s3." + region + ".amazonaws.com"
}

// endpoint reads the address of a store, https where it names no scheme.
func endpoint(text string) (string, error) {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || strings.Trim(u.Path, "/") != "" {
		return "", errors.New("its endpoint must be an http or https address without a path, such as https://minio.example.org:9000")
	}
	return u.Scheme + "://" + u.Host, nil
}

// place names the prefix as messages do: "s3://bucket/articles".
func (a address) place() string {
	return a.scheme + "://" + a.bucket + strings.TrimSuffix("/"+a.prefix, "/")
}

// url returns where the bucket is asked, without a slash at its end.
func (a address) url() string {
	if a.inPath {
		return a.endpoint + "/" + a.bucket
	}
	scheme, host, _ := strings.Cut(a.endpoint, "://")
	return scheme + "://" + a.bucket + "." + host
}
