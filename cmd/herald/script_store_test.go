package main

import (
	"context"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"herald/source/bucket/storetest"
)

// scripts ends what they started.
type scripts struct{ *testing.M }

// Run runs the tests.
func (s scripts) Run() int {
	defer storetest.Stop()
	return s.M.Run()
}

// Scripts over an object store that speaks as S3 does.
func TestBucketScripts(t *testing.T) {
	storeScripts(t, storetest.S3(), "bucket", map[string]string{
		"AWS_ACCESS_KEY_ID": storetest.AccessKey, "AWS_SECRET_ACCESS_KEY": storetest.SecretKey, "AWS_REGION": storetest.Region, "AWS_EC2_METADATA_DISABLED": "true",
	})
}

// Scripts over one that speaks as Azure Blob Storage does.
func TestAzureScripts(t *testing.T) {
	storeScripts(t, storetest.Azure(), "azure", map[string]string{"AZURE_STORAGE_KEY": storetest.AccountKey})
}

// storeScripts runs the scripts of a folder, each with a bucket at $BUCKET with its endpoint, a proxy before the store, at $STORE, and with its
// keys in the environment.
func storeScripts(t *testing.T, kind storetest.Kind, dir string, keys map[string]string) {
	t.Helper()
	b := storetest.New(t, kind)
	proxy := storetest.NewProxy(b)
	t.Cleanup(proxy.Close)
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", dir), UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("BUCKET", b.Name)
			env.Setenv("STORE", b.Endpoint)
			for name, value := range keys {
				env.Setenv(name, value)
			}
			return setupScript(env)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"store": storeCommand(b, proxy), "snapshot": snapshot(true), "ends": exits, "eventually": eventually,
		},
	})
}

// storeCommand is: store put FILE KEY; store remove KEY; store fault WORD, which happens to what is asked from then on; store asked, which
// prints what was.
func storeCommand(b *storetest.Bucket, proxy *storetest.Proxy) func(ts *testscript.TestScript, neg bool, args []string) {
	at := func(key string) string { return "/" + (&url.URL{Path: key}).EscapedPath() }
	return func(ts *testscript.TestScript, _ bool, args []string) {
		switch strings.Join(args[:min(len(args), 1)], "") + " " + strconv.Itoa(len(args)) {
		case "put 3":
			ts.Check(b.Do(context.Background(), http.MethodPut, at(args[2]), []byte(ts.ReadFile(args[1])), nil))
		case "remove 2":
			ts.Check(b.Do(context.Background(), http.MethodDelete, at(args[1]), nil, nil))
		case "fault 2":
			proxy.Let(storeFaults()[args[1]])
		case "asked 1":
			_, err := ts.Stdout().Write([]byte(strings.Join(proxy.Log(), "\n") + "\n"))
			ts.Check(err)
		default:
			ts.Fatalf("usage: store put FILE KEY | remove KEY | fault WORD | asked")
		}
	}
}

// storeFaults are what may happen on the way to the store, by name.
func storeFaults() map[string]func(*http.Request) *storetest.Fault {
	page := &storetest.Fault{Type: "text/html", Body: "<!doctype html><html><body><h1>점검 중입니다</h1></body></html>"}
	isListing := func(r *http.Request) bool {
		return r.URL.Query().Has("list-type") || r.URL.Query().Get("comp") == "list"
	}
	listing := func(f *storetest.Fault) func(*http.Request) *storetest.Fault {
		return func(r *http.Request) *storetest.Fault {
			if isListing(r) {
				return f
			}
			return nil
		}
	}
	objects := func(f *storetest.Fault) func(*http.Request) *storetest.Fault {
		return func(r *http.Request) *storetest.Fault {
			if r.Method != http.MethodGet || isListing(r) {
				return nil
			}
			return f
		}
	}
	return map[string]func(*http.Request) *storetest.Fault{
		"none":        nil,
		"page":        listing(page),
		"cut":         listing(&storetest.Fault{Cut: true}),
		"busy":        listing(&storetest.Fault{Status: http.StatusServiceUnavailable, Type: "application/xml", Body: "<Error><Code>SlowDown</Code></Error>"}),
		"no-server":   listing(&storetest.Fault{Status: http.StatusServiceUnavailable, Type: "application/xml", Header: map[string]string{"x-ms-error-code": "ServerBusy", "Retry-After": "30"}}),
		"hang":        objects(&storetest.Fault{Hang: true}),
		"nothing":     listing(&storetest.Fault{Type: "application/xml"}),
		"object-cut":  objects(&storetest.Fault{Cut: true}),
		"object-page": objects(page),
		"object-500":  objects(&storetest.Fault{Status: http.StatusInternalServerError}),
	}
}
