"""A mail as the message that travels (RFC 5322): text, HTML beside it, and what is attached."""

from email.message import EmailMessage

from watchstore.service_layer.ports import Mail


def message_of(mail: Mail) -> EmailMessage:
    """Without a sender and a date, which are whoever sends it's."""
    message = EmailMessage()
    message["To"] = mail.to.address
    # A line break would begin a header of somebody else's choosing.
    message["Subject"] = " ".join(mail.subject.split())
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for file in mail.attachments:
        main, _, sub = file.media_type.partition(";")[0].partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return message
