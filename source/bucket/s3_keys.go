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

// roleTimeout is the longest that the service which knows the role of this machine is waited for.
const roleTimeout = 5 * time.Second

// s3Keys returns the keys for a region. profile: a section of the shared credentials file, "" for the usual places.
func s3Keys(region, profile string, given Credentials) *credentials.Credentials {
	switch {
	case given != (Credentials{}):
		return credentials.NewStaticV4(given.AccessKey, given.SecretKey, given.SessionToken)
	case profile != "":
		return credentials.New(&credentials.FileAWSCredentials{Profile: profile})
	}
	// As Amazon's own programs do: the environment, the shared file, the role of the container or machine.
	chain := []credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}}
	if !strings.EqualFold(os.Getenv("AWS_EC2_METADATA_DISABLED"), "true") {
		chain = append(chain, &credentials.IAM{Region: region})
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
