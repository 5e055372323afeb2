"""The eyes of the browser tests see what they should: each is shown something wrong."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.watching import Watch, violations

STRICT = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'self'\">"
GOOD = "<!doctype html><html lang=en><head><title>Kith</title>{}</head><body><main>{}</main></body>"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def test_a_good_page_is_left_in_peace(page: Page) -> None:
    page.set_content(GOOD.format(STRICT, "<h1>Today</h1><p>Tea at eight.</p>"))
    assert violations(page) == []


@pytest.mark.parametrize(
    "part", ["<img src='data:,'>", "<input type=text>", "<p style='color:#bbb'>Tea at eight.</p>"]
)
def test_what_shuts_people_out_is_seen(page: Page, part: str) -> None:
    page.set_content(GOOD.format("", f"<h1>Today</h1>{part}"))
    assert violations(page)


def test_axe_fails_a_bad_page(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(GOOD.format("", "<input type=text>"))
    with pytest.raises(AssertionError, match="label"):
        axe(page)


def test_an_error_in_a_script_is_seen(page: Page) -> None:
    watch = Watch(page, "http://127.0.0.1:1")
    page.set_content("<script>console.error('this'); throw Error('that')</script>")
    page.wait_for_timeout(50)
    assert sorted(watch.seen) == ["console: this", "script: that"]


def test_a_request_elsewhere_is_seen(page: Page) -> None:
    elsewhere = "http" + "://127.0.0.2:1/picture.png"
    watch = Watch(page, "http" + "://127.0.0.1:1")
    page.set_content(f"<img src='{elsewhere}'>")
    assert watch.seen == [f"asked elsewhere: {elsewhere}"]
