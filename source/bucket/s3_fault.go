package bucket

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"

	"herald/source/remote"
)

// fault returns what an answer that is none of 200 says.
func (s *s3) fault(a *remote.Answer) fault {
	code, region := codeOf(a)
	region = cmp.Or(a.Header.Get("X-Amz-Bucket-Region"), region)
	switch elsewhere := a.Status == http.StatusMovedPermanently || a.Status == http.StatusTemporaryRedirect; {
	case region != "" && region != s.region && strings.Trim(region, letters+"0123456789-") == "":
		return fault{words: fmt.Sprintf("the bucket is in the region %s, not in %s: write ?region=%s", region, s.region, region)}
	case code == "NoSuchBucket":
		return fault{words: fmt.Sprintf("%s has no bucket %s", s.endpoint, s.bucket)}
	case elsewhere:
		return s3Advice["PermanentRedirect"]
	case a.Status == http.StatusForbidden && s.keys == nil:
		return fault{s3Advice[code].about, "access denied: the bucket is not public, so ?anonymous=true does not read it"}
	case s3Advice[code].words != "":
		return s3Advice[code]
	case code != "":
		return fault{words: fmt.Sprintf("%v (%s)", remote.StatusError(a), code)}
	case a.Status == http.StatusNotFound:
		return fault{words: remote.StatusError(a).Error() + " and no word of S3: is the endpoint that of an object store?"}
	}
	return fault{words: remote.StatusError(a).Error()}
}

// s3Advice is what codes mean to an operator.
var s3Advice = map[string]fault{
	"NoSuchKey":             {aboutGone, "no such object"},
	"InvalidObjectState":    {aboutObject, "it is archived: restore it, or move it to a storage class that can be read"},
	"AccessDenied":          {aboutDenied, "access denied: the credentials need s3:ListBucket on the bucket and s3:GetObject on its objects"},
	"AllAccessDisabled":     {aboutAll, "access denied: the bucket is closed to all"},
	"InvalidAccessKeyId":    {aboutAll, "the store does not know the access key"},
	"SignatureDoesNotMatch": {aboutAll, "the signature does not match: the secret key does not belong to the access key, or something between here and the store changes requests"},
	"ExpiredToken":          {aboutAll, "the session token has expired: new credentials are needed"},
	"InvalidToken":          {aboutAll, "the session token is none that the store knows"},
	"RequestTimeTooSkewed":  {aboutAll, "the clock of this machine differs too much from the store's: set it"},
	"PermanentRedirect":     {aboutAll, "the bucket is asked for elsewhere: name its region (?region=…) or its endpoint (?endpoint=…)"},
	"InvalidBucketName":     {aboutAll, "the store says that this is not a valid bucket name"},
}
