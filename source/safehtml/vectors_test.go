package safehtml_test

// vectors are what sanitizers were broken with: each tries to run script (ran), to fetch what no allow list names
// (/bad), or to be read a second time as something else.
var vectors = []string{
	// Plain script, and what runs without one.
	`<script>ran()</script>`, `<script src=/bad></script>`, `<SCRIPT/x>ran()</script >`, `<scr<script>ipt>ran()</script>`, `<script><!--<script></script>-->ran()</script>x`,
	`<img src=x onerror=ran()>`, `<img src=x OnErRoR=ran()>`, `<img/src=x/onerror=ran()>`, `<img src=x onerror
=ran()>`, "<img src=x\x00onerror=ran()>", "<img src=x \x00onerror=ran()>", `<img src=x onerror=ran() onerror=y>`, `<img src="x"onerror="ran()">`,
	`<img src='x'alt='"'onerror='ran()'>`, "<img src=`x` onerror=`ran()`>", "<img alt=`<script>ran()</script>` src=x>", `<img "onerror=ran() src=x>`, `<img src=x" onerror="ran()">`, `<img src=x:alert(alt) onerror=eval(src) alt=ran()>`,
	`<body onload=ran()>`, `<details open ontoggle=ran()><summary>x</summary></details>`, `<video src=x onerror=ran()><source onerror=ran()></video>`, `<audio src onloadstart=ran()>`, `<input autofocus onfocus=ran()>`,
	`<marquee onstart=ran()>x</marquee>`, `<p onclick=ran() style="animation:x" onanimationstart=ran()>x</p>`, `<a href=# onfocus=ran() autofocus tabindex=1>x</a>`, `<object data=/bad onerror=ran()></object>`,
	`<div popover id=x onbeforetoggle=ran()>x</div><button popovertarget=x>y</button>`, `<keygen autofocus onfocus=ran()>`, `<isindex action=javascript:ran() type=image>`, `<x onfocus=ran() id=x tabindex=0>#x`,

	// URLs that run or fetch.
	`<a href="javascript:ran()">x</a>`, `<a href="jav&#9;ascript:ran()">x</a>`, `<a href="jav&NewLine;ascript&colon;ran()">x</a>`, `<a href="&Tab;javascript&colon;ran()">x</a>`, `<a href="&#1;javascript:ran()">x</a>`, "<a href='\x01javascript:ran()'>x</a>",
	"<a href='java\x00script:ran()'>x</a>", `<a href="javascript&#58ran()">x</a>`, `<a href="&#x6A;&#x61;vascript:ran()">x</a>`, `<a href="&#0000106avascript:ran()">x</a>`, `<a href=JaVaScRiPt:ran()>x</a>`, `<a href="&#106avascript:ran()">x</a>`,
	`<a href="javascript://%0aran()">x</a>`, `<a href="vbscript:ran()">x</a>`, `<a href="data:text/html,<script>ran()</script>">x</a>`, `<a href="data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==">x</a>`, `<a href="view-source:javascript:ran()">x</a>`,
	`<a href="blob:x">x</a><a href="filesystem:x">y</a><a href="about:blank">z</a><a href=":javascript:ran()">w</a>`, "<a href=\"\u00a0javascript:ran()\">x</a><a href=\"\u2028javascript:ran()\">y</a>", `<img src="javascript:ran()"><img src="data:image/svg+xml,<svg onload=ran()>">`,
	`<img srcset="javascript:ran() 1x, /y 2x" src=x>`, `<img srcset="data:image/svg+xml,<svg/> 1x">`, `<img lowsrc=/bad dynsrc=/bad longdesc=/bad usemap=#m src=x>`, `<video poster=javascript:ran() src=data:video/mp4,x></video>`, `<iframe src=javascript:ran()></iframe>`,
	`<iframe srcdoc="<script>ran()</script>"></iframe>`, `<iframe src="/bad"></iframe>`, `<embed src=/bad><embed src=javascript:ran()>`, `<object data=javascript:ran()><param name=src value=/bad></object>`, `<applet code=/bad></applet>`, `<frameset><frame src=javascript:ran()></frameset>`,
	`<base href="javascript:ran()//"><a href="x">x</a>`, `<base href=/bad/><img src=x>`, `<meta http-equiv=refresh content="0;url=/bad">`, `<meta http-equiv=refresh content="0;javascript:ran()">`, `<meta charset=utf-7>+ADw-script+AD4-ran()+ADw-/script+AD4-`,
	`<link rel=stylesheet href=/bad>`, `<link rel=prefetch href=/bad>`, `<link rel=import href=/bad>`, `<form action=javascript:ran()><input type=submit></form>`, `<form id=f></form><button form=f formaction=javascript:ran()>x</button>`, `<input type=image src=/bad formaction=javascript:ran()>`,
	`<blockquote cite=javascript:ran()>x</blockquote><q cite="data:x">y</q><del cite=vbscript:x>z</del>`, `<body background=/bad>x`, `<table background=/bad><td background=/bad>x</table>`, `<a ping=/bad href=/x>x</a>`, `<p manifest=/bad>x`, `<track src=/bad><menuitem icon=/bad>`,
	`<img data-src="javascript:ran()" src=x><img data-srcset="javascript:ran() 1x">`, `<noscript><img src=javascript:ran()></noscript>`, `<portal src=/bad></portal><fencedframe src=/bad></fencedframe>`, `<a xlink:href="javascript:ran()" href="&#x1;javascript:ran()">x</a>`,

	// Style.
	`<style>@import "/bad";</style>`, `<p style="background:url(/bad)">x</p>`, `<p style="x:expression(ran())">x</p>`, `<style>body{background:url(/bad)}`, `<div style="behavior:url(/bad)">x</div>`, `<style><!--</style><img src=x onerror=ran()>-->`, `<font style='background:url("/bad")'>x</font>`,

	// Text that is no markup, and markup that is no text.
	`<style><img src="</style><img src=x onerror=ran()>">`, `<title><img src="</title><img src=x onerror=ran()>"></title>`, `<textarea><img src="</textarea><img src=x onerror=ran()>"></textarea>`, `<xmp><img src="</xmp><img src=x onerror=ran()>"></xmp>`,
	`<noembed><img src="</noembed><img src=x onerror=ran()>"></noembed>`, `<noframes><img src="</noframes><img src=x onerror=ran()>"></noframes>`, `<iframe><img src="</iframe><img src=x onerror=ran()>"></iframe>`, `<noscript><p title="</noscript><img src=x onerror=ran()>"></noscript>`,
	`<noscript><style></noscript><img src=x onerror=ran()></style></noscript>`, `<plaintext><img src=x onerror=ran()>`, `<xmp><p title="</xmp>`, `</textarea><img src=x onerror=ran()>`, `<template><img src=x onerror=ran()></template>`, `<template><script>ran()</script>`, `<textarea>
a</textarea><pre>
b</pre>`, `<listing>&lt;img src=x onerror=ran()&gt;</listing>`, `<style></style  ><style/></style x="><img src=x onerror=ran()>`, `<div><script></div></script x><img src=x>`, `<xmp></xm</xmp a='>`,

	// Comments, doctypes, instructions, CDATA.
	`<!--><img src=x onerror=ran()>-->`, `<!---><img src=x onerror=ran()>-->`, `<!--a--!><img src=x onerror=ran()>-->`, `<!-- --!-><img src=x onerror=ran()> -->`, `<!--<!--><img src=x onerror=ran()>-->`, `<!-<img src=x onerror=ran()>`, `<!><img src=x onerror=ran()>`, `<?xml ?><img src=x onerror=ran()>?>`,
	`<?<script>ran()</script>`, `<!DOCTYPE x [<!ENTITY y "<img src=x onerror=ran()>">]>&y;`, `<![CDATA[<img src=x onerror=ran()>]]>`, `<svg><![CDATA[><img src=x onerror=ran()>]]></svg>`, `<math><![CDATA[</math><img src=x onerror=ran()>]]>`, `]]><img src=x onerror=ran()>`, `</><img src=x onerror=ran()>`, `</ a="><img src=x onerror=ran()>">`, `<//img src=x onerror=ran()>`,
	`<!--[if IE]><script>ran()</script><![endif]-->`, `<comment><img src="</comment><img src=x onerror=ran()>"></comment>`, `<!-- a -- b --><!----><!-----><!------>x`, `<% a %><# b #>{{c}}<^d>`,

	// Namespaces.
	`<svg onload=ran()>`, `<svg/onload=ran()//`, `<svg><script>ran()</script></svg>`, `<svg><script href=/bad /></svg>`, `<svg><a xlink:href="javascript:ran()"><text y=9>x</text></a></svg>`, `<svg><animate onbegin=ran() attributeName=x dur=1s>`, `<svg><set attributeName=onload to=ran()>`, `<svg><use href="data:image/svg+xml,<svg id=x><script>ran()</script></svg>#x">`,
	`<svg><image href=/bad /><feImage href=/bad /></svg>`, `<svg><style><img src=x onerror=ran()></style></svg>`, `<svg><style>&lt;/style&gt;&lt;img src=x onerror=ran()&gt;</style></svg>`, `<svg><title><style><a title="</style></title><img src=x onerror=ran()>">`, `<svg></p><style><a id="</style><img src=x onerror=ran()>">`,
	`<svg><desc><svg><style><a title="</style><img src=x onerror=ran()>"></a></style></svg></desc></svg>`, `<svg><foreignObject><math><mi><style><img src=x onerror=ran()></style>`, `<svg><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:ran()"></iframe></foreignObject></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ran()&gt;">`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran()>`, `<math><mtext><mglyph><svg><mtext><style><path id="</style><img src=x onerror=ran()>">`, `<math><mi><malignmark><style><!--</style><a title="--><img src=x onerror=ran()>">`,
	`<math><annotation-xml encoding="text/html"><style><img src=x onerror=ran()></style></annotation-xml></math>`, `<math><annotation-xml encoding="application/xhtml+xml"><svg><style><img src=x onerror=ran()>`, `<math href="javascript:ran()"><maction actiontype="statusline#x" xlink:href="javascript:ran()">x</maction></math>`, `<math><semantics><annotation-xml><div><style><img src=x onerror=ran()></style>`,
	`<svg><p><style><img title="</style><img src=x onerror=ran()>"></p></svg>`, `<svg><font color=x><style><img src=x onerror=ran()></style>`, `<math><table><tr><td><style><img src=x onerror=ran()>`, `<svg><xmp><img src="</xmp><img src=x onerror=ran()>">`, `<svg><noscript><p title="</noscript><img src=x onerror=ran()>">`, `<math><mo><textarea><img src="</textarea><img src=x onerror=ran()>">`,
	`<svg></svg><math></math><svg/><p>x</p>`, `<svg><br><img src=x onerror=ran()>`, `<svg><template><style><img src=x onerror=ran()></style></template>`, `<svg><noembed><a title="</noembed><img src=x onerror=ran()>">`, `<svg:script>ran()</svg:script><x:script xmlns:x="http://www.w3.org/1999/xhtml">ran()</x:script>`, `<math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><style><a title="</style><img src onerror=ran()>">`,

	// Tree construction.
	`<table><img src=x onerror=ran()><tr><td>a</table>`, `<table>a<tr>b<td>c</td>d</tr>e</table>f`, `a <table> b <p>c<tr>d`, `<table><a href=/1>x<tr><td><a href=/2>y</table>z`, `<a href=/1>x<table>y<a href=/2>z<tr><td><a href=/3>w</table>`, `<p>a<table><p>b<td>c</p>d</table>e</p>f`, `<table><table><td>a<table><td>b</table>c<table>d`,
	`<table><caption>a<p>b<tr><td>c</caption>d`, `<table><col><colgroup><col span=2>a<col><tr><td>b`, `<table><tbody><td>a</tbody><thead><tr><th>b<td>c<tfoot><td>d</table>`, `<table><td><caption>a</table>`, `<tr><td>a</td></tr>b<caption>c`, `<table><form><tr><td>a</form><form>b</table></form>c`, `<table><select><option>a<tr><td>b</select></table>`,
	`<table><svg><g><tr><td>a`, `<table><div><tr><td>a</div>b</table>c`, `<table><li>a<li>b<td><li>c</table>`, `<table><tr><td></table></td></tr>a`, `<table><style></table><img src=x onerror=ran()></style>`, `<select><style></select><img src=x onerror=ran()></style></select>`, `<select><p>a<div>b<option>c<img src=x onerror=ran()></select>d`, `<select><template><style></select><img src=x onerror=ran()>`,
	`<b>a<p>b</b>c</p>d`, `<b><i>a</b>b</i>c`, `<p><b>a<p>b`, `<a href=/1>a<a href=/2>b</a>c</a>d`, `<a href=/1><div>a<a href=/2>b</div>c</a>d`, `<b><b><b><b>a</b>b</b>c</b>d</b>e`, `<i><table><td></i>a</table>b`, `<nobr>a<nobr>b</nobr>c`, `<em><p>a</em><p>b</p>`, `<u><cite>a</u>b</cite>c`, `<cite><p>a</cite>b`, `<font><p>a</font>b`, `<b><table>a<b>b</table>c`,
	`<form><form>a</form>b</form>c`, `<form><div>a</form>b</div>c`, `<div><form>a</div>b</form>c`, `<button><p>a<button>b</p>c</button>d`, `<object><p>a</object>b</p>c`, `<ul><li>a<ul></li>b<li>c</ul><div><li>d</div><li>e`, `<li>a<blockquote><li>b</blockquote>c`, `<dl><dt>a<dd>b<p><dt>c<div><dd>d</dl>e`, `<h1>a<h2>b</h1>c</h2>d`, `<h1>a<b>b<h3>c`, `<h2>a</h3>b`,
	`<p>a</p></p>b<br></br>c</br>d`, `<p>a<figcaption>b</p><summary>c<p>d<summary>e`, `<ruby>a<rp>(<rt>b<rp>)<rb>c<rtc>d<rt>e</ruby>f`, `<rt>a<rt>b`, `<option>a<option>b<p>c<optgroup>d`, `<pre>
a<pre>

b<p>c</pre>d`, `<center>a<address><li>b</center>c<dir>d</dir><menu>e<fieldset><legend>f</fieldset>`, `<dialog>a<cite></dialog>b</cite><search>c<cite></search>d`, `<p><hr>a<p>b<hr>`, `<xmp>a<p>b</xmp>c`, `<p>a<plaintext>b</plaintext>`,
	`<html><head><title>a</title><body class=x>b</body>c</html>d<html lang=x>e<body onload=ran()>f`, `<head><p>a</head>b<frameset><frame>c`, `<image src=x onerror=ran()>`, `<video><source src=/a><p>b<source src=/c></video>d`, `<picture><source srcset=/a><img src=/b></picture><source src=/c>`, `<audio src=/a>b<video>c</audio>d`, `<noscript>a<p>b</noscript>c`,
	`<a href=/x><iframe src=/y></iframe>z</a>`, `<a name=x>a<a href=/y>b</a>c`, `<a href=/x><table><iframe src=/y></iframe><td>z</table>`, `<del><p>a</del>b<ins>c<p>d</ins>e`, `<details><summary>a<p>b</details>c`, `<main>a<p>b</main>c<nav><ol><li>d</nav>e`, `<table><pre>
a<tr><td>b</table>`, `<pre><table>
a<tr> <td> b </table> c`, `<dd>a<ul><dt>b</ul>c<dd>d`, `<ul>a<b><li>b</ul>c`,

	// Links within the body, and names that scripts of a page may take for their own.
	`<a href=#a>1</a><p id=a>2</p>`, `<a href=#a id=b>1</a><li id=a>2 <a href=#b>3</a>`, `<a href=#body>1</a><form id=body><input name=x></form>`, `<a href=#x>1</a><a id=x><a id=x name=y href=clobbered:1>2</a>`, `<a href=#location>1</a><img name=location id=location src=/a><a id=location href=/b>2</a>`,
	`<a href=#a>1</a><a href=/x>2<a id=a>3</a></a>`, `<a href="#a">1</a><a href=/x>2<table><tr><td>3<a id=a>4</table></a>`, `<a href=#a>1</a><blockquote id=a></blockquote>`, `<a href=#a>1</a><blockquote><a id=a></a></blockquote>`, `<a href=#a>1</a><span id=a>2</span>`, `<a href=#a>1</a><iframe id=a src=/b></iframe>`,
	`<a href='#"><img src=x onerror=ran()>'>1</a><p id='"><img src=x onerror=ran()>'>2`, `<a href="#%22 onfocus=ran() %3C">1</a><p id='" onfocus=ran() <'>2`, `<a href="#a b">1</a><p id="a b">2`, `<a href="#a%20b&amp;c">1</a><p id="a b&c">2`, `<a href="#%">1</a><p id="%">2`, `<a href="#%2561">1</a><p id="%61">2<p id=a>`, `<a href=#>1</a><p id="">2`,
	`<a href=#가>1</a><p id=가>2`, `<a href=#%EA%B0%80>1</a><p id=가>2`, `<a href=https://news.example.org/a/#b>1</a><h2 id=b>2</h2><h3 id=b>3</h3>`, `<a href=/other#b>1</a><p id=b>2`, `<a href=?q#b>1</a><p id=b>2`, `<a href=javascript:ran()#a>1</a><p id=a>2`, `<a href=#a>1</a><noscript id=a>2</noscript><img id=a>`, `<a href=#a>1</a><table><p id=a>2<tr id=b><td><a href=#b>3</table>`,
	`<h1>1<a id=a><h2>2</a><a href=#a>3`, `<ruby>1<a id=a><rt>2</a></ruby><a href=#a>3`, `<p hidden id=a>1</p><a href=#a>2`, `<a href=#a hidden>1</a><p id=a>2`, `<a id=a>1<p>2</a>3<a href=#a>4`, `<a href=#a>1</a><pre id=a>
2</pre><form id=b>3<form id=b>4</form><a href=#b>5`, `<a href=#x00000000-a>1</a><p id=x00000000-a>2`,

	// References and characters.
	`&lt;script&gt;ran()&lt;/script&gt;`, `&#60script&#62ran()`, `&LT;img src=x onerror=ran()&GT;`, `&#128;&#x80;&#159;&#xD800;&#xDFFF;&#x110000;&#99999999999;&#0;&#x0D;&#xFDD0;&#xFFFE;`, `&#;&#x;&#xg;&;&a;&amp&ampx&notit;&notin;&nosuch;&copy=1`, `<a href="?a&copy=1&copy;2&copyx&amp=3&lt">x</a>`, `&NotEqualTilde;&bne;&fjlig;&ThickSpace;`, `&amp;lt;b&amp;gt;`,
	"<p title='&quot;&#39;<>&#x3c;'>\u2028\u2029\ufeff\u202e\ufffe\u0085</p>", "\xff<b>\xc0\xbc</b>\xed\xa0\x80<i \xff=x>", "<scr\x00ipt>ran()</scr\x00ipt><\x00script>ran()</script>", "<b\x00>a</b\x00><p\x0ctitle=x\x0b>b", "a\x00b<table>\x00c", "+ADw-script+AD4-", "\u212aey<\u017fcript>ran()</\u017fcript><img \u017frc=x>", "＜script＞ran()＜/script＞",

	// The end of the text, in every state.
	`<`, `</`, `<a`, `</a`, `<a `, `<a b`, `<a b `, `<a b=`, `<a b='`, `<a b="`, `<a b=c`, `<a b="c"`, `<a/`, `<!`, `<!-`, `<!--`, `<!---`, `<!--a-`, `<!--a--`, `<!--a--!`, `<!--<`, `<!--<!`, `<!--<!-`, `<!--<!--`, `<!d`, `<!doctype`, `<!doctype a`, `<!doctype a public "`, `<![CDATA[`, `<svg><![CDATA[a]]`, `<?a`, `&`, `&a`, `&amp`, `&#`, `&#x`, `&#6`, `&#x6`,
	`<script>`, `<script>a</`, `<script>a</script`, `<script><!--`, `<script><!--<script`, `<script><!--<script>a</script`, `<title>a`, `<title>a</titl`, `<textarea>a</textarea`, `<style>a</style `, `<xmp>a</`, `<plaintext>`, `<iframe>a`, `<p title="a&`, `<p title=a&amp`, `<img src=x onerror=ran() <b>`, `<img src=x alt="<b>`, `<a href=/x <b>y`, `<a href=/x>y</a <b>z`,
}
