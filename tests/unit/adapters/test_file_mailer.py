import email
import email.policy
import os
from dataclasses import replace

import pytest

from watchstore.adapters.files import FileMailer
from watchstore.domain.identifiers import Email
from watchstore.service_layer.ports import Mail, Unavailable

MAIL = Mail(Email("marie@example.com"), "Your order № 1", "Hello Zoë,\n\n" + "long " * 300)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "new" / "mail"


def test_a_mail_is_a_file_that_mail_programs_read(folder):
    FileMailer(folder).send(MAIL)
    [path] = folder.iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)

    assert path.suffix == ".eml"
    assert message["To"] == "marie@example.com"
    assert message["Subject"] == MAIL.subject
    assert message.get_content().strip() == MAIL.text.strip()


def test_a_file_has_both_parts(folder):
    FileMailer(folder).send(replace(MAIL, html="<p>Hello Zoë</p>"))
    [path] = folder.iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)

    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]


def test_files_sorted_by_name_are_sorted_by_time(folder):
    mailer = FileMailer(folder)
    for number in range(20):
        mailer.send(Mail(MAIL.to, str(number), "text"))
    subjects = [email.message_from_bytes(each.read_bytes())["Subject"] for each in in_order(folder)]

    assert subjects == [str(number) for number in range(20)]


def in_order(folder):
    return sorted(folder.glob("*.eml"))


def test_only_its_owner_reads_a_mail(folder):
    FileMailer(folder).send(MAIL)
    [path] = folder.iterdir()

    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_mail_appears_whole(folder, monkeypatch):
    seen = []
    rename = os.rename

    def watched(source, target):
        seen.append([path.name for path in folder.glob("*.eml")])
        rename(source, target)

    monkeypatch.setattr(os, "rename", watched)
    FileMailer(folder).send(MAIL)

    assert seen == [[]]
    assert b"long long" in in_order(folder)[0].read_bytes()


def test_a_folder_that_cannot_be_used_is_told_as_unavailable(tmp_path):
    (tmp_path / "taken").write_text("")

    with pytest.raises(Unavailable):
        FileMailer(tmp_path / "taken").send(MAIL)
