"""Dead letters over the API: seen, and delivered again."""

from tests.harness.language import register, subjects
from tests.http.site import Site

from watchstore.service_layer.relay import MOST_ATTEMPTS

NOBODY = "5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11"


def give_up(site: Site, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(site.house.mailer, "send", lambda _mail: 1 / 0)
        register(site.house, "ada@example.com")
        for _ in range(MOST_ATTEMPTS):
            site.house.clock.advance(1200)
            site.house.rival.drain()


def test_a_dead_letter_is_listed_and_replayed(site: Site, monkeypatch) -> None:
    give_up(site, monkeypatch)
    manager = site.signed_in("manager")

    listed = manager.get("office/outbox").json
    assert listed["total"] == 1
    (letter,) = listed["items"]
    assert (letter["event"], letter["consumer"]) == ("account.registered", "mail")
    assert (letter["attempts"], letter["error"]) == (12, "ZeroDivisionError: division by zero")

    path = f"office/outbox/{letter['event_id']}/replay"
    assert manager.post(path, {}).json == {"replayed": 1}
    assert manager.get("office/outbox").json["items"] == []
    site.house.rival.drain()
    assert subjects(site.house) == ["Confirm your e-mail address"]


def test_only_dead_letters_can_be_replayed(site: Site, monkeypatch) -> None:
    give_up(site, monkeypatch)
    manager = site.signed_in("manager")
    (letter,) = manager.get("office/outbox").json["items"]
    refused = manager.post(f"office/outbox/{NOBODY}/replay", {})
    assert (refused.status_code, refused.json["code"]) == (404, "not_found")
    path = f"office/outbox/{letter['event_id']}/replay"
    assert manager.post(path, {"consumer": "sessions"}).status_code == 404
    assert manager.post(path, {"consumer": "mail"}).json == {"replayed": 1}
