"""A person's messages and how he wants to be told; in the demo, what went out."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaoer.design.fields import tell_meanwhile
from xiaoer.journal.edge import now
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.people import queries as people

from . import queries, services
from .forms import PreferenceForm

PAGE = 20


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """List the messages to the account, newest first."""
    account = people.account_of(request)
    try:
        before = UUID(request.GET["before"]) if "before" in request.GET else None
    except ValueError:
        raise Http404 from None
    rows = queries.inbox(account, language=get_language() or "", before=before, limit=PAGE + 1)
    older = f"?before={rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    shown = {"rows": rows[:PAGE], "older_url": older, "any_unread": any(not row.read for row in rows[:PAGE])}
    return render(request, "notices/inbox.html", shown)


@require_POST
def follow(request: HttpRequest, message: UUID) -> HttpResponse:
    """Note that a message was read and lead to what it is about."""
    found = queries.message_for(people.account_of(request), id=message)
    if found is None:
        raise Http404
    services.mark_read([found], now=now())
    return redirect(found.link or "notices:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that all messages were read."""
    services.mark_read(queries.unread(people.account_of(request), limit=1000), now=now())
    return redirect("notices:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose the channels beside the inbox."""
    account = people.account_of(request)
    kept = queries.preference(account)
    start = {"sms": kept.sms, "email": kept.email, "address": kept.address, "seen": kept.version}
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        try:
            services.prefer(account, **form.cleaned_data)
        except Refusal as refused:
            at = "address" if refused.key == "email_missing" else None
            form.add_error(at, sentence(refused, language=get_language() or ""))
            if refused.key == "stale":
                kept = queries.preference(account)
                present = {"sms": kept.sms, "email": kept.email, "address": kept.address}
                tell_meanwhile(form, present=present, seen=kept.version)
        else:
            messages.success(request, _("已保存。以后的消息会按您选的方式通知您。"))
            return redirect("notices:inbox")
    return render(request, "notices/preferences.html", {"form": form})


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Show what the stand-in kept instead of sending it. Exists in the demonstration only."""
    if not settings.DEMO:
        raise Http404
    return render(request, "notices/outbox.html", {"letters": services.sunk()})
