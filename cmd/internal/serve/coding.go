package serve

import (
	"bytes"
	"compress/gzip"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// coding is a content coding (RFC 9110 section 8.4.1) that documents are sent in. Equal bodies yield equal bytes: no
// time, no name, one level.
type coding struct {
	name     string
	compress func(body []byte) []byte
}

// codings are in the order in which they are preferred where a client likes several alike: the smallest first.
var codings = [...]coding{{"br", compressBrotli}, {"zstd", compressZstd}, {"gzip", compressGzip}}

// plainCoding stands where a document is sent as it is.
const plainCoding = -1

// chooseCoding reads Accept-Encoding (RFC 9110 section 12.5.3) and returns an index of codings: the one that the client
// names with the highest weight and likes no less than plain bytes. "*" stands for gzip alone, which every client knows. A
// weight that cannot be read counts as none.
func chooseCoding(headers []string) int {
	if len(headers) == 0 {
		return plainCoding
	}
	weights := [len(codings)]float64{-1, -1, -1}
	identity, other := -1.0, -1.0
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, params, _ := strings.Cut(part, ";")
		q := weight(params)
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "identity":
			identity = q
		case "*":
			other = q
		default:
			for i := range codings {
				if name == codings[i].name || name == "x-"+codings[i].name {
					weights[i] = max(weights[i], q)
				}
			}
		}
	}
	if gzip := len(codings) - 1; weights[gzip] < 0 {
		weights[gzip] = other
	}
	chosen, best := plainCoding, 0.0
	for i, q := range weights {
		if q > best && q >= identity {
			chosen, best = i, q
		}
	}
	return chosen
}

// compressBrotli compresses at a level that costs about as much time as gzip.
func compressBrotli(body []byte) []byte {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, 5)
	_, _ = w.Write(body) // a buffer takes all
	_ = w.Close()
	return out.Bytes()
}

// maxZstdWindow is what every client can decode (RFC 9659 section 3).
const maxZstdWindow = 8 << 20

func compressZstd(body []byte) []byte {
	var out bytes.Buffer
	w, _ := zstd.NewWriter(&out, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(min(maxZstdWindow, zstdWindow(len(body))))) // the options are valid
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}

// zstdWindow is the least power of two that holds size bytes: neither side needs more memory than that.
func zstdWindow(size int) int {
	window := zstd.MinWindowSize
	for window < size && window < maxZstdWindow {
		window *= 2
	}
	return window
}

func compressGzip(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.DefaultCompression) // the level is valid
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}
