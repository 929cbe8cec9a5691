package bucket

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"herald/source/remote"
)

// maxPage is more than any page of a listing has: 1,000 keys of 1,024 bytes each, in percent codes, and what is said of them.
const maxPage = 16 << 20

// decode reads a page of a listing, an XML document with a root of this name, kind in words.
func decode(a *remote.Answer, root, kind string, into any) error {
	if len(a.Body) > maxPage {
		return fmt.Errorf("a page of the listing is over the limit of %d MiB", maxPage>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(a.Body))
	err := d.Decode(into)
	if begun := bytes.Contains(a.Body[:min(len(a.Body), 512)], []byte("<"+root)); err != nil && begun {
		return fmt.Errorf("the listing breaks off or is no XML: %w", err)
	}
	if err != nil {
		return instead(a, kind)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("the listing goes on after its end")
	}
	return nil
}

// instead says what answered in the place of what was asked for.
func instead(a *remote.Answer, kind string) error {
	if err := remote.Instead(a, kind); err != nil {
		return err
	}
	return fmt.Errorf("answered with something (%.80q) that is not %s", a.Type, kind)
}

// codeOf returns the code of a fault, and the region that it names, from the XML that both S3 and Azure answer with; "": there is none.
func codeOf(a *remote.Answer) (code, region string) {
	var body struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
		Region  string
	}
	if xml.Unmarshal(a.Body, &body) != nil || !isCode(body.Code) {
		return "", ""
	}
	return body.Code, body.Region
}
