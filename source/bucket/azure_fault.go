package bucket

import (
	"fmt"
	"net/http"

	"herald/source/remote"
)

// fault returns what an answer that is none of 200 says.
func (z *azure) fault(a *remote.Answer) fault {
	code := a.Header.Get("X-Ms-Error-Code")
	if !isCode(code) {
		code, _ = codeOf(a)
	}
	known := azureAdvice[code]
	switch {
	case code == "ContainerNotFound":
		return fault{words: fmt.Sprintf("%s has no container %s", z.endpoint, z.container)}
	case z.anonymous && (a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden || known.words == azureClosed):
		return fault{known.about, "access denied: the container is not public, so ?anonymous=true does not read it"}
	case (code == "AuthenticationFailed" || code == "AuthorizationFailure") && z.keys.expired(z.now()):
		return fault{words: "the SAS token has expired: a new one is needed"}
	case known.words != "":
		return known
	case code != "":
		return fault{words: fmt.Sprintf("%v (%s)", remote.StatusError(a), code)}
	case a.Status == http.StatusNotFound:
		return fault{words: remote.StatusError(a).Error() + " and no word of Azure: is the endpoint that of a storage account?"}
	}
	return fault{words: remote.StatusError(a).Error()}
}

const (
	azureDenied   = "access denied: the SAS token must let list and read the container (sp=rl)"
	azureRefused  = "access denied: the key or SAS token is not one of the account's, or the account's network rules do not let this machine in"
	azureUnsigned = "the signature does not match: the key or SAS token does not belong to the account or has expired, or the clock of this machine is wrong"
	azureClosed   = "access denied: there is no such account or container, or it is not public"
	azureArchived = "it is archived: bring it back to a tier that can be read (hot, cool, cold)"
)

// azureAdvice is what codes mean to an operator.
var azureAdvice = map[string]fault{
	"BlobNotFound":                        {aboutGone, "no such object"},
	"BlobArchived":                        {aboutObject, azureArchived},
	"BlobBeingRehydrated":                 {aboutObject, "it is archived, and on its way back"},
	"BlobUsesCustomerSpecifiedEncryption": {aboutObject, "it is encrypted with a key that only its owner has"},

	"AuthorizationPermissionMismatch":    {aboutDenied, azureDenied},
	"AuthorizationResourceTypeMismatch":  {aboutDenied, azureDenied},
	"AuthorizationServiceMismatch":       {aboutAll, azureDenied},
	"AuthorizationFailure":               {aboutDenied, azureRefused},
	"AuthorizationSourceIPMismatch":      {aboutAll, "access denied: the SAS token does not hold for the address of this machine"},
	"AuthorizationProtocolMismatch":      {aboutAll, "access denied: the SAS token holds for https alone"},
	"InsufficientAccountPermissions":     {aboutAll, "access denied: the credentials may not read this account"},
	"KeyBasedAuthenticationNotPermitted": {aboutAll, "access denied: the account takes no keys, and herald does not sign in with Entra ID in this version"},
	"AccountRequiresHttps":               {aboutAll, "the account takes https alone: write its endpoint with https://"},
	"AccountIsDisabled":                  {aboutAll, "the storage account is disabled"},

	"AuthenticationFailed":      {aboutAll, azureUnsigned},
	"InvalidAuthenticationInfo": {aboutAll, azureUnsigned},

	"ResourceNotFound":            {aboutAll, azureClosed},
	"NoAuthenticationInformation": {aboutAll, azureClosed},
	"PublicAccessNotPermitted":    {aboutAll, azureClosed},
	"ContainerBeingDeleted":       {aboutAll, "the container is being deleted"},
	"ContainerDisabled":           {aboutAll, "the container is disabled"},
	"InvalidResourceName":         {aboutAll, "the store says that this is not a valid container name"},
}
