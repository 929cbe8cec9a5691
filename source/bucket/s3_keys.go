package bucket

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Credentials are what requests are signed with. The zero value: what the environment has.
type Credentials struct {
	AccessKey, SecretKey string
	SessionToken         string // of keys that hold for some hours; "": none
}

// roleTimeout is the longest that the service which knows the role of this machine is waited for.
const roleTimeout = 5 * time.Second

// keys returns the keys of an address; nil: requests are not signed.
func keys(a address, given Credentials) *credentials.Credentials {
	switch {
	case a.anonymous:
		return nil
	case given != (Credentials{}):
		return credentials.NewStaticV4(given.AccessKey, given.SecretKey, given.SessionToken)
	case a.profile != "":
		return credentials.New(&credentials.FileAWSCredentials{Profile: a.profile})
	}
	// As Amazon's own programs do: the environment, the shared file, the role of the container or machine.
	chain := []credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}}
	if !strings.EqualFold(os.Getenv("AWS_EC2_METADATA_DISABLED"), "true") {
		chain = append(chain, &credentials.IAM{Region: a.region})
	}
	return credentials.NewChainCredentials(chain)
}

// errNoKeys says what an operator can do. Why each place has no keys is not said: the causes quote what they found there.
var errNoKeys = errors.New("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or credentials beside path; ?anonymous=true reads a public bucket without")

// value returns the keys to sign with now.
func value(ctx context.Context, k *credentials.Credentials) (credentials.Value, error) {
	client := &http.Client{Timeout: roleTimeout, Transport: &http.Transport{Proxy: nil}}
	defer client.CloseIdleConnections()
	v, err := k.GetWithContext(&credentials.CredContext{Client: client, Context: ctx})
	if ctx.Err() != nil {
		return v, context.Cause(ctx)
	}
	if err != nil || v.AccessKeyID == "" || v.SecretAccessKey == "" {
		return v, errNoKeys
	}
	return v, nil
}

// Secrets calls each with what must never be shown of the keys that the environment holds.
func Secrets(each func(secret string)) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN"} {
		if secret := os.Getenv(name); secret != "" {
			each(secret)
		}
	}
}
