"""A letter as HTML that mail programs show: tables, styles in place, nothing fetched or run.

Every text goes through `escape` in `_text`, the only place that makes markup of one.
"""

from collections.abc import Iterable
from html import escape
from typing import Final

from watchstore.service_layer.mailing.letter import (
    Block,
    Facts,
    Good,
    Goods,
    Label,
    Letter,
    Link,
    Paragraph,
    Steps,
)
from watchstore.service_layer.wording.mails import FRAME

_SANS: Final = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_SERIF: Final = "'EB Garamond','Iowan Old Style',Palatino,Georgia,serif"
_INK, _MUTED, _LINE, _ACCENT = "#17181a", "#5d6066", "#e2dfd8", "#1f4d3f"
_TABLE: Final = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
# Programs that know no dark mode drop the sheet, and see what is styled in place.
_DARK: Final = (
    "@media (prefers-color-scheme: dark){"
    ".ground{background:#121316!important}.page{background:#1a1c20!important}"
    ".ink{color:#f3f1ec!important}.muted{color:#a9adb4!important}"
    ".line{border-color:#2e3137!important}.mark{color:#8fd1b6!important}"
    ".button{background:#8fd1b6!important;color:#10211b!important}}"
)


def as_html(letter: Letter, shop: str) -> str:
    words = FRAME[letter.language]
    blocks = "".join(_block(block) for block in letter.blocks)
    closing = f"{_text(words.closing)}<br>{_text(shop)}"
    return (
        f'<!doctype html><html lang="{letter.language.value}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark">'
        f"<title>{_text(letter.subject)}</title><style>{_DARK}</style></head>"
        '<body class="ground" style="margin:0;padding:0;background:#f3f1ec">'
        f'{_TABLE} class="ground" style="background:#f3f1ec"><tr>'
        '<td align="center" style="padding:24px 12px">'
        f'{_TABLE} class="page" style="max-width:600px;background:#ffffff"><tr>'
        '<td style="padding:32px 28px">'
        f'<p class="mark" style="margin:0 0 28px;font:26px/1.2 {_SERIF};color:{_ACCENT}">'
        f"{_text(shop)}</p>{_paragraph(_text(letter.greeting))}"
        f"{blocks}{_paragraph(closing)}</td></tr></table>"
        f'<p class="muted" style="margin:16px 0 0;font:12px/1.5 {_SANS};color:{_MUTED}">'
        f"{_text(words.why.format(shop=shop))}</p></td></tr></table></body></html>"
    )


def _block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return _paragraph(_text(text))
        case Link(label, address):
            return _button(label, address)
        case Steps(texts):
            return _steps(texts)
        case Facts(pairs):
            return _spaced(_row(name, value) for name, value in pairs)
        case Goods(goods, sums):
            return _spaced((*map(_good, goods), *_sums(sums)))
        case Label(title, lines):
            named = (
                f'<span class="muted" style="font-size:13px;color:{_MUTED}">{_text(title)}</span>'
            )
            return _paragraph("<br>".join((named, *map(_text, lines))))


def _text(text: str) -> str:
    return escape(text, quote=True)


def _small(text: str) -> str:
    return f'<span class="muted" style="font-size:13px;color:{_MUTED}">{_text(text)}</span>'


def _paragraph(inner: str) -> str:
    style = f"margin:0 0 18px;font:16px/1.55 {_SANS};color:{_INK}"
    return f'<p class="ink" style="{style}">{inner}</p>'


def _button(label: str, address: str) -> str:
    style = (
        f"display:inline-block;padding:12px 22px;background:{_ACCENT};color:#ffffff;"
        f"font:600 16px/1.2 {_SANS};text-decoration:none;border-radius:4px"
    )
    return (
        f'<p style="margin:6px 0 24px"><a class="button" href="{_text(address)}"'
        f' style="{style}">{_text(label)}</a></p>'
    )


def _steps(texts: Iterable[str]) -> str:
    items = "".join(f'<li style="margin:0 0 6px">{_text(text)}</li>' for text in texts)
    style = f"margin:0 0 18px;padding-left:22px;font:16px/1.55 {_SANS};color:{_INK}"
    return f'<ol class="ink" style="{style}">{items}</ol>'


def _spaced(rows: Iterable[str]) -> str:
    return f'{_TABLE} style="margin:0 0 22px">{"".join(rows)}</table>'


def _good(good: Good) -> str:
    detail = (
        f'<span class="muted" style="font-size:13px;color:{_MUTED}">{_text(good.detail)}</span>'
    )
    return _cells(f"<strong>{_text(good.what)}</strong><br>{detail}", _text(good.amount))


def _row(name: str, value: str) -> str:
    return _cells(_text(name), _text(value))


def _sums(sums: tuple[tuple[str, str], ...]) -> Iterable[str]:
    last = len(sums) - 1
    for number, (name, value) in enumerate(sums):
        if number == last:
            yield _cells(f"<strong>{_text(name)}</strong>", f"<strong>{_text(value)}</strong>")
        else:
            yield _row(name, value)


def _cells(left: str, right: str) -> str:
    """Of markup that is made already."""
    style = f"padding:10px 0;border-bottom:1px solid {_LINE};font:15px/1.5 {_SANS};color:{_INK}"
    return (
        f'<tr><td class="ink line" style="{style}">{left}</td>'
        f'<td class="ink line" align="right" valign="top" style="{style};padding-left:16px">'
        f"{right}</td></tr>"
    )
