package bucket

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"

	"herald/source/remote"
)

// fault is what a store says is wrong, by its code. The store's own message is not shown: it may repeat what it was sent.
type fault struct {
	code  string // of S3: "NoSuchKey"; "": the answer has none
	words string
}

// Error returns what is wrong, and what an operator can do.
func (f fault) Error() string { return f.words }

// Codes that are about one object.
const (
	noSuchKey = "NoSuchKey"
	archived  = "InvalidObjectState"
	denied    = "AccessDenied"
)

// fault returns what an answer that is none of 200 says.
func (s *store) fault(a *remote.Answer) error {
	var body struct {
		XMLName xml.Name
		Code    string
		Region  string
	}
	if xml.Unmarshal(a.Body, &body) != nil || body.XMLName.Local != "Error" || strings.Trim(body.Code, letters) != "" || len(body.Code) > 80 {
		body.Code, body.Region = "", ""
	}
	f := fault{code: body.Code}
	region := cmp.Or(a.Header.Get("X-Amz-Bucket-Region"), body.Region)
	switch elsewhere := a.Status == http.StatusMovedPermanently || a.Status == http.StatusTemporaryRedirect; {
	case region != "" && region != s.address.region && strings.Trim(region, letters+"0123456789-") == "":
		f.words = fmt.Sprintf("the bucket is in the region %s, not in %s: write ?region=%s", region, s.address.region, region)
	case body.Code == "NoSuchBucket":
		f.words = fmt.Sprintf("%s has no bucket %s", s.address.endpoint, s.address.bucket)
	case elsewhere:
		f.words = "the bucket is asked for elsewhere: name its region (?region=…) or its endpoint (?endpoint=…)"
	case a.Status == http.StatusForbidden && s.keys == nil:
		f.words = "access denied: the bucket is not public, so ?anonymous=true does not read it"
	case advice[body.Code] != "":
		f.words = advice[body.Code]
	case body.Code != "":
		f.words = fmt.Sprintf("%v (%s)", remote.StatusError(a), body.Code)
	case a.Status == http.StatusNotFound:
		f.words = remote.StatusError(a).Error() + " and no word of S3: is the endpoint that of an object store?"
	default:
		f.words = remote.StatusError(a).Error()
	}
	return f
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// advice is what codes mean to an operator.
var advice = map[string]string{
	noSuchKey:               "no such object",
	archived:                "it is archived: restore it, or move it to a storage class that can be read",
	denied:                  "access denied: the credentials need s3:ListBucket on the bucket and s3:GetObject on its objects",
	"AllAccessDisabled":     "access denied: the bucket is closed to all",
	"InvalidAccessKeyId":    "the store does not know the access key",
	"SignatureDoesNotMatch": "the signature does not match: the secret key does not belong to the access key, or something between here and the store changes requests",
	"ExpiredToken":          "the session token has expired: new credentials are needed",
	"InvalidToken":          "the session token is none that the store knows",
	"RequestTimeTooSkewed":  "the clock of this machine differs too much from the store's: set it",
	"PermanentRedirect":     "the bucket is asked for elsewhere: name its region (?region=…) or its endpoint (?endpoint=…)",
	"InvalidBucketName":     "the store says that this is not a valid bucket name",
}
