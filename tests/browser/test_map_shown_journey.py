"""A part of a map is cut out, shown to one person, and taken back while they look at it."""

from playwright.sync_api import Page, expect

from browser.test_sharing_journey import Look, Shot, Two, arrive, chip, let_pass, two, two_people

__all__ = ["two", "two_people"]  # the fixture, and what it is made of
DRAWN = (("T., mornings", "top right"), ("Gran", "bottom left"))


def _draw(r: Page) -> None:
    """Two figures, and a line round one of them: all by forms."""
    r.goto("/map/")
    r.get_by_role("button", name="Begin with me on the paper").click()
    r.wait_for_url(lambda address: len(address.rsplit("/map/", 1)[-1]) > 30)
    here = r.url
    for name, place in DRAWN:
        r.goto(f"{here}add/")
        r.get_by_label("Name", exact=True).fill(name)
        chip(r, place).check(force=True)
        r.get_by_role("button", name="Put on the paper").click()
        r.wait_for_url(here)
    r.goto(f"{here}add/region/")
    chip(r, "T., mornings").check(force=True)
    r.locator("main form button[type=submit]").first.click()
    r.wait_for_url(lambda address: "add" not in address)
    r.goto(here)


def test_one_part_is_shown_as_previewed_and_gone_while_the_other_looks(
    two: Two, axe: Look, shot: Shot
) -> None:
    two.meet(axe, shot)
    r, j = two.r, two.j
    _draw(r)
    r.get_by_role("listitem").filter(has_text="a line round T., mornings").get_by_role(
        "link", name="Change"
    ).first.click()
    r.get_by_role("link", name="Show only this part to someone").press("Enter")
    arrive(r, "Only this part")
    axe(r)
    shot(r, "map-part")
    assert "Gran" not in r.locator("main").inner_text()
    r.get_by_role("button", name="Go on with this part").press("Enter")
    arrive(r, "Show something")
    chip(r, "J.").click()
    chip(r, "With the names on it").check(force=True)
    r.get_by_role("button", name="See what they will see").click()
    arrive(r, "Exactly what they will see")
    told = r.locator("article.window")
    expect(told).to_contain_text("T., mornings")
    expect(told).not_to_contain_text("Gran")
    chip(r, "Yes").click()
    r.get_by_role("button", name="Show this").click()
    arrive(r, "Who can look at your things")

    let_pass(two.site, 1)
    j.goto("/sharing/seen/")
    expect(j.locator("article.window")).to_contain_text("T., mornings")
    expect(j.locator("article.window")).not_to_contain_text("Gran")
    axe(j)
    shot(j, "map-part-seen")
    r.goto("/sharing/")
    r.get_by_role("link", name="Stop showing J.").press("Enter")
    r.get_by_role("button", name="Stop now").press("Enter")
    expect(r.locator(".messages")).to_contain_text("They may still remember what they saw.")
    j.reload()
    expect(j.get_by_text("T., mornings")).to_have_count(0)
