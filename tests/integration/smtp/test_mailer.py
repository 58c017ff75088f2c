import email
import email.policy
import socket
from dataclasses import replace
from threading import Event

import pytest
from tests.support.mail_server import MailServer, Script, certificate

from watchstore.adapters.smtp import SmtpMailer
from watchstore.domain.identifiers import Email
from watchstore.service_layer.ports import Attachment, Mail, Unavailable

MAIL = Mail(Email("marie@example.com"), "Your order № 1", "Hello Zoë,\n\n.\nit is on its way.\n")
SENDER = "Watchstore <shop@watchstore.example>"


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


def test_a_mail_arrives_as_it_was_written():
    with MailServer(Script()) as server:
        SmtpMailer(f"smtp://{server.place}", SENDER).send(MAIL)
    [raw] = server.script.mails
    message = email.message_from_bytes(raw, policy=email.policy.default)

    assert message["From"] == SENDER
    assert message["To"] == "marie@example.com"
    assert message["Subject"] == MAIL.subject
    assert message["Message-ID"].endswith("@watchstore.example>")
    assert message["Date"].datetime.tzinfo
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == MAIL.text


def test_every_part_of_a_mail_arrives():
    invoice = Attachment("Rechnung 1.pdf", "application/pdf", b"%PDF\x00\xff")
    with MailServer(Script()) as server:
        whole = replace(MAIL, html="<p>Hello Zoë</p>", attachments=(invoice,))
        SmtpMailer(f"smtp://{server.place}", SENDER).send(whole)
    [raw] = server.script.mails
    message = email.message_from_bytes(raw, policy=email.policy.default)

    body = message.get_body(("html",))
    assert body.get_content().strip() == "<p>Hello Zoë</p>"
    assert message.get_body(("plain",)).get_content().startswith("Hello Zoë")
    [attached] = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (invoice.name, invoice.content)


def test_tls_is_used_when_offered(tls):
    shown, trusted = tls
    with MailServer(Script(tls=shown, offers_tls=True)) as server:
        SmtpMailer(f"smtp://{server.place}", SENDER, trust=trusted).send(MAIL)

    assert server.script.secured == [True]


def test_smtps_begins_with_tls(tls):
    shown, trusted = tls
    with MailServer(Script(tls=shown, at_once=True)) as server:
        SmtpMailer(f"smtps://{server.place}", SENDER, trust=trusted).send(MAIL)

    assert server.script.secured == [True]


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(tls):
    with MailServer(Script(tls=tls[0], offers_tls=True)) as server, pytest.raises(Unavailable):
        SmtpMailer(f"smtp://{server.place}", SENDER).send(MAIL)

    assert server.script.mails == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_it_signs_in_with_the_password_of_the_url(tls, scheme):
    shown, trusted = tls
    script = Script(tls=shown, password="me@shop:p/w:", offers_tls=True, at_once=scheme == "smtps")
    with MailServer(script) as server:
        url = f"{scheme}://me%40shop:p%2Fw%3A@{server.place}"
        SmtpMailer(url, SENDER, trust=trusted).send(MAIL)

    assert server.script.secured == [True]


def test_a_wrong_password_is_told_without_repeating_it(tls):
    shown, trusted = tls
    with MailServer(Script(tls=shown, offers_tls=True, password="me:right")) as server:
        mailer = SmtpMailer(f"smtp://me:wrong@{server.place}", SENDER, trust=trusted)
        with pytest.raises(Unavailable) as refusal:
            mailer.send(MAIL)

    assert "wrong" not in str(refusal.value)
    assert server.script.mails == []


def test_no_password_is_sent_in_the_clear():
    with MailServer(Script(password="me:secret")) as server, pytest.raises(Unavailable):
        SmtpMailer(f"smtp://me:secret@{server.place}", SENDER).send(MAIL)

    assert not [line for line in server.script.said if line.startswith("AUTH")]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_refuses_is_told_as_unavailable(verb):
    with MailServer(Script(refuses=verb)) as server, pytest.raises(Unavailable):
        SmtpMailer(f"smtp://{server.place}", SENDER).send(MAIL)


def test_a_mail_that_was_taken_is_sent_however_the_server_takes_its_leave():
    with MailServer(Script(refuses="QUIT")) as server:
        SmtpMailer(f"smtp://{server.place}", SENDER).send(MAIL)

    assert len(server.script.mails) == 1


def test_a_dead_server_is_told_as_unavailable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and not listening
        mailer = SmtpMailer(f"smtp://127.0.0.1:{taken.getsockname()[1]}", SENDER)

        with pytest.raises(Unavailable):
            mailer.send(MAIL)


def test_a_server_that_says_nothing_is_given_up():
    with MailServer(Script(mute=Event())) as server, pytest.raises(Unavailable):
        SmtpMailer(f"smtp://{server.place}", SENDER, timeout=0.05).send(MAIL)


@pytest.mark.parametrize("url", ["http://mail", "mail", "smtp://", "smtp:mail"])
def test_what_is_no_mail_server_is_refused_at_once(url):
    with pytest.raises(ValueError, match="smtp://host"):
        SmtpMailer(url, SENDER)


def test_an_address_the_server_cannot_write_to_is_told_as_unavailable():
    with MailServer(Script()) as server, pytest.raises(Unavailable):
        SmtpMailer(f"smtp://{server.place}", SENDER).send(
            Mail(Email.parse("zoë@example.com"), "Hello", "text")
        )
