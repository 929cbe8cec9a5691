package storetest

import (
	"encoding/base64"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	"herald/source/bucket/sharedkey"
)

// The account that the Azure store has, and its key.
const (
	Account    = "newsdesk"
	AccountKey = "b3Blbi9zZXNhbWUrb2YrdGhlPXN0b3JlLW9mLXRlc3Rz"
)

// ModulesEnv names the variable that holds where the packages of .ci/readers are installed: a folder node_modules.
const ModulesEnv = "HERALD_NODE_MODULES"

var azurite = server{name: "azurite-blob", path: "/" + Account, find: findAzurite, args: func(_, address string) (args, env []string, err error) {
	host, port, err := net.SplitHostPort(address)
	args = []string{"--blobHost", host, "--blobPort", port, "--inMemoryPersistence", "--silent", "--disableTelemetry", "--disableProductStyleUrl"}
	return args, []string{"AZURITE_ACCOUNTS=" + Account + ":" + AccountKey}, err
}}

// Azure is the store that speaks as Azure Blob Storage does.
func Azure() Kind {
	key, _ := base64.StdEncoding.DecodeString(AccountKey)
	return Kind{Scheme: "azblob", server: &azurite, bucket: "?restype=container", url: "azblob://%s/%s?endpoint=%s", sign: func(r *http.Request, _ []byte) {
		r.Header.Set("X-Ms-Version", "2021-02-12")
		r.Header.Set("X-Ms-Date", "Sun, 01 Mar 2026 00:00:00 GMT") // Azurite takes any
		if coding := r.Header.Get("Content-Encoding"); coding != "" {
			r.Header.Del("Content-Encoding")
			r.Header.Set("X-Ms-Blob-Content-Encoding", coding)
		}
		if r.Method == http.MethodPut && r.URL.RawQuery == "" {
			r.Header.Set("X-Ms-Blob-Type", "BlockBlob")
		}
		sharedkey.Sign(r, Account, key)
	}}
}

// findAzurite finds the program, which is a package of npm.
func findAzurite() (string, error) {
	if path, err := exec.LookPath("azurite-blob"); err == nil {
		return path, nil
	}
	return exec.LookPath(filepath.Join(os.Getenv(ModulesEnv), ".bin", "azurite-blob"))
}
