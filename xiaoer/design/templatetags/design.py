"""Tags and filters of the design system: `{% load design %}`. Every one is shown with its states at /design/."""

import datetime as dt
from collections.abc import Iterable, Sequence

import segno
from django import template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

# A shape for every tone, so that no state is told by colour alone (viewBox 0 0 12 12).
SHAPES = {
    "running": '<circle cx="6" cy="6" r="5"/>',
    "done": '<path class="stroke" d="M1.5 6.5 4.5 9.5 10.5 2.5"/>',
    "todo": '<path d="M6 1 11.5 11H.5z"/>',
    "near": '<path d="M6 .5 11.5 6 6 11.5.5 6z"/>',
    "overdue": '<path d="M1 1h10v10H1z"/>',
    "refused": '<path class="stroke" d="M2 2 10 10M10 2 2 10"/>',
    "paused": '<path d="M2 1h3v10H2zM7 1h3v10H7z"/>',
    "waiting": '<circle class="stroke" cx="6" cy="6" r="4.5"/>',
}


@register.simple_tag
def tag(word: str, tone: str = "waiting") -> SafeString:
    """A state as word, shape and colour; tone is a key of SHAPES."""
    shape = mark_safe(SHAPES[tone])  # noqa: S308 — a constant of this module
    return format_html(
        '<span class="tag {}"><svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>{}</span>',
        tone, shape, word,
    )  # fmt: skip


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A notice: info, success, warning or error. The word comes first, so that colour is not needed."""
    kind = {"debug": "info"}.get(kind, kind)
    words = {"info": "", "success": _("办好了"), "warning": _("请注意"), "error": _("有问题")}
    heading = format_html('<p class="notice-word">{}</p>', title or words[kind]) if title or words[kind] else ""
    role = "alert" if kind == "error" else "status"
    return format_html('<div class="notice {}" role="{}">{}{}</div>', kind, role, heading, content)


@register.inclusion_tag("design/table.html")
def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> dict[str, object]:
    """A table that becomes cards on the phone; the first cell of each row names it."""
    return {"caption": caption, "head": head, "labelled_rows": [list(zip(head, row, strict=True)) for row in rows]}


@register.simple_tag
def bar(left: int, of: int, state: str = "running") -> SafeString:
    """The bar of used days alone (words beside it are the caller's): state running, near, overdue, paused, done."""
    return format_html('<div class="bar {}">{}</div>', state, bar_drawing(left=left, of=of))


@register.simple_tag
def remaining(left: int | None, of: int, state: str = "running", words: str = "") -> SafeString:
    """Remaining working days as bar and words; left may be negative (overdue) or None (suspended)."""
    spoken = words or remaining_words(left, of, state)
    drawing = bar_drawing(left=of if left is None else left, of=of)
    return format_html('<div class="bar {}">{}<span class="bar-words">{}</span></div>', state, drawing, spoken)


def bar_drawing(*, left: int, of: int) -> SafeString:
    used = max(0, min(100, round(100 * (of - left) / of))) if of else 100
    return format_html(
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bar-ground" width="100" height="8"/><rect class="bar-used" width="{}" height="8"/></svg>',
        used,
    )


def remaining_words(left: int | None, of: int, state: str) -> SafeString:
    if left is None or state == "paused":
        return format_html("<strong>{}</strong>", _("暂停计时"))
    used = _("共 %(of)s 个，已用 %(used)s 个") % {"of": of, "used": of - left}
    if state == "done":
        return format_html("<strong>{}</strong> · {}", _("已办结"), used)
    if left < 0:
        late = ngettext("已超期 %(late)s 个工作日", "已超期 %(late)s 个工作日", -left) % {"late": -left}
        return format_html("<strong>{}</strong>", late)
    words = ngettext("剩 %(left)s 个工作日", "剩 %(left)s 个工作日", left) % {"left": left}
    return format_html("<strong>{}</strong> · {}", words, used)


@register.simple_tag
def qr(text: str, words: str = "") -> SafeString:
    """A QR block: dark on white in every theme, with the address beside it; what is no address for people is not."""
    address = text if text.startswith("http") else ""
    code = segno.make(text, error="m", micro=False)
    size = len(code.matrix)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark)
    return format_html(
        '<div class="qr"><svg viewBox="-4 -4 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path d="{2}"/></svg><p class="small">{3}<br>{4}</p></div>',
        size + 8, _("二维码"), path, words, address,
    )  # fmt: skip


@register.inclusion_tag("design/seal.html")
def seal(name: str, use: str = "", shape: str = "round") -> dict[str, object]:
    """A seal for papers: round (organ's name along the rim, a star, the use below) or square (name in columns)."""
    return {"name": name, "use": use, "square": shape == "square", "glyphs": seal_glyphs(name, shape)}


def seal_glyphs(name: str, shape: str) -> list[dict[str, object]]:
    """Return each character with its place: along an arc of 250 degrees, or in columns from the right."""
    if shape == "square":
        rows = 2 if len(name) <= 4 else 3
        columns = -(-len(name) // rows)
        return [
            {"char": char, "x": round(100 * (columns - i // rows - 0.5) / columns, 1),
             "y": round(100 * (i % rows + 0.5) / rows, 1)}
            for i, char in enumerate(name)
        ]  # fmt: skip
    step = min(26.0, 250 / max(1, len(name) - 1))
    start = -step * (len(name) - 1) / 2
    return [{"char": char, "angle": round(start + step * i, 2)} for i, char in enumerate(name)]


@register.filter
def day(value: dt.date | None) -> str:
    """3月10日, 10 March."""
    return format_date(_local(value), _("n月j日")) if value else ""


@register.filter
def full_day(value: dt.date | None) -> str:
    """2026年3月10日, 10 March 2026."""
    return format_date(_local(value), _("Y年n月j日")) if value else ""


@register.filter
def day_time(value: dt.datetime | None) -> str:
    """3月6日 09:30, 6 March 09:30."""
    return format_date(_local(value), _("n月j日 H:i")) if value else ""


@register.filter
def weekday(value: dt.date | None) -> str:
    """周五, Friday."""
    words = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return words[_local(value).weekday()] if value else ""


@register.filter
def masked(value: str) -> str:
    """An identity number, phone or bank number with its middle hidden: 360481********1234."""
    text = str(value or "")
    head, tail = (6, 4) if len(text) >= 15 else (3, 4) if len(text) >= 9 else (1, 0)
    return text[:head] + "*" * max(0, len(text) - head - tail) + (text[-tail:] if tail else "")


@register.filter
def plain_errors(field: BoundField) -> list[str]:
    """What is wrong with a field, naming it: Django's "this field is required" tells nobody what to do."""
    words = {"required": _("请填写：%(label)s"), "invalid_choice": _("请在列出的里面选：%(label)s")}
    found = []
    for error in field.errors.as_data():
        code = error.code or ""
        if code in words and str(error.message) in _django_texts(field, code):
            found.append(words[code] % {"label": field.label})
        else:
            found += [str(message) for message in error.messages]
    return found


def _django_texts(field: BoundField, code: str) -> set[str]:
    """Return Django's own text of an error; a field that brings its own words keeps them."""
    own = [kind for kind in type(field.field).__mro__ if kind.__module__.startswith("django.")]
    texts = [getattr(kind, "default_error_messages", {}).get(code) for kind in own]
    return {str(text) for text in texts if text}


def _local(value: dt.date) -> dt.date:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def month_name(value: dt.date) -> str:
    """2026年3月, March 2026."""
    return format_date(value, _("Y年n月"))
