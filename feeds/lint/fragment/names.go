package fragment

import (
	"strings"
	"sync"

	"herald/feeds/lint/space"
)

// set returns a set of words, made when it is first asked for.
func set(words string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := map[string]bool{}
		for word := range strings.FieldsSeq(words) {
			all[word] = true
		}
		return all
	})
}

// safe are the elements that readers show.
var safe = set("a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col colgroup " +
	"command data datagrid datalist dd del details dfn dialog dir div dl dt em eventsource fieldset figcaption figure footer font form header h1 h2 h3 h4 h5 " +
	"h6 hgroup hr i img input ins keygen kbd label legend li m main map mark menu meter multicol nav nextid ol output optgroup option p picture pre progress " +
	"q rp rt ruby s samp search section select small sound source spacer span strike strong sub summary sup table tbody td template textarea time tfoot th " +
	"thead tr track tt u ul var video noscript wbr")

// risky are the elements of HTML that readers take out: they run programs, load pages, or change the page around the item.
var risky = set("applet base basefont body comment embed frame frameset head html iframe isindex link listing meta noframes object param " +
	"plaintext script slot style title xmp")

var svg = set("animate animateColor animateMotion animateTransform circle defs desc ellipse font-face font-face-name font-face-src g glyph hkern " +
	"linearGradient line marker metadata missing-glyph mpath path polygon polyline radialGradient rect set stop svg switch text title tspan use a")

var mathML = set("annotation annotation-xml maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace " +
	"msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics")

var svgAttributes = set("accent-height accumulate additive alphabetic arabic-form ascent attributeName attributeType baseProfile bbox begin by " +
	"calcMode cap-height class color color-rendering content cx cy d dx dy descent display dur end fill fill-opacity fill-rule font-family font-size " +
	"font-stretch font-style font-variant font-weight from fx fy g1 g2 glyph-name gradientUnits hanging height horiz-adv-x horiz-origin-x id ideographic k " +
	"keyPoints keySplines keyTimes lang mathematical marker-end marker-mid marker-start markerHeight markerUnits markerWidth max min name offset opacity " +
	"orient origin overline-position overline-thickness panose-1 path pathLength points preserveAspectRatio r refX refY repeatCount repeatDur " +
	"requiredExtensions requiredFeatures restart rotate rx ry slope stemh stemv stop-color stop-opacity strikethrough-position strikethrough-thickness " +
	"stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style systemLanguage target " +
	"text-anchor to transform type u1 u2 underline-position underline-thickness unicode unicode-range units-per-em values version viewBox visibility width " +
	"widths x x-height x1 x2 y y1 y2 zoomAndPan")

var mathMLAttributes = set("actiontype align alttext columnalign columnlines columnspacing columnspan depth dir display displaystyle encoding " +
	"equalcolumns equalrows fence fontstyle fontweight form frame height id linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize " +
	"movablelimits other rowalign rowlines rowspacing rowspan rspace scriptlevel selection separator stretchy symmetric width")

// voids are the elements without an end.
var voids = set("area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr")

// endless are the elements whose end tag may be left out.
var endless = set("p li dt dd tr td th thead tbody tfoot caption colgroup option optgroup rp rt body html head")

// Known reports whether a name is that of an element of HTML, old and new.
func Known(name string) bool {
	name = strings.ToLower(name)
	return safe()[name] || risky()[name]
}

// Safe reports whether readers show an element.
func Safe(name string) bool { return safe()[strings.ToLower(name)] }

// Element judges an element of XHTML, SVG or MathML that stands in a feed as an element; "" is fine.
func Element(uri, name string) (code string) {
	switch {
	case uri == space.XHTML && !Known(name):
		return "NotHtml"
	case uri == space.XHTML && !Safe(name), uri == space.SVG && !svg()[name], uri == space.MathML && !mathML()[name]:
		return "SecurityRisk"
	}
	return ""
}

// Attribute reports whether readers keep an attribute of such an element.
func Attribute(uri, name string) bool {
	switch uri {
	case space.SVG:
		return svgAttributes()[name]
	case space.MathML:
		return mathMLAttributes()[name]
	}
	return !IsHandler(name)
}

// foreign reports whether an element of SVG or MathML may stand within HTML, which knows no capitals.
func foreign(name string) bool {
	if mathML()[name] || svg()[name] {
		return true
	}
	for own := range svg() {
		if strings.EqualFold(own, name) {
			return true
		}
	}
	return false
}

// IsHandler reports whether an attribute runs a script.
func IsHandler(attribute string) bool { return strings.HasPrefix(strings.ToLower(attribute), "on") }
