package bucket_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source/bucket"
	"herald/source/bucket/storetest"
	"herald/source/remote"
)

// Addresses of Azure lead to the accounts that they name; what is wrong with one is said.
func TestAzureAddresses(t *testing.T) {
	t.Setenv("AZURE_STORAGE_KEY", storetest.AccountKey)
	for _, one := range []struct{ address, account, connection, want string }{
		{"azblob://news/글?storage_account=newsdesk", "", "", "https://newsdesk.blob.core.windows.net/news?"},
		{"azblob://$web?storage_account=newsdesk", "", "", "https://newsdesk.blob.core.windows.net/$web?"},
		{"azblob://news", "newsdesk", "", "https://newsdesk.blob.core.windows.net/news?"},
		{"azblob://news?storage_account=other1", "newsdesk", "", "https://other1.blob.core.windows.net/news?"},
		{"azblob://news?storage_account=newsdesk&domain=blob.core.chinacloudapi.cn", "", "", "https://newsdesk.blob.core.chinacloudapi.cn/news?"},
		{"azblob://news?endpoint=https://newsdesk.blob.local.example.org/", "", "", "https://newsdesk.blob.local.example.org/news?"},
		{"azblob://news?endpoint=https://files.example.org&storage_account=newsdesk", "", "", "https://files.example.org/news?"},
		{"azblob://news?endpoint=https://files.example.org", "newsdesk", "", "https://files.example.org/news?"},
		{"azblob://news?endpoint=https://files.example.org", "", "", "names no storage account"},
		{"azblob://news?endpoint=files.example.org&storage_account=newsdesk&use_path_style=true", "", "", "https://files.example.org/newsdesk/news?"},
		{"azblob://news?endpoint=http://192.0.2.1:10000&storage_account=newsdesk", "", "", "http://192.0.2.1:10000/newsdesk/news?"},
		{"azblob://news?endpoint=http://azurite:10000&storage_account=newsdesk", "", "", "http://azurite:10000/newsdesk/news?"},
		{"azblob://news?endpoint=http://192.0.2.1:10000/newsdesk", "other1", "", "http://192.0.2.1:10000/newsdesk/news?"},
		{"azblob://news", "", "DefaultEndpointsProtocol=https;AccountName=newsdesk;AccountKey=a2V5;EndpointSuffix=core.windows.net", "https://newsdesk.blob.core.windows.net/news?"},
		{"azblob://news", "", "AccountName=newsdesk;AccountKey=a2V5;BlobEndpoint=http://192.0.2.1:10000/newsdesk;", "http://192.0.2.1:10000/newsdesk/news?"},
		{"azblob://news", "", "BlobEndpoint=https://newsdesk.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=a", "https://newsdesk.blob.core.windows.net/news?"},
		{"azblob://news?storage_account=other1", "", "BlobEndpoint=https://newsdesk.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=a", "https://other1.blob.core.windows.net/news?"},
		{"azblob://news?storage_account=other1", "", "AccountName=newsdesk;BlobEndpoint=http://192.0.2.1:10000/newsdesk;", "https://other1.blob.core.windows.net/news?"},

		{"azblob://news", "", "", "names no storage account"},
		{"azblob://News/a?storage_account=newsdesk", "", "", "not a valid container name"},
		{"azblob://a/b?storage_account=newsdesk", "", "", "not a valid container name"},
		{"azblob://a--b?storage_account=newsdesk", "", "", "not a valid container name"},
		{"azblob://news@newsdesk.blob.core.windows.net/a", "", "", "write azblob://CONTAINER/PREFIX?storage_account=NAME"},
		{"azblob://news?storage_account=News_Desk", "", "", "not a valid name of a storage account"},
		{"azblob://news?storage_account=newsdesk&sv=1&sp=rl&sig=a", "", "", "it belongs into credentials beside path (sas_token)"},
		{"azblob://news?storage-account=newsdesk", "", "", "did you mean \"storage_account\"?"},
		{"azblob://news?storage_account=newsdesk&region=westeurope", "", "", "\"region\", which means nothing"},
		{"azblob://news?storage_account=newsdesk&endpoint=https://example.org/a/b", "", "", "endpoint must be"},
		{"azblob://news?storage_account=newsdesk&endpoint=https://example.org?sv=1%26sig=x", "", "", "endpoint must be"},
	} {
		t.Setenv("AZURE_STORAGE_ACCOUNT", one.account)
		t.Setenv("AZURE_STORAGE_CONNECTION_STRING", one.connection)
		asked := ""
		s, err := bucket.New(bucket.Config{URL: one.address, Fetch: func(_ context.Context, r remote.Request) (*remote.Answer, error) {
			if asked = r.URL; r.Header["Authorization"] == "" {
				t.Errorf("%s: got no signature", one.address)
			}
			return &remote.Answer{Status: http.StatusForbidden}, nil
		}})
		if err == nil {
			s.Fetch(t.Context(), func(func(string, string) bool) {})
		}
		if got := asked + fmt.Sprint(err); !strings.HasPrefix(asked, one.want) && (err == nil || !strings.Contains(got, one.want)) {
			t.Errorf("%s: got %s, want %s", one.address, got, one.want)
		}
	}
}

// Each place that credentials may come from signs requests; without any nothing is asked, and it is said what there might be.
func TestAzureCredentials(t *testing.T) {
	const address = "azblob://news/a?storage_account=newsdesk"
	for _, one := range []struct {
		given                bucket.Credentials
		key, sas, connection string
		more, want           string
	}{
		{key: storetest.AccountKey, want: "SharedKey newsdesk:"},
		{given: bucket.Credentials{SecretKey: "a2V5"}, sas: "sv=1&sig=b", want: "SharedKey newsdesk:"},
		{given: bucket.Credentials{AccessKey: "newsdesk", SecretKey: "a2V5"}, want: "SharedKey newsdesk:"},
		{given: bucket.Credentials{SASToken: "?sv=1&sig=a%2Bb"}, key: storetest.AccountKey, want: "&sv=1&sig=a%2Bb"},
		{sas: "https://newsdesk.blob.core.windows.net/?sv=1&sig=a%2Bb ", want: "&sv=1&sig=a%2Bb "},
		{sas: "sv=1&sig=a%2Bb", want: "&sv=1&sig=a%2Bb"},
		{connection: "AccountName=newsdesk;AccountKey=" + storetest.AccountKey, want: "SharedKey newsdesk:"},
		{connection: "BlobEndpoint=https://newsdesk.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=a%3D", want: "&sv=1&sig=a%3D"},
		{more: "&anonymous=true", key: storetest.AccountKey, want: "the container is not public, so ?anonymous=true does not read it"},
		{want: "no credentials: set AZURE_STORAGE_KEY"},
		{want: "a managed identity or a sign-in with Entra ID is not used in this version"},
		{connection: "AccountName=other1;AccountKey=a2V5", want: "no credentials"},
		{key: "no-base64-of-a-key", want: "the key of the storage account is not whole"},
		{sas: "https://newsdesk.blob.core.windows.net/?sv=1&sig=a b", want: "the SAS token is not whole"},
		{sas: "https://newsdesk.blob.core.windows.net/?sv=1", want: "the SAS token is not whole"},
		{given: bucket.Credentials{AccessKey: "other1", SecretKey: "a2V5"}, want: "another storage_account than credentials.access_key"},
	} {
		t.Setenv("AZURE_STORAGE_KEY", one.key)
		t.Setenv("AZURE_STORAGE_SAS_TOKEN", one.sas)
		t.Setenv("AZURE_STORAGE_CONNECTION_STRING", one.connection)
		got := ""
		s, err := bucket.New(bucket.Config{URL: address + one.more, Credentials: one.given, Fetch: func(_ context.Context, r remote.Request) (*remote.Answer, error) {
			if got = r.Header["Authorization"] + r.URL + " "; one.more != "" && r.Header["Authorization"] != "" {
				t.Errorf("got a signed request, want none of %s", one.more)
			}
			return &remote.Answer{Status: http.StatusNotFound, Header: http.Header{"X-Ms-Error-Code": {"ResourceNotFound"}}}, nil
		}})
		if err == nil {
			s.Fetch(t.Context(), func(func(string, string) bool) {})
			for _, err := range s.List(t.Context()) {
				got += fmt.Sprint(err)
			}
		}
		if got += fmt.Sprint(err); !strings.Contains(got, one.want) {
			t.Errorf("%+v: got %s, want %s", one, got, one.want)
		}
	}
}

// signature returns a shared access signature of a container: what it permits, and until when.
func signature(t *testing.T, b *storetest.Bucket, permissions string, end time.Time) string {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(storetest.AccountKey)
	if err != nil {
		t.Fatal(err)
	}
	until := end.UTC().Format(time.RFC3339)
	// "Create a service SAS", version 2020-12-06: permissions, start, end, resource, identifier, addresses, protocol, version, kind, time of a
	// snapshot, scope of encryption, and five headers of answers.
	fields := []string{permissions, "", until, "/blob/" + storetest.Account + "/" + b.Name, "", "", "", "2021-02-12", "c", "", "", "", "", "", "", ""}
	m := hmac.New(sha256.New, key)
	m.Write([]byte(strings.Join(fields, "\n")))
	return url.Values{"sv": {"2021-02-12"}, "sr": {"c"}, "sp": {permissions}, "se": {until}, "sig": {base64.StdEncoding.EncodeToString(m.Sum(nil))}}.Encode()
}

// A container is read with a shared access signature. One that has ended, permits too little or is another's is said to, and none is shown.
func TestASharedAccessSignature(t *testing.T) {
	w := newWorld(t, inAzure(), nil)
	for i := range 6 {
		w.put(fmt.Sprintf("장터/%d.md", i), "글")
	}
	tomorrow := time.Now().Add(24 * time.Hour)
	for _, one := range []struct{ sas, want string }{
		{"?" + signature(t, w.Bucket, "rl", tomorrow), ""},
		{signature(t, w.Bucket, "rl", time.Now().Add(-time.Hour)), "the SAS token has expired"},
		{signature(t, w.Bucket, "r", tomorrow), "access denied: the SAS token must let list and read the container (sp=rl)"},
		{signature(t, w.Bucket, "l", tomorrow), "access denied: the SAS token must let list and read the container (sp=rl)"},
		{strings.Replace(signature(t, w.Bucket, "rl", tomorrow), "sig=", "sig=A", 1), "the key or SAS token is not one of the account's"},
	} {
		w.s = w.open(func(c *bucket.Config) { c.Credentials = bucket.Credentials{SASToken: one.sas} })
		all, err := w.scan(t.Context(), nil)
		if got := fmt.Sprint(err); one.want == "" && len(all) != 6 || one.want != "" && !strings.Contains(got, one.want) || strings.Contains(got, "sig") && !strings.Contains(one.want, "sig") {
			t.Errorf("got %d objects, %v, want %q", len(all), err, one.want)
		}
	}
	w.proxy.Let(func(*http.Request) *storetest.Fault { return &storetest.Fault{Cut: true} })
	w.s = w.open(func(c *bucket.Config) {
		c.Credentials = bucket.Credentials{SASToken: signature(t, w.Bucket, "rl", tomorrow)}
	})
	if _, err := w.scan(t.Context(), nil); err == nil || strings.Contains(err.Error(), "sig=") || strings.Contains(err.Error(), "http://") {
		t.Errorf("got %v, want an error without the address of the request", err)
	}
}

// A container that is open to all is read without credentials.
func TestAPublicContainer(t *testing.T) {
	w := newWorld(t, inAzure(), nil)
	w.put("a.md", "하나")
	open := func() (map[string]string, error) {
		w.s = w.open(func(c *bucket.Config) {
			c.URL, c.Credentials = w.URL("글", "&anonymous=true"), bucket.Credentials{}
		})
		return w.scan(t.Context(), nil)
	}
	if _, err := open(); err == nil || !strings.Contains(err.Error(), "so ?anonymous=true does not read it") {
		t.Errorf("got %v, want a closed container refused", err)
	}
	if err := w.Do(t.Context(), http.MethodPut, "?restype=container&comp=acl", nil, map[string]string{"X-Ms-Blob-Public-Access": "container"}); err != nil {
		t.Fatal(err)
	}
	if all, err := open(); err != nil || len(all) != 1 {
		t.Errorf("got %v, %v, want a.md", all, err)
	}
}

// What a container holds beside blobs of now is no article: snapshots, and the empty blobs that stand for folders. A blob in the archive is
// refused alone, until it is back.
func TestABlobIsWhatItIsNow(t *testing.T) {
	w := newWorld(t, inAzure(), nil)
	do := func(method, path, body string, header map[string]string) {
		t.Helper()
		if err := w.Do(t.Context(), method, path, []byte(body), header); err != nil {
			t.Fatal(err)
		}
	}
	w.put("a.md", "하나")
	w.put("b.md", "둘")
	do(http.MethodPut, "/%EA%B8%80/a.md?comp=snapshot", "", nil)
	w.put("a.md", "고친 하나")
	folder := map[string]string{"X-Ms-Meta-Hdi_isfolder": "true", "X-Ms-Blob-Type": "BlockBlob"}
	do(http.MethodPut, "/%EA%B8%80/2026.md", "", folder)
	do(http.MethodPut, "/%EA%B8%80/real.md", "---\ntitle: 셋\n---\n본문\n", folder)
	do(http.MethodPut, "/%EA%B8%80/b.md?comp=tier", "", map[string]string{"X-Ms-Access-Tier": "Archive"})
	all := w.must(nil)
	if got, want := slices.Sorted(maps.Keys(all)), []string{"a.md", "b.md", "real.md"}; !slices.Equal(got, want) || all["b.md"] != "" {
		t.Errorf("got %q, fingerprint of b.md %q, want %q and none", got, all["b.md"], want)
	}
	if a, err := w.s.Load(t.Context(), "a.md"); err != nil || a.Title != "고친 하나" {
		t.Errorf("got %v, %v, want the blob as it is now", a, err)
	}
	if _, err := w.s.Load(t.Context(), "b.md"); err == nil || !strings.Contains(err.Error(), "it is archived: bring it back to a tier that can be read") {
		t.Errorf("got %v, want b.md refused", err)
	}
	do(http.MethodPut, "/%EA%B8%80/b.md?comp=tier", "", map[string]string{"X-Ms-Access-Tier": "Hot"})
	all = w.must(all)
	if a, err := w.s.Load(t.Context(), "b.md"); err != nil || a.Title != "둘" || all["b.md"] == "" {
		t.Errorf("got %v, %v, want b.md read", a, err)
	}
}

// An account with a hierarchical namespace lists folders as blobs. Names that XML cannot hold come in percent codes, others as they are.
func TestNamesAsAzureListsThem(t *testing.T) {
	w := newWorld(t, inAzure(), nil)
	w.proxy.Let(func(r *http.Request) *storetest.Fault {
		if !isListing(r) {
			return w.in.archived
		}
		return &storetest.Fault{Type: "application/xml", Body: `<EnumerationResults><Blobs>
			<Blob><Name>글/b%20c.md</Name><Properties><Etag>0x1</Etag><Content-Length>1</Content-Length></Properties></Blob>
			<Blob><Name>글/2026.md</Name><Properties><ResourceType>directory</ResourceType><Etag>0x1</Etag><Content-Length>0</Content-Length></Properties></Blob>
			<Blob><Name Encoded="true">%EA%B8%80/a+%EF%BF%BE%20d.md</Name><Properties><Etag>0x1</Etag><Content-Length>1</Content-Length></Properties></Blob>
			<Blob><Name>글/c&amp;d .md</Name><Properties><ResourceType>file</ResourceType><Etag>0x1</Etag><Content-Length>1</Content-Length></Properties></Blob>
			</Blobs><NextMarker /></EnumerationResults>`}
	})
	if got, want := slices.Sorted(maps.Keys(w.must(nil))), []string{"a+\ufffe d.md", "b%20c.md", "c&d .md"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A store may answer with an empty page that goes on: what is looked for may stand on the next.
func TestAnEmptyPageIsNoEnd(t *testing.T) {
	w := newWorld(t, inAzure(), nil)
	w.put("a.md", "하나")
	w.proxy.Let(func(r *http.Request) *storetest.Fault {
		if !isListing(r) || hasToken(r) {
			return nil
		}
		return &storetest.Fault{Type: "application/xml", Body: "<EnumerationResults><Blobs/><NextMarker>0</NextMarker></EnumerationResults>"}
	})
	if a, err := w.s.Load(t.Context(), "a.md"); err != nil || a.Title != "하나" {
		t.Errorf("got %v, %v, want a.md looked for on the next page", a, err)
	}
}

// The secrets of the environment are known, also those within a connection string.
func TestAzureSecrets(t *testing.T) {
	for name, value := range map[string]string{"KEY": "one", "SAS_TOKEN": "sv=1&sig=two", "CONNECTION_STRING": "AccountName=newsdesk;AccountKey=three;SharedAccessSignature=sig=four"} {
		t.Setenv("AZURE_STORAGE_"+name, value)
	}
	var got []string
	bucket.Secrets(func(secret string) { got = append(got, secret) })
	for _, want := range []string{"one", "sv=1&sig=two", "three", "sig=four"} {
		if !slices.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
	if slices.Contains(got, "newsdesk") {
		t.Errorf("got %q, want the account's name shown", got)
	}
}
