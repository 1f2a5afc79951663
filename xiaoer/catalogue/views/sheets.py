"""The guide on paper (A4), typeset from the same snapshots as the page and kept by their digest."""

from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xiaoer.design.templatetags.design import full_day
from xiaoer.notices import services as papers

from .. import rules
from ..templatetags.catalogue import how_long, say, word, yuan
from .words import bundle_words, guide_words

if TYPE_CHECKING:
    from .guides import Guide

KEPT_SECONDS = 24 * 3600
TEMPLATE = "catalogue/papers/guide.typ"
ONE = Lock()
"""One sheet at a time: setting type takes the whole processor, and each version of a guide is set only once."""


def answer(request: HttpRequest, guide: "Guide") -> HttpResponse:
    """The PDF, the same for everybody who reads this language."""
    language = get_language() or ""
    etag = f'"{guide.digest[:64]}-{language}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        _kept(guide, language), content_type="application/pdf"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, s-maxage=60, must-revalidate"
    response["Content-Disposition"] = f'inline; filename="{guide.url.strip("/").replace("/", "-")}.pdf"'
    return response


def _kept(guide: "Guide", language: str) -> bytes:
    key, local = f"sheet:{guide.url}:{guide.digest[:64]}:{language}", caches["local"]
    found: bytes | None = local.get(key)
    if found is None:
        with ONE:
            found = local.get(key) or made(guide)
            local.set(key, found, KEPT_SECONDS)
    return found


def made(guide: "Guide") -> bytes:
    """The guide set in type."""
    at = guide.version.published_at or guide.version.valid_from
    assert at is not None
    url = settings.PUBLIC_URL + guide.url
    return papers.sheet(TEMPLATE, _values(guide) | {"url": url}, url=url, at=at)


def _values(guide: "Guide") -> dict[str, Any]:
    bundle = guide.offer.bundle
    words = bundle_words(guide, {}) if bundle else guide_words(guide, {})
    said = guide.offer.main
    organ = say(bundle, "lead_organ_name") if bundle else say(words["service"], "organ_name")
    own = [_bundle_row(words), (_("谁牵头"), organ)] if bundle else [_service_row(words), (_("谁来办"), organ)]
    return {
        "language": "en" if (get_language() or "").startswith("en") else "zh",
        "title": say(said), "summary": say(said, "summary"), "organ": organ, "scan": _("扫码看最新指南"),
        "deciding": [own[0], *_costs(words), own[1]], "papers": _papers(guide, words), "lists": _lists(guide, words),
        "asking_title": _("问谁"), "asking": _asking(said.contact),
        "version": _version(guide),
    }  # fmt: skip


def _version(guide: "Guide") -> str:
    numbered = {"number": guide.version.number, "from": full_day(guide.version.valid_from)}
    line, origin = _("第 %(number)s 版，%(from)s起施行。") % numbered, guide.offer.main.origin
    if origin is not None and origin.kind == "example":
        line += " " + _("示例内容：%(note)s") % {"note": origin.note}
    elif origin is not None and origin.kind == "guide":
        place = {"place": origin.place, "dated": origin.dated or "—"}
        line += " " + _("内容来自%(place)s公布的指南（%(dated)s），不是本地的规定。") % place
    return line


def _service_row(words: dict[str, Any]) -> tuple[str, str]:
    limits = words["service"].limits
    long = how_long(limits.promised or limits.statutory)
    if limits.promised and limits.statutory:
        long += " · " + _("法律允许 %(most)s") % {"most": how_long(limits.statutory)}
    return _("要多久"), long


def _bundle_row(words: dict[str, Any]) -> tuple[str, str]:
    days = words["days"]
    return _("要多久"), ngettext("最长 %(days)s 个工作日", "最长 %(days)s 个工作日", days) % {"days": days}


def _costs(words: dict[str, Any]) -> list[tuple[str, str]]:
    service = words.get("service")
    times = (service.visits if service else words["visits"]) or 0
    fees = (service.fees if service else words["fees"]) or ()
    visits = ngettext("%(times)s 次", "%(times)s 次", times) % {"times": times} if times else _("不用跑")
    named = [" ".join([fee.name, f"¥{yuan(fee.fen)}" if fee.fen is not None else "", fee.standard]) for fee in fees]
    return [(_("跑几次"), visits), (_("多少钱"), "; ".join(named) or _("不收费"))]


def _papers(guide: "Guide", words: dict[str, Any]) -> list[dict[str, Any]]:
    """Papers always needed, then those that hang on the matter, each with the questions on which it hangs."""
    when = {one.material.key: _hangs_on(guide.offer, one) for one in guide.offer.materials}
    blocks: list[tuple[str, list[dict[str, Any]], dict[str, str]]] = [(_("材料"), words["needed"], {})]
    if words["perhaps"]:
        blocks.append((_("要看您的情况"), words["perhaps"], when))
    return [
        {
            "title": title,
            "empty": _("不需要交材料。"),
            "rows": [_paper(one, hangs.get(one["material"].key, "")) for one in rows],
        }
        for title, rows, hangs in blocks
    ]


def _hangs_on(offer: rules.Offer, one: rules.OfferedMaterial) -> str:
    fields = [offer.field(key) for key in rules.facts_of(one.when)]
    return " ".join(say(field, "label") for field in fields if field is not None)


def _paper(paper: dict[str, Any], hangs_on: str) -> dict[str, Any]:
    material = paper["material"]
    lines = [_("取决于：%(questions)s") % {"questions": hangs_on} if hangs_on else ""]
    if not paper["issuer"]:
        lines.append(say(material, "accept_standard"))
    lines.append(_("依据：%(law)s") % {"law": material.basis} if material.basis else "")
    way = _("不用您交") if paper["issuer"] else word(paper["way"], "WAYS") if paper["found"] else _("要您准备")
    return {"name": say(material), "lines": [line for line in lines if line], "way": way}


def _lists(guide: "Guide", words: dict[str, Any]) -> list[dict[str, Any]]:
    said = guide.offer.main
    if isinstance(said, rules.ServiceSnapshot):
        steps = [(say(step), how_long(step.term)) for step in said.steps]
        first = [(_("怎么办"), steps)]
    else:
        parts = [*words["in_case"], *words["perhaps_in"]]
        members = [(say(part["service"]), how_long(part["service"].limits.promised)) for part in parts]
        first = [(_("您要办的事项"), members)]
    law = [(" ".join([one.law, one.article]).strip(), "") for one in said.basis]
    return [{"title": title, "rows": rows} for title, rows in [*first, (_("依据"), law)] if rows]


def _asking(contact: rules.Contact) -> list[tuple[str, str]]:
    where = " · ".join(part for part in (say(contact, "address"), say(contact, "hours")) if part)
    rows = [(_("咨询"), contact.phone), (_("投诉"), contact.complaint_phone), (_("地址"), where)]
    return [row for row in rows if row[1]]
