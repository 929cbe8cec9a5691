package bucket_test

import (
	"fmt"
	"net/url"
	"strings"

	"herald/source/bucket"
	"herald/source/bucket/storetest"
)

// azureError is a fault whose code stands in the header, as the service has it.
func azureError(status int, code string) *storetest.Fault {
	f := xmlError(status, "Other", "<AuthenticationErrorDetail>"+storetest.AccountKey+"</AuthenticationErrorDetail>")
	f.Header = map[string]string{"x-ms-error-code": code}
	return f
}

// inAzure is the store of Azure.
func inAzure() store {
	page := "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Prefix>글/</Prefix>%s</EnumerationResults>"
	return store{
		Kind: storetest.Azure(), credentials: bucket.Credentials{SecretKey: storetest.AccountKey},
		secrets: []string{storetest.AccountKey}, reading: "sp=rl",
		denied: azureError(403, "AuthorizationPermissionMismatch"), archived: azureError(409, "BlobArchived"), busy: azureError(503, "ServerBusy"),
		ofListing: func(b *storetest.Bucket) map[string]*storetest.Fault {
			return map[string]*storetest.Fault{
				"access denied: the SAS token must let list and read":                   azureError(403, "AuthorizationPermissionMismatch"),
				"access denied: the key or SAS token is not one of the account's":       azureError(403, "AuthorizationFailure"),
				"access denied: the account takes no keys":                              azureError(403, "KeyBasedAuthenticationNotPermitted"),
				"the signature does not match":                                          azureError(403, "AuthenticationFailed"),
				"has no container " + b.Name:                                            azureError(404, "ContainerNotFound"),
				"there is no such account or container, or it is not public":            azureError(404, "ResourceNotFound"),
				"the container is being deleted":                                        xmlError(409, "ContainerBeingDeleted", ""),
				"answered 412 Precondition Failed (ConditionNotMet)":                    azureError(412, "ConditionNotMet"),
				"answered 503 Service Unavailable (ServerBusy)":                         azureError(503, "ServerBusy"),
				"answered 404 Not Found and no word of Azure":                           {Status: 404, Type: "text/html", Body: "<h1>없음</h1>"},
				"answered with a page (text/html), not with the listing of a container": {Type: "text/html", Body: "<!doctype html><html><body>점검</body></html>"},
				"that is not the listing of a container":                                {Type: "application/xml", Body: "<Other/>"},
				"the listing breaks off or is no XML":                                   {Type: "application/xml", Body: "<EnumerationResults><Blobs><Blob>"},
				"does not say whether it is whole":                                      {Type: "application/xml", Body: fmt.Sprintf(page, "<Blobs/>")},
				"does not go on where it says":                                          {Type: "application/xml", Body: fmt.Sprintf(page, "<Blobs/><NextMarker>x</NextMarker>")},
				"which was not asked for":                                               {Type: "application/xml", Body: fmt.Sprintf(page, "<Blobs><Blob><Name>other/a.md</Name></Blob></Blobs><NextMarker/>")},
				"which is not encoded as it says":                                       {Type: "application/xml", Body: fmt.Sprintf(page, "<Blobs><Blob><Name Encoded=\"true\">%zz</Name></Blob></Blobs><NextMarker/>")},
				"goes on after its end":                                                 {Type: "application/xml", Body: fmt.Sprintf(page, "<NextMarker/>") + "<Error/>"},
			}
		},
		ofObject: func(*storetest.Bucket) map[string]*storetest.Fault {
			return map[string]*storetest.Fault{
				"has no container": azureError(404, "ContainerNotFound"),
				"answered 503 Service Unavailable (ServerBusy)": azureError(503, "ServerBusy"),
				"answered 404 Not Found and no word of Azure":   {Status: 404, Body: "<html>없음</html>"},
				"the signature does not match":                  azureError(403, "AuthenticationFailed"),
			}
		},
		page: func(keys ...string) string {
			var b strings.Builder
			for _, key := range keys {
				fmt.Fprintf(&b, "<Blob><Name Encoded=\"true\">%s</Name><Properties><Etag>%x</Etag><Content-Length>1</Content-Length></Properties></Blob>", strings.ReplaceAll(url.QueryEscape(key), "+", "%20"), key)
			}
			return fmt.Sprintf(page, "<Blobs>"+b.String()+"</Blobs><NextMarker/>")
		},
	}
}
