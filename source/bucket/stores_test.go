package bucket_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"herald/source/bucket"
	"herald/source/bucket/storetest"
)

// store is a kind of store as the tests see it, and what only it says.
type store struct {
	storetest.Kind
	credentials bucket.Credentials
	secrets     []string // that no message may show
	reading     string   // the permission that reading needs, as the advice has it
	denied      *storetest.Fault
	archived    *storetest.Fault
	busy        *storetest.Fault
	ofListing   func(b *storetest.Bucket) map[string]*storetest.Fault // what may be wrong with a listing, by what is said of it
	ofObject    func(b *storetest.Bucket) map[string]*storetest.Fault // likewise of an object, of which nothing is known then
	page        func(keys ...string) string                           // a whole listing of objects of one byte
	etagOfBytes bool                                                  // what is written again as it was has the ETag that it had
}

func stores() []store { return []store{inS3(), inAzure()} }

// inStores runs a test over all stores.
func inStores(t *testing.T, test func(t *testing.T, in store)) {
	t.Helper()
	for _, in := range stores() {
		t.Run(in.Scheme, func(t *testing.T) { test(t, in) })
	}
}

// isListing reports whether a request is for a listing.
func isListing(r *http.Request) bool {
	return r.URL.Query().Has("list-type") || r.URL.Query().Get("comp") == "list"
}

// hasToken reports whether a request is for a later page of a listing.
func hasToken(r *http.Request) bool {
	return r.URL.Query().Has("continuation-token") || r.URL.Query().Has("marker")
}

// xmlError is a fault with a code, and a message that repeats what it should not.
func xmlError(status int, code, more string) *storetest.Fault {
	return &storetest.Fault{Status: status, Type: "application/xml", Body: "\ufeff<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + storetest.AccessKey + " " +
		storetest.SecretKey + " " + storetest.AccountKey + "</Message>" + more + "</Error>"}
}

// inS3 is the store of S3.
func inS3() store {
	page := "<ListBucketResult><Prefix>글/</Prefix>%s</ListBucketResult>"
	return store{
		Kind: storetest.S3(), credentials: bucket.Credentials{AccessKey: storetest.AccessKey, SecretKey: storetest.SecretKey},
		secrets: []string{storetest.AccessKey, storetest.SecretKey}, reading: "s3:GetObject", etagOfBytes: true,
		denied: xmlError(403, "AccessDenied", ""), archived: xmlError(403, "InvalidObjectState", ""), busy: xmlError(503, "SlowDown", ""),
		ofListing: func(b *storetest.Bucket) map[string]*storetest.Fault {
			return map[string]*storetest.Fault{
				"access denied: the credentials need s3:ListBucket":                   xmlError(403, "AccessDenied", ""),
				"does not know the access key":                                        xmlError(403, "InvalidAccessKeyId", ""),
				"the secret key does not belong to the access key":                    xmlError(403, "SignatureDoesNotMatch", ""),
				"the session token has expired":                                       xmlError(400, "ExpiredToken", ""),
				"the clock of this machine differs":                                   xmlError(403, "RequestTimeTooSkewed", ""),
				"has no bucket " + b.Name:                                             xmlError(404, "NoSuchBucket", ""),
				"region ap-northeast-2, not in eu-west-1: write ?region=ap-northeast": xmlError(400, "AuthorizationHeaderMalformed", "<Region>ap-northeast-2</Region>"),
				"region us-west-2, not in eu-west-1":                                  {Status: 301, Header: map[string]string{"X-Amz-Bucket-Region": "us-west-2", "Location": "http://127.0.0.1:1/"}},
				"name its region (?region=…) or its endpoint":                         {Status: 307, Header: map[string]string{"Location": "http://127.0.0.1:1/"}},
				"answered with a page (text/html), not with the listing of a bucket":  {Type: "text/html", Body: "<!doctype html><html><body>점검</body></html>"},
				"that is not the listing of a bucket":                                 {Type: "application/xml", Body: "<Other/>"},
				"the listing breaks off or is no XML":                                 {Type: "application/xml", Body: "<ListBucketResult><IsTruncated>false</IsTruncated><Contents>"},
				"does not say whether it is whole":                                    {Type: "application/xml", Body: fmt.Sprintf(page, "")},
				"does not go on where it says":                                        {Type: "application/xml", Body: fmt.Sprintf(page, "<IsTruncated>true</IsTruncated>")},
				"which was not asked for":                                             {Type: "application/xml", Body: fmt.Sprintf(page, "<IsTruncated>false</IsTruncated><Contents><Key>other/a.md</Key></Contents>")},
				"which is not encoded as it says":                                     {Type: "application/xml", Body: fmt.Sprintf(page, "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Contents><Key>%zz</Key></Contents>")},
				"goes on after its end":                                               {Type: "application/xml", Body: fmt.Sprintf(page, "<IsTruncated>false</IsTruncated>") + "<Error/>"},
			}
		},
		ofObject: func(*storetest.Bucket) map[string]*storetest.Fault {
			return map[string]*storetest.Fault{
				"has no bucket": xmlError(404, "NoSuchBucket", ""),
				"answered 503 Service Unavailable (SlowDown)": xmlError(503, "SlowDown", ""),
				"answered 404 Not Found and no word of S3":    {Status: 404, Body: "<html>없음</html>"},
				"has expired": xmlError(400, "ExpiredToken", ""),
			}
		},
		page: func(keys ...string) string {
			var b strings.Builder
			for _, key := range keys {
				fmt.Fprintf(&b, "<Contents><Key>%s</Key><ETag>&quot;%x&quot;</ETag><Size>1</Size></Contents>", url.QueryEscape(key), key)
			}
			return fmt.Sprintf(page, "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>"+b.String())
		},
	}
}
