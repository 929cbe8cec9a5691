package bucket_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"herald/source"
	"herald/source/bucket"
	"herald/source/bucket/storetest"
	"herald/source/reader"
	"herald/source/remote"
	"herald/source/sourcetest"
)

func TestMain(m *testing.M) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_PROFILE", "AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_KEY", "AZURE_STORAGE_SAS_TOKEN", "AZURE_STORAGE_CONNECTION_STRING"} {
		os.Unsetenv(name)
	}
	os.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	os.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
	status := m.Run()
	storetest.Stop()
	os.Exit(status)
}

// A bucket is a source as a folder is.
func TestABucketIsASource(t *testing.T) {
	inStores(t, func(t *testing.T, in store) {
		sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin {
			b := storetest.New(t, in.Kind)
			var keys []string
			put := func(t *testing.T, key, body string) string {
				b.Put(t, "글/"+key, body, "")
				keys = append(keys, "글/"+key)
				return key
			}
			return &sourcetest.Origin{
				Source: open(t, in, b, "글", nil),
				Put: func(t *testing.T, name, title, body string) string {
					return put(t, name+".md", "---\ntitle: "+title+"\n---\n"+body+"\n")
				},
				Refused: func(t *testing.T, name string) string { return put(t, name+".md", "---\ntitle: x\n") },
				Remove:  func(t *testing.T, key string) { b.Remove(t, "글/"+key) },
				Break: func(t *testing.T) {
					b.Drop(t, keys...)
				},
				NoArticle: func(t *testing.T) string { return put(t, "README.md", "읽어 주세요") },
				Otherwise: func(t *testing.T) source.Source {
					return open(t, in, b, "글", func(c *bucket.Config) { c.Reading = reader.Reading{Defaults: reader.Defaults{Language: "ko"}} })
				},
			}
		})
	})
}

// open returns the source of a bucket below a prefix.
func open(t testing.TB, in store, b *storetest.Bucket, prefix string, change func(*bucket.Config)) *bucket.Source {
	t.Helper()
	c := bucket.Config{
		URL: b.URL(prefix, ""), Credentials: in.credentials, Fetch: fetch,
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
	if change != nil {
		change(&c)
	}
	s, err := bucket.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var client = http.Client{
	Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// fetch asks a server as a source is let to.
func fetch(ctx context.Context, q remote.Request) (*remote.Answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, q.URL, nil)
	if err != nil {
		return nil, err
	}
	for name, value := range q.Header {
		r.Header.Set(name, value)
	}
	a, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(io.LimitReader(a.Body, q.First))
	if errors.Is(err, io.ErrUnexpectedEOF) && a.StatusCode == http.StatusOK {
		return nil, errors.New("read " + q.URL + ": the answer broke off before its end")
	}
	after, _ := time.ParseDuration(a.Header.Get("Retry-After") + "s")
	return &remote.Answer{
		Status: a.StatusCode, Body: body, URL: q.URL, Type: a.Header.Get("Content-Type"), ETag: a.Header.Get("ETag"), Header: a.Header, RetryAfter: after,
	}, nil
}
