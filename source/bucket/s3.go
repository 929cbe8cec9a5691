package bucket

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/signer"
)

// s3 is the dialect of S3, which the XML API of Google Cloud Storage and many others speak too.
type s3 struct {
	endpoint string // of the store: "https://s3.eu-west-1.amazonaws.com"
	bucket   string
	region   string                   // that requests are signed for
	inPath   bool                     // the bucket is named in the path of URLs, else in their host
	keys     *credentials.Credentials // nil: requests are not signed
}

// The endpoint of Google Cloud Storage, whose XML API takes what S3 takes.
const google = "https://storage.googleapis.com"

var bucketName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$`)

// newS3 returns the dialect of an address with these parameters.
func newS3(at address, q url.Values, given Credentials) (*s3, error) {
	if !bucketName.MatchString(at.bucket) {
		return nil, fmt.Errorf("%q is not a valid bucket name; write s3://bucket/articles", at.bucket)
	}
	s := &s3{bucket: at.bucket}
	named := q.Get(paramEndpoint)
	if at.scheme == "gs" {
		s.region, named = cmp.Or(q.Get(paramRegion), "auto"), cmp.Or(named, google)
	} else {
		s.region, named = cmp.Or(q.Get(paramRegion), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"), "us-east-1"), cmp.Or(named, os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"))
	}
	if !regexp.MustCompile(`^[A-Za-z0-9-]+$`).MatchString(s.region) {
		return nil, fmt.Errorf("%q is not a region", s.region)
	}
	u, ok := endpoint(cmp.Or(named, ofAmazon(s.region)))
	if !ok || u.Path != "" {
		return nil, errors.New("its endpoint must be an http or https address without a path, such as https://minio.example.org:9000")
	}
	s.endpoint = u.String()
	// A certificate for *.s3.amazonaws.com holds for one name before it, and other stores mostly have none for names of buckets.
	s.inPath = named != "" || strings.ContainsAny(s.bucket, "._ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if q.Has(paramPathStyle) {
		s.inPath = q.Get(paramPathStyle) == "true"
	}
	if !at.anonymous {
		s.keys = s3Keys(s.region, q.Get(paramProfile), given)
	}
	return s, nil
}

// ofAmazon returns the endpoint of a region.
func ofAmazon(region string) string {
	if strings.HasPrefix(region, "cn-") {
		return "https://s3." + region + ".amazonaws.com.cn"
	}
	return "https://s3." + region + ".amazonaws.com"
}

// url returns where an object, or the bucket itself, is asked for.
func (s *s3) url(key string) string {
	if s.inPath {
		return s.endpoint + "/" + s.bucket + "/" + key
	}
	scheme, host, _ := strings.Cut(s.endpoint, "://")
	return scheme + "://" + s.bucket + "." + host + "/" + key
}

// sign signs a request (Signature Version 4).
func (s *s3) sign(r *http.Request) error {
	if s.keys == nil {
		return nil
	}
	v, err := value(r.Context(), s.keys)
	if err != nil {
		return err
	}
	r.Header.Set("X-Amz-Content-Sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
	r.Header = signer.SignV4(*r, v.AccessKeyID, v.SecretAccessKey, v.SessionToken, s.region).Header
	return nil
}
