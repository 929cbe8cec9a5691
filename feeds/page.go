package feeds

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // the template and its style
	"encoding/base64"
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"strings"
	"time"

	"herald/source"
	"herald/source/text"
)

const pageType = "text/html"

// maxPageItems bounds the items that a page shows.
const maxPageItems = 50

var (
	//go:embed page.html
	pageSource string
	//go:embed page.css
	pageStyle string

	pageTemplate = template.Must(template.New("page").Parse(pageSource))
	// pagePolicy lets nothing be loaded or run but the style that stands in the page (Content Security Policy Level 3).
	pagePolicy = "default-src 'none'; style-src 'sha256-" + styleHash() + "'; base-uri 'none'; form-action 'none'"
)

func styleHash() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// pageWords are what a page says itself.
type pageWords struct {
	Feed, Subscribe, How, Others, Newest, Nothing string
	date                                          string // a layout of package time
}

var (
	english = pageWords{
		Feed: "feed", Subscribe: "Subscribe", Others: "All feeds", Newest: "Newest", Nothing: "There is nothing here yet.",
		How: "Copy one of these addresses into a feed reader, and new items come to you: no account, no e-mail address, no tracking. " +
			"Any of them will do; most readers also find them from the address of the site.",
		date: "2 January 2006, 15:04",
	}
	korean = pageWords{
		Feed: "피드", Subscribe: "구독하기", Others: "모든 피드", Newest: "새 글", Nothing: "아직 글이 없습니다.",
		How: "아래 주소 하나를 피드 리더에 붙여 넣으면 새 글이 저절로 도착합니다. 가입도, 전자우편 주소도, 추적도 없습니다. " +
			"어느 주소든 괜찮고, 대부분의 리더는 사이트 주소만으로도 찾아냅니다.",
		date: "2006년 1월 2일 15:04",
	}
)

// address is one document of a feed.
type address struct{ Name, Type, URL, Label string }

// subscribed are the formats that people subscribe to, with what they call them.
var subscribed = []struct {
	kind            Kind
	name, mediaType string
}{{RSS, "RSS", rssType}, {Atom, "Atom", atomType}, {JSON, "JSON Feed", jsonType}}

// addresses returns the documents of a feed that readers subscribe to.
func addresses(title string, self map[Kind]string) []address {
	var all []address
	for _, f := range subscribed {
		if url := text.ForXML(self[f.kind]); url != "" {
			all = append(all, address{f.name, f.mediaType, url, title + ", " + f.name})
		}
	}
	return all
}

type pageOther struct {
	Title, Page string
	Addresses   []address
}

type pageItem struct{ URL, Title, Lang, Stamp, Date, By, Summary string }

type pageData struct {
	Lang, Policy, Mark, Title, Description, Home, HomeName, Self string
	Words                                                        pageWords
	Style                                                        template.CSS
	Addresses                                                    []address
	Others                                                       []pageOther
	Items                                                        []pageItem
}

// WritePage writes f as an HTML page, in Korean where the feed is, else in English. It returns errors of w only.
func WritePage(w io.Writer, f *Feed) error {
	words := english
	if tag := language(f.Language); tag == "ko" || strings.HasPrefix(tag, "ko-") {
		words = korean
	}
	title := line(f.Title)
	d := pageData{
		Lang: cmp.Or(language(f.Language), "en"), Policy: pagePolicy, Mark: Mark, Title: title, Home: text.ForXML(f.Link), HomeName: cmp.Or(line(f.Site), title),
		Self: text.ForXML(f.Self[Page]), Words: words, Style: template.CSS(pageStyle), Addresses: addresses(title, f.Self),
	}
	if description := f.description(); description != title {
		d.Description = description
	}
	for _, o := range f.Others {
		name := line(o.Title)
		d.Others = append(d.Others, pageOther{name, text.ForXML(o.Self[Page]), addresses(name, o.Self)})
	}
	zone := f.Zone
	if zone == nil {
		zone = time.UTC
	}
	for _, a := range f.Items[:min(len(f.Items), maxPageItems)] {
		d.Items = append(d.Items, newPageItem(a, f, zone, words.date))
	}
	return pageTemplate.Execute(w, d)
}

func newPageItem(a *source.Article, f *Feed, zone *time.Location, layout string) pageItem {
	i := pageItem{
		URL: text.ForXML(a.URL), Title: title(a), Lang: language(a.Language), Stamp: stamp(a.Published), Date: a.Published.In(zone).Format(layout),
	}
	if strings.EqualFold(i.Lang, language(f.Language)) {
		i.Lang = ""
	}
	if f.Content != None {
		i.Summary = line(a.Summary)
	}
	for _, p := range authors(a) {
		if p.Name != f.Author.Name && !strings.Contains(i.By, p.Name) {
			i.By += ", " + p.Name
		}
	}
	i.By = strings.TrimPrefix(i.By, ", ")
	return i
}

// checkPage is the gate of pages: well-formed, with our mark, a title, and links to hosts of the site alone.
func checkPage(doc []byte, hosts []string) error {
	g := &gate{hosts: hosts}
	d := xml.NewDecoder(bytes.NewReader(doc))
	var marked, titled bool
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		e, isStart := t.(xml.StartElement)
		if !isStart {
			continue
		}
		titled = titled || e.Name.Local == "title"
		for _, a := range e.Attr {
			marked = marked || e.Name.Local == "meta" && a.Name.Local == "content" && a.Value == Mark
			if a.Name.Local == "href" {
				if err := g.ours(a.Value); err != nil {
					return err
				}
			}
		}
	}
	if !marked || !titled || !bytes.HasPrefix(doc, []byte("<!DOCTYPE html>")) {
		return errors.New("no page that bears our mark")
	}
	return nil
}
