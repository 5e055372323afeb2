"""The parts of the look, as a person meets them: with eyes, with a keyboard, read aloud."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kith.web import icons
from kith.web.look import look
from kith.web.templatetags.look import values

ROOMS = Path(icons.__file__).parents[1]
STATIC = Path(icons.__file__).parent / "static" / "web"
FOCUSABLE = {"a", "button", "input", "select", "textarea", "summary"}


class Reader(HTMLParser):
    """Every element of a page with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.elements if tag in tags]

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]


class Asked(forms.Form):
    words = forms.CharField(label="A few words", help_text="Short is fine.", widget=forms.Textarea)
    happened = forms.ChoiceField(
        label="Did it happen",
        choices=[("yes", "It happened"), ("no", "It could not")],
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )
    whom = forms.MultipleChoiceField(
        label="With whom",
        help_text="Anyone or anything.",
        choices=[("t", "T."), ("b", "<B> & dog")],
        widget=forms.CheckboxSelectMultiple,
    )
    share = forms.BooleanField(label="J. may see this")
    token = forms.CharField(widget=forms.HiddenInput, initial="kept")


def render(source: str, **values: Any) -> str:
    return Template("{% load look %}" + source).render(Context(values))


def asked(**answers: Any) -> Reader:
    return Reader(render("{% form_body form %}", form=Asked(answers if answers else None)))


def wrong() -> Reader:
    return Reader(render("{% form_body form %}", form=Asked({})))


def base(**values: Any) -> Reader:
    return Reader(render_to_string("web/base.html", values))


# Signs and drawings


def test_a_sign_is_passed_over_when_read_aloud() -> None:
    for tag in ("icon 'cup'", "rule", "here", "brand", "paradox", "shape 'care' 1"):
        (svg,) = Reader(render("{% " + tag + " %}")).all("svg")
        assert (svg["aria-hidden"], svg["focusable"]) == ("true", "false"), tag


def test_every_sign_that_a_template_asks_for_is_drawn() -> None:
    asked_for = re.compile(r"""{%\s*icon\s+["'](\w+)["']|\bsign=["'](\w+)["']""")
    for path in ROOMS.glob("*/templates/**/*.html"):
        names = {a or b for a, b in asked_for.findall(path.read_text(encoding="utf-8"))}
        assert names <= icons.NAMES, path.name


def test_a_picture_of_themes_says_the_same_in_words() -> None:
    (svg,) = Reader(render("{% shapes names %}", names=["care", "trust"])).all("svg")
    assert svg["role"] == "img"
    assert "care, trust" in svg["aria-label"]


def test_three_kinds_of_words_stay_apart() -> None:
    drawn = {
        kind: render("{% words kind %} tea {% endwords %}", kind=kind)
        for kind in ("said", "described", "interpreted")
    }
    assert len({Reader(html).all("div")[0]["class"] for html in drawn.values()}) == 3
    assert "<q>tea</q>" in drawn["said"]
    assert "<q>" not in drawn["described"] + drawn["interpreted"]


def test_what_people_write_is_shown_and_never_run() -> None:
    evil = "<script>x</script>"
    source = (
        "{% words 'said' by=evil %}{{ evil }}{% endwords %}{% evidence 1 evil evil %}"
        "{% shapes names %}{% shape evil 0 %}{% field form.whom %}"
    )
    reader = Reader(render(source, evil=evil, names=[evil], form=Asked()))
    assert reader.all("script", "b") == []


def test_a_wrong_answer_is_named_and_never_run() -> None:
    html = render("{% form_body form %}", form=Asked({"whom": ["<script>x</script>"]}))
    assert "&lt;script&gt;x" in html
    assert Reader(html).all("script") == []


# Numbers about a group


def test_a_number_held_back_is_never_nought_or_blank() -> None:
    assert render("{% tally n %}", n=None) == render("{% withheld %}")
    assert "withheld" in render("{% withheld %}")


def test_a_tally_is_told_in_words_beside_the_marks() -> None:
    assert "about 15" in "".join(Reader(render("{% tally 15 %}")).text)


@pytest.mark.parametrize("number", [0, 3, 14])
def test_a_number_that_says_too_much_is_not_shown(number: int) -> None:
    with pytest.raises(ValueError):
        render("{% tally n %}", n=number)


def test_a_day_without_a_note_is_blank() -> None:
    assert render("{% mark None %}") == ""
    assert render("{% mark True %}") != render("{% mark False %}") != ""


# Forms


def test_every_control_has_a_name_that_is_read_aloud() -> None:
    for reader in (asked(), wrong()):
        named = {attrs.get("for") for attrs in reader.all("label")}
        for control in reader.all("input", "select", "textarea"):
            assert control.get("type") == "hidden" or control["id"] in named


def test_every_description_is_there_and_no_id_twice() -> None:
    for reader in (asked(), wrong()):
        ids = reader.ids()
        assert len(ids) == len(set(ids))
        for _, attrs in reader.elements:
            assert set(attrs.get("aria-describedby", "").split()) <= set(ids)


def test_a_hint_and_what_to_mend_are_both_told_with_the_field() -> None:
    (words,) = wrong().all("textarea")
    assert words["aria-invalid"] == "true"
    assert words["aria-describedby"] == "id_words_helptext id_words_error"
    (kind,) = [f for f in wrong().all("fieldset") if "id_whom_error" in f["aria-describedby"]]
    assert kind["aria-describedby"] == "id_whom_helptext id_whom_error"


def test_a_field_in_order_is_not_called_wrong() -> None:
    reader = asked(words="tea", happened="yes", whom=["t"], share="on", token="t")
    assert not [attrs for _, attrs in reader.elements if "aria-invalid" in attrs]
    assert not [attrs for _, attrs in reader.elements if attrs.get("role") == "alert"]


def test_all_that_wants_mending_is_said_at_once_with_a_way_there() -> None:
    reader = wrong()
    links = [attrs["href"] for attrs in reader.all("a")]
    assert links == ["#id_words", "#id_happened_0", "#id_whom_0", "#id_share"]
    assert {link.removeprefix("#") for link in links} <= set(reader.ids())
    (summary,) = [a for _, a in reader.elements if a.get("role") == "alert"]
    assert summary["tabindex"] == "-1"


def test_what_wants_mending_is_in_the_title_and_takes_nothing_from_quick_exit() -> None:
    html = render_to_string("web/form.html", {"form": Asked({}), "heading": "Note"})
    assert "<title>Kith · Please look again · Page</title>" in html
    assert not [attrs for _, attrs in Reader(html).elements if "autofocus" in attrs]


def test_what_was_written_is_still_there_when_something_else_is_wrong() -> None:
    html = render("{% form_body form %}", form=Asked({"words": "tea & toast", "whom": ["b"]}))
    assert "tea &amp; toast</textarea>" in html
    (ticked,) = [i for i in Reader(html).all("input") if "checked" in i]
    assert ticked["value"] == "b"


def test_hidden_fields_come_along() -> None:
    (hidden,) = [i for i in asked().all("input") if i.get("type") == "hidden"]
    assert hidden["value"] == "kept"


def test_choices_take_the_look_that_was_chosen() -> None:
    classes = [a.get("class") for a in asked().all("div")]
    assert "seg" in classes and "chips" in classes


# The page around it all


def test_quick_exit_is_the_first_stop() -> None:
    reader = base(nav=[{"url": "/", "icon": "home", "text": "Home", "current": True}])
    first = next(attrs for tag, attrs in reader.elements if tag in FOCUSABLE)
    assert "data-quick-exit" in first
    assert first["href"]


def test_the_page_one_leaves_to_knows_nobody() -> None:
    html = render_to_string("web/left.html", {"space_name": "Ward 6", "sample": True})
    assert not re.search(r"kith|ward|script|stylesheet|moment", html, re.IGNORECASE)


def test_titles_are_neutral() -> None:
    html = render_to_string("web/form.html", {"form": Asked(), "heading": "Stop sharing with J."})
    assert "<title>Kith · Page</title>" in html


def test_only_the_present_place_is_marked() -> None:
    places = [{"url": f"/{n}", "icon": "map", "text": n, "current": n == "b"} for n in "abc"]
    current = [a for a in base(nav=places).all("a") if "aria-current" in a]
    assert [a["href"] for a in current] == ["/b"]
    assert base().all("nav") == []


def test_invented_people_are_called_invented() -> None:
    said = "Invented people. Nothing here is real."
    assert said in "".join(base(sample=True).text)
    assert said not in "".join(base().text)


def test_a_problem_says_what_happened_even_with_nothing_around_it() -> None:
    text = "".join(Reader(render_to_string("web/problem.html")).text)
    assert "Something went wrong on our side." in text


def test_the_page_tells_its_language() -> None:
    with override("sv"):
        assert base().all("html")[0]["lang"] == "sv"


def test_every_part_is_shown_live(rf: RequestFactory) -> None:
    answer = look(rf.get("/look/"))
    assert isinstance(answer, HttpResponse)
    html = answer.content.decode()
    ids = Reader(html).ids()
    assert len(ids) == len(set(ids))
    assert html.count("withheld") >= 3


# The style sheet


def styles(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def tokens(scheme: str) -> dict[str, str]:
    """The tokens that hold in light or in dark."""
    light, dark = styles("tokens.css").split("@media (prefers-color-scheme:dark)")
    found = dict(re.findall(r"(--[\w-]+):([^;}]+)", light))
    if scheme == "dark":
        found |= dict(re.findall(r"(--[\w-]+):([^;}]+)", dark.split("@media")[0]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(scheme: str, one: str, other: str) -> float:
    found = tokens(scheme)
    dark, light = sorted(luminance(found[f"--{name}"]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *(("ink", under) for under in ("table", "sheet", "inset", "weld", "woad-wash", "madder-wash")),
    *(("ink-2", under) for under in ("table", "sheet", "inset")),
    *(("accent", under) for under in ("table", "sheet", "accent-wash")),
    ("accent-strong", "accent-wash"), ("on-accent", "accent"), ("on-accent", "accent-strong"),
    ("weld-ink", "weld"), ("madder", "sheet"), ("madder", "madder-wash"), ("madder", "table"),
]  # fmt: skip
SHAPES = [
    ("edge", "sheet"), ("edge", "table"), ("focus", "sheet"), ("focus", "table"),
    *((f"pen-{pen}", "sheet") for pen in
      ("ink", "elder", "woad", "moss", "madder", "walnut", "weld")),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_shapes_stand_out_enough(scheme: str) -> None:
    assert contrast("light", "ink", "table") == pytest.approx(12.2, abs=0.1), "the measure itself"
    faint = [pair for pair in TEXT if contrast(scheme, *pair) < 4.5]
    faint += [pair for pair in SHAPES if contrast(scheme, *pair) < 3]
    assert faint == []


def test_every_token_that_is_used_exists() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", styles("look.css") + styles("tokens.css")))
    assert used <= set(tokens("light"))


def test_dark_and_print_change_only_what_light_knows() -> None:
    every = set(re.findall(r"(--[\w-]+):", styles("tokens.css")))
    assert every == set(tokens("light"))


def test_style_comes_from_here_only() -> None:
    for name in ("look.css", "tokens.css"):
        assert "@import" not in styles(name)
        for address in re.findall(r"url\(\"?([^)\"]+)", styles(name)):
            assert (STATIC / address).is_file()


def test_each_font_comes_with_its_licence() -> None:
    assert len(list(STATIC.glob("fonts/*.woff2"))) == 4
    assert all(
        "SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8")
        for path in STATIC.glob("fonts/OFL-*.txt")
    )


@given(st.recursive(st.text() | st.floats(0, 1) | st.none(), lambda inner: st.lists(inner)))
def test_values_for_a_script_come_back_the_same_and_end_no_tag(held: object) -> None:
    tag = str(values("x", {"held": held}))
    inside = tag.removeprefix('<script id="x" type="application/json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == {"held": held}
