"""Pictures over HTTP."""

import pytest
from tests.http.site import Site


def test_a_watch_is_drawn_and_known_by_its_tag(site: Site) -> None:
    site.offer(1)
    browser = site.browser()
    slug = browser.get("watches").json["items"][0]["slug"]
    answer = browser.get(f"watches/{slug}/picture.svg")
    assert answer.content_type == "image/svg+xml"
    assert b"illustration" in answer.data
    known = {"If-None-Match": answer.headers["ETag"]}
    again = browser.get(f"watches/{slug}/picture.svg", headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_there_is_no_picture_of_nothing(site: Site) -> None:
    assert site.browser().get("watches/no-such-watch/picture.svg").status_code == 404


def test_a_wrist_is_drawn_to_the_size_that_is_asked_for(site: Site) -> None:
    site.offer(1)
    browser = site.browser()
    slug = browser.get("watches").json["items"][0]["slug"]
    small, large = (
        browser.get(f"watches/{slug}/wrist.svg?around={size}") for size in ("160", "190")
    )
    assert small.content_type == "image/svg+xml"
    assert small.data != large.data
    assert browser.get(f"watches/{slug}/wrist.svg").data not in {small.data, large.data}
    known = {"If-None-Match": small.headers["ETag"]}
    assert browser.get(f"watches/{slug}/wrist.svg?around=160", headers=known).status_code == 304


@pytest.mark.parametrize("size", ["139", "162", "215", "-160", "16 cm", "1e2", ""])
def test_no_wrist_has_such_a_size(site: Site, size: str) -> None:
    site.offer(1)
    slug = site.browser().get("watches").json["items"][0]["slug"]
    answer = site.browser().get(f"watches/{slug}/wrist.svg", query_string={"around": size})
    assert answer.status_code == 422
