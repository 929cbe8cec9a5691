package address

import "slices"

// IsStore reports whether an object store is read that has addresses of this scheme.
func IsStore(scheme string) bool { return slices.Contains([]string{"s3", "gs", "azblob"}, scheme) }

// Credentials returns which keys of credentials a store with addresses of this scheme needs, and what is wrong with those that are given.
func Credentials(scheme string, given func(name string) bool) (needed []string, wrong map[string]string) {
	switch {
	case scheme != "azblob" && given("sas_token"):
		return []string{"access_key", "secret_key"}, map[string]string{"sas_token": "means nothing to s3:// and gs://; it is for azblob://"}
	case scheme != "azblob":
		return []string{"access_key", "secret_key"}, nil
	case given("session_token"):
		return nil, map[string]string{"session_token": "means nothing to azblob://; a shared access signature stands in sas_token"}
	case given("secret_key") && given("sas_token"):
		return nil, map[string]string{"secret_key": "is given beside sas_token; leave one of them out"}
	case !given("sas_token"):
		return []string{"secret_key"}, nil
	}
	return nil, nil
}

// NoStore returns what to write in the place of a path of a scheme that is not read.
func NoStore(scheme string) string {
	switch scheme {
	case "file":
		return "write the path of the folder itself"
	case "http", "https":
		return "what is read over HTTP stands in url"
	case "abfs", "abfss", "wasb", "wasbs", "adl", "az", "azure":
		return "write azblob://CONTAINER/PREFIX?storage_account=NAME"
	case "r2":
		return "it speaks as S3 does; write s3://BUCKET/PREFIX?region=auto&endpoint=ACCOUNT.r2.cloudflarestorage.com"
	case "b2", "minio", "oss", "cos", "wasabi", "spaces", "s3a", "s3n":
		return "what speaks as S3 does is read; write s3://BUCKET/PREFIX?region=…&endpoint=…"
	case "gcs":
		return "write gs://BUCKET/PREFIX"
	case "postgres", "postgresql", "mysql", "sqlite":
		return "a database stands in dsn, of a source with type: sql"
	}
	return "only folders and object stores (s3://, gs://, azblob://) are read, or a folder that is mounted or synchronised"
}
