"""Who gets which page of people and of the network."""

from tests.roles import PUBLIC, ROLES, SIGNED_IN, Row, Stage
from xiaoer.network import queries as network_queries
from xiaoer.network.tests import make as network
from xiaoer.people import queries

from . import make

ADMINISTRATORS = ("organ_admin", "head", "operator")
CLERKS = ("clerk", "foreign_clerk")
PERSONS = ("owner", "other_person")
OWN_FIRM = lambda stage: {"identity": stage.things["firm"].id}  # noqa: E731
OWN_RECIPIENT = lambda stage: {"identity": stage.things["recipient"].id}  # noqa: E731
OWN_MANDATE = lambda stage: {"identity": stage.things["mandate"].id}  # noqa: E731
OWN_POST = lambda stage: {"identity": stage.things["post"].id}  # noqa: E731
OWN_PERSON = lambda stage: {  # noqa: E731
    "shard": stage.things["owner"].shard, "identity": stage.things["owner"].id
}  # fmt: skip
ALREADY_IN = Row(seen_by=("nobody",), others="elsewhere")

ROWS = {
    "account_login": ALREADY_IN,
    "account_signup": ALREADY_IN,
    "account_request_login_code": ALREADY_IN,
    "account_confirm_login_code": Row(others="elsewhere"),
    "account_logout": Row(seen_by=ROLES[1:], anonymous="elsewhere"),
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reauthenticate": Row(others="refused"),
    "account_verify_phone": Row(others="elsewhere"),
    "account_change_phone": Row(seen_by=ROLES[1:]),
    "account_change_password": Row(others="elsewhere"),
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": Row(others="elsewhere"),
    "mfa_reauthenticate": Row(others="refused"),
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": Row(others="missing"),
    "mfa_view_recovery_codes": Row(others="missing"),
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": Row(others="missing"),
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": Row(others="refused"),
    "mfa_remove_webauthn": Row(args=lambda stage: {"pk": 1}),
    "mfa_edit_webauthn": Row(args=lambda stage: {"pk": 1}),
    "mfa_login_webauthn": Row(others="elsewhere"),
    "people:me": SIGNED_IN,
    "people:person": SIGNED_IN,
    "people:preferences": SIGNED_IN,
    "people:new_password": Row(others="elsewhere"),
    "people:recipients": Row(seen_by=PERSONS, others="elsewhere"),
    "people:recipient_new": Row(seen_by=PERSONS, others="elsewhere"),
    "people:recipient": Row(
        seen_by=("owner",), others="elsewhere", args=OWN_RECIPIENT, instead={"other_person": "missing"}
    ),
    "people:recipient_remove": Row(
        seen_by=("other_person",),
        page="missing",
        others="elsewhere",
        method="post",
        args=OWN_RECIPIENT,
        instead={"owner": "elsewhere"},
    ),
    "people:sign_in_again": SIGNED_IN,
    "people:sign_out_others": Row(others="elsewhere", method="post"),
    "people:firms": Row(seen_by=PERSONS, others="elsewhere"),
    "people:firm_new": Row(seen_by=PERSONS, others="elsewhere"),
    "people:firm": Row(seen_by=PERSONS, others="elsewhere", args=OWN_FIRM),
    "people:mandate_grant": Row(
        seen_by=("owner",), others="elsewhere", args=OWN_FIRM, instead={"other_person": "missing"}
    ),
    "people:mandate_revoke": Row(
        seen_by=("owner",), others="elsewhere", args=OWN_MANDATE, instead={"other_person": "missing"}
    ),
    "people:staff": Row(seen_by=(*ADMINISTRATORS, "foreign_admin")),
    "people:staff_new": Row(seen_by=(*ADMINISTRATORS, "foreign_admin")),
    "people:post": Row(seen_by=ADMINISTRATORS, args=OWN_POST),
    "people:post_add": Row(seen_by=ADMINISTRATORS, args=OWN_POST),
    "people:post_end": Row(seen_by=ADMINISTRATORS, args=OWN_POST),
    "people:password_issue": Row(seen_by=ADMINISTRATORS, args=OWN_POST),
    "people:reset_ask": Row(seen_by=ADMINISTRATORS, args=OWN_POST),
    "people:reset_decide": Row(method="post", args=OWN_POST),
    "people:find": Row(seen_by=CLERKS),
    "people:walk_in": Row(seen_by=CLERKS),
    "people:person_desk": Row(args=OWN_PERSON),
    "people:person_verify": Row(method="post", args=OWN_PERSON),
    "people:person_phone": Row(args=OWN_PERSON),
    "people:organs": Row(seen_by=("operator",)),
    "people:organ_new": Row(seen_by=("operator",)),
    "people:organ": Row(seen_by=("operator",), args=lambda stage: {"identity": stage.organ.id}),
    "people:hall_new": Row(
        seen_by=("operator", "hall_manager", "organ_admin"), args=lambda stage: {"organ_id": stage.organ.id}
    ),
    "people:organ_close": Row(seen_by=("operator",), args=lambda stage: {"identity": stage.organ.id}),
    "people:regions": Row(seen_by=("operator",), query="?q=探针"),
    "people:region": Row(seen_by=("operator",), args=lambda stage: {"code": network.TOWN}),
    "people:region_new": Row(seen_by=("operator",)),
    "people:region_rename": Row(seen_by=("operator",), args=lambda stage: {"code": network.TOWN}),
    "people:region_end": Row(seen_by=("operator",), args=lambda stage: {"code": network.TOWN}),
    "people:regions_import": Row(seen_by=("operator",)),
    "people:zones": Row(seen_by=("operator",)),
    "people:zone_new": Row(seen_by=("operator",)),
    "people:zone": Row(seen_by=("operator",), args=lambda stage: {"code": stage.things["zone"].code}),
    "people:zone_end": Row(seen_by=("operator",), args=lambda stage: {"code": stage.things["zone"].code}),
    "people:hall_close": Row(
        seen_by=("operator", "hall_manager", "organ_admin"), args=lambda stage: {"identity": stage.things["hall"].id}
    ),
    "people:hall_reopen": Row(
        seen_by=("operator", "hall_manager", "organ_admin"),
        page="elsewhere",
        method="post",
        args=lambda stage: {"identity": stage.things["hall"].id},
    ),
    "people:halls": Row(seen_by=("operator", "hall_manager", "organ_admin", "foreign_admin")),
    "people:hall": Row(
        seen_by=("operator", "hall_manager", "organ_admin"), args=lambda stage: {"identity": stage.things["hall"].id}
    ),
    "people:window_new": Row(
        seen_by=("operator", "hall_manager", "organ_admin"), args=lambda stage: {"identity": stage.things["hall"].id}
    ),
    "people:window": Row(
        seen_by=("operator", "hall_manager", "organ_admin"), args=lambda stage: {"identity": stage.things["window"].id}
    ),
    "people:calendars": PUBLIC,
    "people:calendar": Row(seen_by=ROLES, args=lambda stage: {"identity": network_queries.notices()[0].id}),
    "people:calendar_new": Row(seen_by=("operator",)),
    "people:demo_codes": Row(anonymous="missing"),
}


def prepare(stage: Stage) -> None:
    """A firm of the owner with the other person as agent, a clerk's post, a hall with a window, the calendars."""
    things = stage.things
    things["firm"] = make.firm(things["owner"], name=stage.canary("探针餐饮店", *PERSONS))
    things["mandate"] = make.mandate(things["firm"], things["other_person"])
    things["recipient"] = make.recipient(things["owner"], address=stage.canary("探针路8号", "owner"))
    things["post"] = queries.posts_of(stage.accounts["clerk"].id, on=make.TODAY)[0]
    things["hall"] = network.hall(stage.organ)
    things["window"] = network.window(things["hall"])
    things["zone"] = network.zone(name=stage.canary("探针开发区", "operator"))
    network.calendars()
