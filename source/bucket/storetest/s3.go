package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/minio/minio-go/v7/pkg/signer"
)

// The keys that the S3 store knows, and its region.
const (
	AccessKey = "AKIAHERALDTEST000001"
	SecretKey = "s3cr3t/of+the=store-of-tests"
	Region    = "eu-west-1"
)

var versitygw = server{name: "versitygw", find: findVersitygw, args: func(dir, address string) (args, env []string, err error) {
	objects, facts := filepath.Join(dir, "objects"), filepath.Join(dir, "facts")
	args = []string{"--port", address, "--region", Region, "--quiet", "--keep-alive", "posix", "--sidecar", facts, objects}
	return args, []string{"ROOT_ACCESS_KEY=" + AccessKey, "ROOT_SECRET_KEY=" + SecretKey}, errors.Join(os.Mkdir(objects, 0o755), os.Mkdir(facts, 0o755))
}}

// S3 is the store that speaks as S3 does.
func S3() Kind {
	return Kind{Scheme: "s3", server: &versitygw, url: "s3://%s/%s?region=" + Region + "&endpoint=%s", sign: func(r *http.Request, body []byte) {
		sum := sha256.Sum256(body)
		r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:]))
		r.Header = signer.SignV4(*r, AccessKey, SecretKey, "", Region).Header
	}}
}

// findVersitygw finds the program, which `go install` puts where the path may not lead.
func findVersitygw() (string, error) {
	if path, err := exec.LookPath("versitygw"); err == nil {
		return path, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", exec.ErrNotFound
	}
	return exec.LookPath(filepath.Join(home, "go", "bin", "versitygw"))
}
