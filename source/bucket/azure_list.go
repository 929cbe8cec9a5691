package bucket

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"herald/source/remote"
)

// azurePage is the most blobs that a page is asked for, so that with all that may be said of each it stays below maxPage.
const azurePage = 1000

// listing returns the query of List Blobs. Snapshots, versions, and blobs that were deleted are listed only for who asks for them.
func (z *azure) listing(prefix, token string, limit int) url.Values {
	q := url.Values{"restype": {"container"}, "comp": {"list"}, "include": {"metadata"}, "maxresults": {strconv.Itoa(cmp.Or(limit, azurePage))}}
	if prefix != "" {
		q.Set("prefix", prefix)
	}
	if token != "" {
		q.Set("marker", token)
	}
	return q
}

// azureBlobs is a page as Azure has it.
type azureBlobs struct {
	XMLName xml.Name    `xml:"EnumerationResults"`
	Blobs   []azureBlob `xml:"Blobs>Blob"`
	Next    *string     `xml:"NextMarker"`
}

// azureBlob is one blob.
type azureBlob struct {
	Name struct {
		Text    string `xml:",chardata"`
		Encoded bool   `xml:",attr"`
	}
	Properties struct {
		Etag         string
		Size         int64 `xml:"Content-Length"`
		ResourceType string
	}
	Metadata struct {
		All []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
}

// page reads a page of a listing.
func (z *azure) page(a *remote.Answer) (*page, error) {
	var p azureBlobs
	if err := decode(a, "EnumerationResults", "the listing of a container", &p); err != nil {
		return nil, err
	}
	if p.Next == nil {
		return nil, errors.New("the listing does not say whether it is whole (NextMarker)")
	}
	all := make([]object, 0, len(p.Blobs))
	for _, b := range p.Blobs {
		if b.isFolder() {
			continue
		}
		key := b.Name.Text
		if b.Name.Encoded {
			decoded, err := url.PathUnescape(key)
			if err != nil {
				return nil, fmt.Errorf("the listing holds the key %.200q, which is not encoded as it says", key)
			}
			key = decoded
		}
		all = append(all, object{key, b.Properties.Size, printOf(bare(b.Properties.Etag), b.Properties.Size)})
	}
	return &page{all, *p.Next}, nil
}

// isFolder reports whether a blob stands for a folder: an account with a hierarchical namespace lists folders as blobs, and programs for such
// namespaces mark them in other accounts.
func (b azureBlob) isFolder() bool {
	if b.Properties.ResourceType == "directory" {
		return true
	}
	for _, one := range b.Metadata.All {
		if strings.EqualFold(one.XMLName.Local, "hdi_isfolder") && strings.EqualFold(one.Text, "true") {
			return b.Properties.Size == 0
		}
	}
	return false
}
