package xmlscan

import (
	"encoding/xml"
	"maps"
	"regexp"
	"strings"
)

var (
	// internalEntity is an entity that a document declares with its text; externalEntity one that lies elsewhere.
	internalEntity = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%]*)"|'([^'&%]*)')\s*>`)
	externalEntity = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:SYSTEM|PUBLIC)\s`)
)

// The DTDs of RSS 0.91, which declare HTML's entities.
const (
	netscapeID  = "-//Netscape Communications//DTD RSS 0.91//EN"
	netscapeURL = "http://my.netscape.com/publish/formats/rss-0.91.dtd"
)

// directive reads a DOCTYPE.
func (s *Scanner) directive(text string) {
	if !strings.HasPrefix(text, "DOCTYPE") {
		return
	}
	if s.decoder.Entity == nil {
		s.decoder.Entity = map[string]string{}
	}
	for _, parts := range internalEntity.FindAllStringSubmatch(text, -1) {
		s.decoder.Entity[parts[1]] = parts[2] + parts[3]
	}
	for _, parts := range externalEntity.FindAllStringSubmatch(text, -1) {
		s.decoder.Entity[parts[1]] = ""
		s.report("ContainsSystemEntity", "the entity "+parts[1]+" lies outside the document")
	}
	outside, _, _ := strings.Cut(text, "[")
	switch {
	case strings.Contains(outside, netscapeID):
		maps.Copy(s.decoder.Entity, xml.HTMLEntity)
		if strings.Contains(outside, netscapeURL) {
			s.report("DeprecatedDTD", "the DOCTYPE is Netscape's")
		}
		s.old = true
	case strings.Contains(outside, "SYSTEM") || strings.Contains(outside, "PUBLIC"):
		s.report("ContainsSystemEntity", "the DOCTYPE lies outside the document")
	}
}

// Old reports whether the document names a DTD of RSS 0.91.
func (s *Scanner) Old() bool { return s.old }
