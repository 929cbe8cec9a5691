package address

// NoStore returns what to write in the place of a path of a scheme that is not read.
func NoStore(scheme string) string {
	switch scheme {
	case "file":
		return "write the path of the folder itself"
	case "http", "https":
		return "what is read over HTTP stands in url"
	case "azblob", "abfs", "abfss", "wasb", "wasbs", "az":
		return "Azure Blob Storage is read through a gateway that speaks as S3 does (s3://BUCKET/PREFIX?endpoint=…), or from a folder that is mounted or synchronised"
	case "r2":
		return "it speaks as S3 does; write s3://BUCKET/PREFIX?region=auto&endpoint=ACCOUNT.r2.cloudflarestorage.com"
	case "b2", "minio", "oss", "cos", "wasabi", "spaces", "s3a", "s3n":
		return "what speaks as S3 does is read; write s3://BUCKET/PREFIX?region=…&endpoint=…"
	case "gcs":
		return "write gs://BUCKET/PREFIX"
	case "postgres", "postgresql", "mysql", "sqlite":
		return "a database stands in dsn, of a source with type: sql"
	}
	return "only folders and object stores (s3://, gs://) are read, or a folder that is mounted or synchronised"
}
