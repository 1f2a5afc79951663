"""The operator's page, the feed, the public check of receipts, and the health of the platform."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from xiaoer.journal import edge
from xiaoer.journal import queries as journal
from xiaoer.journal import services as journal_acts
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people.rules import Officer

from . import queries, rules, services
from .forms import NOT_YOURS, FeedForm, ReceiptForm

SHOWN = ("parked", "failing", "timers")


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show what is parked, failing or overdue, and how much waits."""
    officer = people.officer_of(request, "oversight.operate")
    show, now = request.GET.get("show", "parked"), edge.now()
    if show not in SHOWN:
        raise Http404
    after = _place(request.GET.get("after", ""))
    troubles: list[queries.Trouble] = []
    timers: list[queries.Timer] = []
    if show == "timers":
        timers = queries.late_timers(officer, now=now, after=after)
    else:
        troubles = queries.troubles(officer, show, now=now, language=get_language() or "", after=after)
    rows: list[queries.Timer | queries.Delivery] = [*timers, *[one.delivery for one in troubles]]
    last = rows[-1] if len(rows) == queries.PAGE else None
    older = f"?{urlencode({'show': show, 'after': f'{last.due_at.isoformat()}_{last.id}'})}" if last else ""
    page = {"show": show, "troubles": troubles, "timers": timers, "older_url": older, **_figures(now)}
    return render(request, "oversight/deliveries.html", page)


def _figures(now: datetime) -> dict[str, object]:
    backlog = journal.backlog(now)
    age = max(0, int((now - backlog.oldest_at).total_seconds())) if backlog.oldest_at else 0
    return {
        "backlog": backlog, "age": age, "waited": _waited(age),
        "late": age > rules.LATE_SECONDS, "runs": _runs(),
        "counted": journal.COUNTED,
    }  # fmt: skip


JOBS = {"dispatch": gettext_lazy("分派事件"), "sequence": gettext_lazy("给事件编号")}
"""What a worker does again and again, by the name of its lease."""


def _runs() -> list[tuple[str | Promise, datetime | None]]:
    """Return (words, when it ran last) of each job that one worker at a time does."""
    return [(JOBS.get(lease.name, lease.name), lease.until) for lease in journal.leases()]


def _waited(seconds: int) -> str:
    """Return a length of time in the largest unit that fits."""
    if seconds < 120:
        return ngettext("%(n)s 秒", "%(n)s 秒", seconds) % {"n": seconds}
    if seconds < 7200:
        return _("%(n)s 分钟") % {"n": seconds // 60}
    return _("%(n)s 小时") % {"n": seconds // 3600}


def _place(text: str) -> journal.Place | None:
    """Return the place after which a page begins. 404 for one that we did not write."""
    if not text:
        return None
    at, _sign, identity = text.partition("_")
    found = edge.moment(at)
    if found is None:
        raise Http404
    try:
        return found, UUID(identity)
    except ValueError:
        raise Http404 from None


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Let one parked delivery, or all that were shown, try again."""
    officer = people.officer_of(request, "oversight.operate")
    chosen = request.POST.getlist("shown") if "all" in request.POST else request.POST.getlist("delivery")
    done = sum(_retry(officer, one) for one in chosen[: queries.PAGE])
    if done:
        words = ngettext("%(count)s 个任务会马上重试。", "%(count)s 个任务会马上重试。", done) % {"count": done}
        messages.success(request, words)
    else:
        messages.warning(request, _("没有可以重试的：别人可能已经先点了。"))
    return redirect("oversight:deliveries")


def _retry(officer: Officer, chosen: str) -> bool:
    shard, _slash, identity = chosen.partition("/")
    try:
        delivery = UUID(identity)
    except ValueError:
        raise Http404 from None
    if not queries.may_retry(officer, shard):
        raise Http404
    return services.retry(shard=shard, delivery=delivery, by=people.actor(officer), now=edge.now())


@require_safe
def condition(request: HttpRequest) -> HttpResponse:
    """Show whether what the platform stands on is in order; ?deep=yes also tries mail and text messages."""
    people.officer_of(request, "oversight.operate")
    found = queries.condition(now=edge.now(), deep=request.GET.get("deep") == "yes")
    place = 1 if (get_language() or "").startswith("en") else 0
    rows = [(one.what[place], one.state, one.said[place], one.way_out[place]) for one in found]
    order = {"bad": 0, "warning": 1, "good": 2}
    rows.sort(key=lambda row: order[row[1]])
    bad = sum(row[1] == "bad" for row in rows)
    return render(request, "oversight/condition.html", {"show": "condition", "rows": rows, "bad": bad})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Show one shard's log by position."""
    officer = people.officer_of(request, "oversight.feed")
    regions = network.named_below(queries.feed_regions(officer))
    form = FeedForm(request.GET or {"shard": officer.posts[0].region_code, "after": 0}, regions=regions)
    lines, older = [], ""
    if form.is_valid():
        shard, after = form.cleaned_data["shard"], form.cleaned_data["after"] or 0
        found = queries.feed(officer, shard=shard, after=after, limit=queries.PAGE, language=get_language() or "")
        if found is None:
            form.add_error("shard", NOT_YOURS)
        else:
            lines = found
        if len(lines) == queries.PAGE:
            older = f"?{urlencode({'shard': shard, 'after': lines[-1].position})}"
    return render(request, "oversight/feed.html", {"show": "feed", "form": form, "lines": lines, "older_url": older})


def receipt(request: HttpRequest) -> HttpResponse:
    """Check a receipt for anybody: what it proves, by whom, and what it does not."""
    form = ReceiptForm(request.POST, request.FILES) if request.method == "POST" else ReceiptForm()
    keys = [journal_acts.public_key(), *journal_acts.earlier_keys()]
    page = {"form": form, "keys": [_parted(key) for key in keys], "key_url": reverse("api-1:receipt_key")}
    if form.is_bound and form.is_valid():
        page |= _verdict(form.cleaned_data["receipt"])
    return render(request, "oversight/receipt.html", page)


def _verdict(said: dict[str, object]) -> dict[str, object]:
    """Return what the page says of a receipt; its content is shown only when the signature is ours."""
    if not journal_acts.genuine(said):
        return {"checked": True, "genuine": False}
    entry = journal.entry(UUID(str(said["id"])))
    kept = entry is not None and journal.digest(entry) == entry.digest == said["digest"]
    return {
        "checked": True, "genuine": True, "kept": kept, "said": said, "digest_parts": _parted(str(said["digest"])),
         "at": datetime.fromisoformat(str(said["at"])),
        "place": network.region_name(str(said["shard"])),
    }  # fmt: skip


def _parted(digits: str) -> list[str]:
    """Return hex digits in groups between which a line may break."""
    return [digits[place : place + 16] for place in range(0, len(digits), 16)]


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Answer for load balancers and monitors: 503 without the database; "late" when no worker comes. No secrets."""
    try:
        figures = _figures(edge.now())
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    backlog = figures["backlog"]
    assert isinstance(backlog, journal.Backlog)
    worker = {
        "pending": backlog.pending, "unsequenced": backlog.unsequenced, "due": backlog.due, "timers": backlog.timers,
        "oldest_seconds": figures["age"],
    }  # fmt: skip
    answer = JsonResponse({"status": "late" if figures["late"] else "ok", "database": "ok", "worker": worker})
    answer["Cache-Control"] = "no-store"
    return answer
