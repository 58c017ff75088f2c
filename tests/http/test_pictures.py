"""Pictures over HTTP."""

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
