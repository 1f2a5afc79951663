"""Every page type of the platform, as addresses on a demonstration with some past, and who may open them."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.conftest import PASSWORD, Platform, filled
from tests.e2e.tour_begun import desk, filling, newcomers
from tests.e2e.tour_rows import Rows, of_rows, walk_ins
from tests.e2e.visit import Stop

BUNDLE = "/bundles/360481000000/open_restaurant/"


OPEN_TO_ALL = (
    Stop("home, signed out", "/"), Stop("find", "/find/?q=餐饮"), Stop("find nothing", "/find/?q=喵喵喵喵"),
    Stop("services", "/services/"), Stop("bundle guide", BUNDLE), Stop("bundle question", BUNDLE + "questions/"),
    Stop("check", "/check/"), Stop("verify", "/verify/"),
    Stop("verify unknown", "/verify/AFQ5F2J0YP2CVF6RRAJ9", status=404),
    Stop("verify receipt", "/verify/receipt/"), Stop("help", "/help/"), Stop("contact", "/contact/"),
    Stop("halls near by", "/places/"),
    Stop("privacy", "/privacy/"), Stop("accessibility", "/accessibility/"), Stop("sign in", "/account/login/"),
    Stop("sign in by code", "/account/login/code/"), Stop("sign up", "/account/signup/"),
    Stop("forgotten", "/account/password/reset/"), Stop("404", "/nowhere/", status=404),
    Stop("halls of a county", "/places/?region=360481000000"),
    Stop("organs of a county", "/places/organs/?region=360481000000"),
    Stop("wrong password", "/account/login/", typed=(("login", "13800000001"), ("password", "wrong"))),
    Stop("code by text message", "/account/login/code/", typed=(("phone", "13800000001"),)),
    Stop("signed up wrongly", "/account/signup/", typed=(("phone", "138"),)),
    Stop("second factor", "/account/login/", typed=(("login", "clerk"), ("password", PASSWORD))),
    Stop("verify nothing", "/verify/", typed=(("number", ""),)), Stop("verify a strange file", "/verify/", typed=(
        ("paper", "docs/tutorial/first-application.md"),)), Stop("verify no receipt", "/verify/receipt/", typed=()),
    Stop("topic", "/services/topics/transport/"), Stop("inactive", "/account/inactive/"),
    Stop("refused by the form's own key", "/account/login/", status=403, typed=(("csrfmiddlewaretoken", "x"),)),
    Stop("components", "/design/"), Stop("desk components", "/design/desk/"), Stop("demo codes", "/demo/codes/"),
)  # fmt: skip
OF_A_PERSON = (
    Stop("start", "/apply/bundle/360481000000/open_restaurant/", "13800000060"),
    Stop("me", "/me/", "13800000001"), Stop("me: person", "/me/person/", "13800000001"),
    Stop("me: password", "/me/password/", "13800000001"), Stop("firms", "/me/firms/", "13800000001"),
    Stop("new firm", "/me/firms/new/", "13800000001"), Stop("inbox", "/messages/", "13800000001"),
    Stop("message preferences", "/messages/preferences", "13800000001"),
    Stop("address book", "/me/recipients/", "13800000001"),
    Stop("new recipient", "/me/recipients/new/", "13800000001"),
    Stop("home, signed in", "/", "13800000001"), Stop("my cases", "/my/", "13800000001"),
    Stop("licences", "/licences/", "13800000001"), Stop("no cases", "/my/", "13800000060"),
    Stop("me: language and type", "/me/preferences/", "13800000001"),
    Stop("me: sign out", "/account/logout/", "13800000001"),
    Stop("me: change password", "/account/password/change/", "13800000001"),
    Stop("me: changed password wrongly", "/account/password/change/", "13800000001", typed=()),
    Stop("me: change telephone", "/account/phone/change/", "13800000001"),
    Stop("me: are you still there", "/account/reauthenticate/", "13800000001"),
    Stop("me: sign in by code once more", "/me/sign-in-again/", "13800000001"),
    Stop("me: security", "/account/2fa/", "13800000001"),
    Stop("no passkeys", "/account/2fa/webauthn/", "13800000001"),
    Stop("new passkey", "/account/2fa/webauthn/add/", "13800000001"),
    Stop("new firm, wrong", "/me/firms/new/", "13800000001", status=422, typed=()), Stop("outbox", "/messages/outbox"),
    Stop("no licences", "/licences/", "13800000060"), Stop("no messages", "/messages/", "13800000060"),
)  # fmt: skip
OF_OFFICERS = (
    Stop("desk queue", "/desk/", "clerk"), Stop("desk queue of a reviewer", "/desk/", "market-reviewer"),
    Stop("desk queue of an approver", "/desk/", "market-approver"), Stop("desk find", "/desk/find/?q=李", "clerk"),
    Stop("desk window", "/desk/window/", "clerk"), Stop("desk keys", "/desk/keys/", "clerk"),
    Stop("persons", "/persons/", "clerk"), Stop("new person", "/persons/new/", "clerk"),
    Stop("staff", "/staff/", "operator"), Stop("new staff", "/staff/new/", "operator"),
    Stop("organs", "/organs/", "operator"), Stop("new organ", "/organs/new/", "operator"),
    Stop("halls", "/network/halls/", "operator"), Stop("calendars", "/calendars/", "operator"),
    Stop("regions", "/network/regions/", "operator"), Stop("find regions", "/network/regions/?q=镇", "operator"),
    Stop("region", "/network/regions/360481000000/", "operator"),
    Stop("new region", "/network/regions/new/", "operator"),
    Stop("import regions", "/network/regions/import/", "operator"),
    Stop("rename region", "/network/regions/360481100000/rename/", "operator"),
    Stop("end region", "/network/regions/360481100000/end/", "operator"),
    Stop("zones", "/network/zones/", "operator"), Stop("new zone", "/network/zones/new/", "operator"),
    Stop("zone", "/network/zones/360481400000/", "operator"),
    Stop("end zone", "/network/zones/360481400000/end/", "operator"),
    Stop("self check", "/oversight/condition/", "operator"),
    Stop("new calendar", "/calendars/new/", "operator"), Stop("deliveries", "/oversight/deliveries/", "operator"),
    Stop("deliveries: failing", "/oversight/deliveries/?show=failing", "operator"),
    Stop("deliveries: timers", "/oversight/deliveries/?show=timers", "operator"),
    Stop("new staff, wrong", "/staff/new/", "operator", status=422, typed=()),
    Stop("new organ, wrong", "/organs/new/", "operator", status=422, typed=()),
    Stop("new calendar, wrong", "/calendars/new/", "operator", status=422, typed=()),
    Stop("new person, wrong", "/persons/new/", "clerk", status=422, typed=()),
    Stop("several to accept", "/desk/", "clerk", typed=()),
    Stop("security of an officer", "/account/2fa/", "fire-reviewer"),
    Stop("factor once more", "/account/2fa/reauthenticate/", "fire-reviewer"),
    Stop("factor off", "/account/2fa/totp/deactivate/", "fire-reviewer"),
    Stop("new recovery codes", "/account/2fa/recovery-codes/generate/", "fire-reviewer"),
    Stop("recovery codes", "/account/2fa/recovery-codes/generate/", "fire-reviewer", typed=()),
    Stop("feed", "/oversight/feed/", "operator"), Stop("site", "/site/", "operator"),
)  # fmt: skip


NO_PAGE = {
    "admin:*": "Django's own pages for reference data", "api-1:*": "for machines; test_api_contract",
    "account_set_password": "leads on: every account has a password from the start",
    "account_verify_phone": "needs a code by text message to a number that nobody has yet",
    "cases:desk_checklist": "answers to a post: back to the case",
    "cases:desk_note": "answers to a post: back to the case", "cases:desk_paper": "a file",
    "cases:desk_reveal": "answers to a post: the case with one value shown",
    "cases:desk_take_back": "answers to a post: back to the case", "cases:desk_window_begin": "leads to the form",
    "cases:desk_question_paper": "a file", "cases:document": "a file", "cases:draft": "leads to the next question",
    "cases:own_paper": "a file", "cases:question_paper": "a file",
    "cases:paid": "leads back to the bill", "cases:paper_file": "a file", "cases:pay": "leads to the provider",
    "cases:payment_notice": "for the provider", "cases:take_back": "answers to a post: back to the case",
    "catalogue:bundle_pdf": "a file", "catalogue:service_pdf": "a file", "catalogue:suggest": "a part of a page",
    "design:choose": "leads back to where one was", "evaluation:rate_case": "leads to the rating",
    "licences:file": "a file", "mfa_download_recovery_codes": "a file",
    "mfa_edit_webauthn": "needs a passkey, which headless Chromium makes for host names only",
    "mfa_login_webauthn": "for the script of the sign-in page", "mfa_reauthenticate_webauthn": "needs a passkey",
    "mfa_remove_webauthn": "needs a passkey", "notices:follow": "leads to what the message is about",
    "notices:read_all": "leads back to the inbox", "oversight:health": "for monitors",
    "oversight:retry": "leads back to the list", "people:hall_reopen": "needs a closed hall",
    "people:person_verify": "leads back to the person",
    "people:recipient_remove": "leads back to the address book",
    "people:reset_decide": "leads back to the staff",
    "people:sign_out_others": "answers to a post: back to the account", "verify:authority": "a file",
}  # fmt: skip
"""Addresses that show no page of their own, or none that can be shown here -> why."""
RESTAURANTS = 36
"""As many as it takes until one was refused, one lapsed and one is suspended."""


def lived_in(var: Path) -> Iterator[Platform]:
    """Serve a demonstration with some past; let its worker make the papers that are still to be made."""
    with filled(var, "--restaurants", str(RESTAURANTS)) as made:
        try:
            made.serve()
            yield made
        finally:
            made.stop()


def stops(platform: Platform, chromium: Browser) -> list[Stop]:
    """Return every stop, after somebody has begun an application."""
    rows = Rows(platform)
    found = [*OPEN_TO_ALL, *OF_A_PERSON, *OF_OFFICERS, *of_rows(rows)]
    for begun in (filling, newcomers):
        found += begun(platform, chromium)
    return [*found, *desk(rows, platform, chromium), *walk_ins()]
