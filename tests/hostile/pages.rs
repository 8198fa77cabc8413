//! Whole pages in HTML: what each tries, and the page. Here it is the page that is read as such, its head and its broken
//! nesting, and not only a piece of markup in it.

pub const PAGES: &[(&str, &str)] = &[
    (
        "a style in mathematics that a second reading ends",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=owned('glyph')&gt;\">a",
    ),
    (
        "a form in mathematics that a second reading ends",
        "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=owned('form')></style>a",
    ),
    (
        "an attribute in a drawing that ends a style",
        "<svg></p><style><a id=\"</style><img src=x onerror=owned('style')>\">a</a></style></svg>b",
    ),
    (
        "an integration point within another",
        "<math><annotation-xml encoding='text/html'><svg><desc><math><mi><script>owned('desc')</script><p>a</math></svg>b",
    ),
    (
        "what a browser without programs would read",
        "<noscript><p title=\"</noscript><img src=x onerror=owned('noscript')>\">a</p></noscript><p>b",
    ),
    (
        "templates in templates",
        "<template><template></template><img src=x onerror=owned('template')></template></template><script>owned('behind')\
         </script><p>a",
    ),
    (
        "a shadow tree that is written down",
        "<div><template shadowrootmode=open><script>owned('shadow')</script><slot></slot></template><p>a</div>",
    ),
    (
        "a base that makes programs of all addresses",
        "<base href='javascript:/a/' target=_blank><base href=http://127.0.0.1:9/><a href='b'>a</a><img src=c.png alt=d>\
         <a href='//127.0.0.1:9/e'>f</a>",
    ),
    (
        "a page that goes elsewhere",
        "<meta http-equiv=refresh content=\"0;url=javascript:owned('refresh')\"><meta http-equiv=refresh content='0; \
         url=http://127.0.0.1:9/'><meta http-equiv=Content-Security-Policy content=\"default-src *\"><p>a",
    ),
    (
        "addresses of the page that are programs",
        "<link rel=canonical href=\"javascript:owned('canonical')\"><meta property=og:url content=\"JaVaScRiPt:owned('og')\">\
         <link rel=icon href=http://127.0.0.1:9/i.png><p>a",
    ),
    (
        "an address that a browser saved a program from",
        "<!-- saved from url=(0027)javascript:owned('saved') --><html><p>a",
    ),
    (
        "facts of the page that are markup",
        "<title>\"&gt;&lt;/title&gt;&lt;script&gt;owned('title')&lt;/script&gt;</title><meta name=author content=\"<img src=x \
         onerror=owned('author')>\"><meta name=keywords content='\"><script>owned(1)</script>, ../../a'><html \
         lang=\"en&quot; onload=&quot;owned('lang')\"><p>a",
    ),
    (
        "linked data that ends its script",
        "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"<\\/script><script>owned('ld')<\\/script>\",\
         \"author\":{\"name\":\"--><img src=x onerror=owned('ld')>\"},\"datePublished\":\"<b>\"}</script><p>a",
    ),
    (
        "pages in pages",
        "<iframe srcdoc=\"&lt;script&gt;parent.owned('srcdoc')&lt;/script&gt;\"></iframe><iframe src='data:text/html,<script>\
         parent.owned(1)</script>'></iframe><frameset><frame src=javascript:parent.owned('frame')></frameset><p>a",
    ),
    (
        "objects and what is embedded",
        "<object data='data:text/html,<script>parent.owned(1)</script>'><param name=src value=http://127.0.0.1:9/>a</object>\
         <embed src=javascript:owned('embed') type=text/html><applet code=A archive=http://127.0.0.1:9/a.jar>b</applet>\
         <object data=javascript:owned('object')><embed src=//127.0.0.1:9/c></object>",
    ),
    (
        "data that are pages and drawings",
        "<a href='data:text/html;base64,PHNjcmlwdD5vd25lZCgxKTwvc2NyaXB0Pg=='>a</a><img alt=b \
         src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"owned(1)\"/>'><a href=' data:,c'>c</a>",
    ),
    (
        "schemes in references",
        "<a href='&#x6A;avascript&colon;owned(1)'>a</a><a href='java&Tab;script:owned(2)'>b</a><a \
         href='java&NewLine;script&colon;owned(3)'>c</a><a href='&#1;javascript:owned(4)'>d</a><a \
         href='&#0000106avascript:owned(5)'>e</a><a href='javascript&amp;colon;owned(6)'>f</a>",
    ),
    (
        "references to references",
        "<p>&amp;lt;img src=x onerror=owned('twice')&amp;gt; &lt;script&gt;owned('once')&lt;/script&gt; &lt&#x3c;img src=x \
         onerror=owned('both')&gt;<a title='&quot;&gt;&lt;img src=x onerror=owned(1)&gt;' href='a'>b</a>",
    ),
    (
        "forms with programs for addresses",
        "<form id=f action=javascript:owned('action')><p>a<input type=image src=http://127.0.0.1:9/i.png \
         formaction=javascript:owned('image')><button formaction=javascript:owned('button') autofocus \
         onfocus=owned('focus')>b</button></form><button form=f>c</button><isindex action=javascript:owned(1) prompt=d>",
    ),
    (
        "maps of imports, and rules for loading ahead",
        "<script type=importmap>{\"imports\":{\"a\":\"http://127.0.0.1:9/a.js\"}}</script><script type=module>import 'a'\
         </script><script type=speculationrules>{\"prefetch\":[{\"urls\":[\"http://127.0.0.1:9/\"]}]}</script><link \
         rel=modulepreload href=http://127.0.0.1:9/b.js><link rel='dns-prefetch preconnect' href=//127.0.0.1:9><p>a",
    ),
    (
        "elements of other namespaces",
        "<html xmlns:h='http://www.w3.org/1999/xhtml' xmlns:x=http://www.w3.org/1999/xlink><h:script>owned('prefix')\
         </h:script><svg:svg onload=owned('svg')>a</svg:svg><svg><a x:href=javascript:owned('x') \
         xlink:href=javascript:owned('xlink')><text>b</text></a></svg><svg><![CDATA[><img src=x onerror=owned('cdata')>]]>c",
    ),
    (
        "attributes given twice",
        "<a href=a href=javascript:owned('second')>a</a><a HREF=javascript:owned('first') href=b>b</a><img alt=c src=d \
         src=http://127.0.0.1:9/e.png><p id=g id='\"><script>owned(1)</script>'>f",
    ),
    (
        "styles that load",
        "<style>@import 'http://127.0.0.1:9/a.css'; p { background: url(http://127.0.0.1:9/b.png) }</style><link \
         rel=stylesheet href=http://127.0.0.1:9/c.css><p style='background:url(//127.0.0.1:9/d.png)'>a<table \
         background=http://127.0.0.1:9/e.png><tr><td style=\"behavior:url('#default#time2')\">b</table>",
    ),
    (
        "links that open, tell and download",
        "<a href=http://127.0.0.1:9/ target=_top rel=opener ping=http://127.0.0.1:9/ping download=a.exe>a</a><a href=# \
         target='_blank\" onclick=\"owned(1)'>b</a><map name=m><area href=javascript:owned('area') shape=default></map><img \
         alt=c src=d.png usemap=#m>",
    ),
    (
        "ids that are the program's own",
        "<p id=_main>a</p><h2 id=_source>b</h2><p id=_text>c</p><p id=fn1>d</p><p id=L1>e</p><p id=p1>f</p><form id=document>\
         </form><a id=location name=getElementById></a><a id=postilSearchData href=tel:1>g</a><a id=__proto__>h</a><p>\
         <a href=#_main>1</a> <a href=#_source>2</a> <a href=#location>3</a> <a href=#__proto__>4</a> <a href=#L1>5</a>",
    ),
    (
        "labels, numbers and names of notes that are markup",
        "<p>a<a href=#n role=doc-noteref>&lt;img src=x onerror=owned(1)&gt;</a> b<a href='#%22%3E%3Cscript%3E' \
         role=doc-noteref>2</a><ol start='1\"><script>owned(2)</script>'><li id=n value='\"><img src=x onerror=owned(3)>'>c \
         <li id='\"><script>'>d</ol>",
    ),
    (
        "texts that are links and pictures in Markdown",
        "<p>[a](javascript:owned(1)) ![b](http://127.0.0.1:9/b.png) &lt;javascript:owned(2)&gt; <a href='c) \
         [d](javascript:owned(3)'>e](javascript:owned(4))</a><img src=f.png alt='](javascript:owned(5)) \
         ![g](http://127.0.0.1:9/g.png'><p>[h]<p>[h]: javascript:owned(6)<p>:::{a}<p>&lt;div onclick=owned(7)&gt;",
    ),
    (
        "listings that end their fences",
        "<pre class='language-a\"><img/src=x/onerror=owned(1)>'>a\n```\n<img src=x onerror=owned(2)>\n~~~~\n</pre><code>``\
         </code>&lt;img src=x onerror=owned(3)&gt;<code>`</code><xmp><img src=x onerror=owned(4)>\n````</xmp><listing>&lt;script&gt;\
         owned(5)&lt;/script&gt;</listing>",
    ),
    (
        "hidden parts that are live",
        "<nav><img src=x onerror=owned('nav')><a href=javascript:owned(1)>a</a></nav><p hidden>b &lt;img src=x \
         onerror=owned('hidden')&gt;</p><dialog open onclose=owned(2)>c</dialog><details ontoggle=owned(3) open>d</details>\
         <p>e<button popovertarget=p>f</button><div popover id=p onbeforetoggle=owned(4)>g</div>",
    ),
    (
        "comments and instructions that end early",
        "<!--><img src=x onerror=owned(1)>--><!-- a --!><img src=x onerror=owned(2)><!-- --><?php echo '?><script>owned(3)\
         </script>' ?><!doctype a [<!ENTITY b '<script>owned(4)</script>'>]>&b;<!--[if IE]><script>owned(5)</script>\
         <![endif]--><p>c<!-",
    ),
    (
        "texts that never end",
        "<p>a<textarea></textarea><img src=x onerror=owned(1)><title></title><script>owned(2)</script><select><style></select>\
         <img src=x onerror=owned(3)></style><plaintext></plaintext><script>owned(4)</script>",
    ),
    (
        "another encoding than it is read in",
        "<meta charset=utf-7><p>+ADw-script+AD4-owned(1)+ADw-/script+AD4- \u{1b}$B<img src=x onerror=owned(2)>\u{1b}(B \
         \u{fffd}<img src=x\u{2028}onerror=owned(3)>",
    ),
];
