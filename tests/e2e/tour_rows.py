"""Stops of what the demonstration holds: guides, applications in each state, bills, licences, records of officers."""

from collections.abc import Iterator

from tests.e2e.conftest import Platform
from tests.e2e.visit import Stop

SOMEBODY, WALKED_IN, NOBODYS = "36048119700716001X", "360481199003017776", "360481199103017773"
"""Document numbers: of the demonstration's first person, of who is entered at the window on the tour, of nobody."""


class Rows:
    """The demonstration's database, read to know which numbers to open."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    def __call__(self, query: str, *values: str) -> list[tuple[str, ...]]:
        return self.platform.rows(query, *values)

    def one(self, query: str, *values: str) -> tuple[str, ...]:
        return self(query + " LIMIT 1", *values)[0]


def login_of(username: str) -> str:
    """Return the telephone number by which a citizen of the demonstration signs in."""
    return f"1380000{int(username.rpartition('-')[2]):04d}"


def hyphened(identity: str) -> str:
    return "-".join((identity[:8], identity[8:12], identity[12:16], identity[16:20], identity[20:]))


def guides(rows: Rows) -> Iterator[Stop]:
    code, _ = rows.one("SELECT code, name FROM catalogue_service WHERE name LIKE '食品经营许可（餐饮服务）%'")
    yield Stop("service guide", f"/services/{code}/")
    yield Stop("service question", f"/services/{code}/questions/")
    (name,) = rows.one("SELECT id FROM catalogue_searchname ORDER BY id")
    yield Stop("who offers a name", f"/find/offers/{hyphened(name)}/")


CASES = (
    "SELECT a.number, c.number, p.username FROM cases_case c JOIN cases_application a ON a.id = c.application"
    " JOIN people_account p ON p.id = a.account WHERE c.state = ? ORDER BY c.received_on DESC"
)


def mine(rows: Rows) -> Iterator[Stop]:
    """The pages of applications in each state, and what can be done there."""
    for state in ("received", "supplementing", "accepted", "special", "granted", "refused", "lapsed",
                  "terminated"):  # fmt: skip
        application, case, owner = rows.one(CASES, state)
        yield Stop(f"application {state}", f"/my/applications/{application}/", login_of(owner))
        if state == "received":
            yield Stop("received", f"/my/applications/{application}/received/", login_of(owner))
            yield Stop("withdraw", f"/my/cases/{case}/withdraw/", login_of(owner))
            yield Stop("ask the organ", f"/my/cases/{case}/questions/", login_of(owner))
            yield Stop("asked nothing", f"/my/cases/{case}/questions/", login_of(owner), typed=())
        if state == "supplementing":
            yield Stop("supplement", f"/my/cases/{case}/supplement/", login_of(owner))
            yield Stop("supplemented nothing", f"/my/cases/{case}/supplement/", login_of(owner), typed=())


def hearings(rows: Rows) -> Iterator[Stop]:
    """A hearing that may be asked for, and one that has its day, for applicant and officers."""
    query = (
        "SELECT c.number, a.number, p.username FROM cases_case c JOIN cases_application a ON a.id = c.application"
        " JOIN people_account p ON p.id = a.account WHERE CAST(c.hearing AS TEXT) LIKE ?"
        " AND c.state IN ('accepted', 'handling') ORDER BY c.received_on DESC"
    )
    case, application, owner = rows.one(query, '%"told_on"%')
    yield Stop("hearing to ask for", f"/my/cases/{case}/hearing/", login_of(owner))
    yield Stop("application with a hearing", f"/my/applications/{application}/", login_of(owner))
    yield Stop("desk record of an asking", f"/desk/cases/{case}/ask_hearing/", "clerk")
    yield Stop("desk asking by nobody", f"/desk/cases/{case}/ask_hearing/", "clerk", 422, (("side", "party"),))
    case, _, owner = rows.one(query, '%"chair"%')
    yield Stop("hearing that has its day", f"/my/cases/{case}/hearing/", login_of(owner))
    yield Stop("desk announcing of a hearing", f"/desk/cases/{case}/set_hearing/", "market-reviewer")
    yield Stop("desk case with a hearing", f"/desk/cases/{case}/", "market-approver")


def talk(rows: Rows) -> Iterator[Stop]:
    """Questions that wait for an answer, on either side, and answered ones."""
    query = (
        'SELECT q.id, c.number, a.number, p.username FROM cases_question q JOIN cases_case c ON c.id = q."case"'
        " JOIN cases_application a ON a.id = c.application JOIN people_account p ON p.id = a.account"
        " WHERE q.side = ? AND q.state = ?"
    )
    question, case, _, owner = rows.one(query, "officer", "open")
    yield Stop("answer the organ", f"/my/cases/{case}/questions/{hyphened(question)}/", login_of(owner))
    question, case, _, _ = rows.one(query, "applicant", "open")
    yield Stop("desk case with a question", f"/desk/cases/{case}/", "city-reviewer")
    yield Stop("ask the applicant", f"/desk/cases/{case}/questions/", "city-reviewer")
    yield Stop("answered nothing", f"/desk/cases/{case}/", "city-reviewer", 422, (("text", ""),))
    _, _, application, owner = rows.one(query, "applicant", "answered")
    yield Stop("application with an answer", f"/my/applications/{application}/", login_of(owner))


def money(rows: Rows) -> Iterator[Stop]:
    """Bills that are due and paid, for who pays and at the desk, and the stand-in of a payment provider."""
    for state in ("due", "paid"):
        bill, application, owner = rows.one(
            "SELECT b.number, a.number, p.username FROM cases_bill b JOIN cases_application a ON a.id = b.application"
            " JOIN people_account p ON p.id = a.account WHERE b.state = ?", state,
        )  # fmt: skip
        yield Stop(f"bill {state}", f"/my/bills/{bill}/", login_of(owner))
        yield Stop(f"desk bill {state}", f"/desk/bills/{bill}/", "clerk")
        yield Stop(f"application with a bill {state}", f"/my/applications/{application}/", login_of(owner))
        if state == "due":
            yield Stop("payment stand-in", f"/my/bills/{bill}/", login_of(owner), typed=())
            yield Stop("paid without a receipt", f"/desk/bills/{bill}/", "clerk", 422, ())


def ratings(rows: Rows) -> Iterator[Stop]:
    """Invitations to rate in each state, and what was said."""
    query = (
        "SELECT i.number, p.username, i.service_code FROM evaluation_invitation i"
        " JOIN people_account p ON p.id = i.account WHERE i.state = ? ORDER BY i.sent_at DESC"
    )
    number, owner, _ = rows.one(query, "open")
    yield Stop("rating", f"/rate/case/{number}/", login_of(owner))
    yield Stop("rated nothing", f"/rate/case/{number}/", login_of(owner), then="?level=")
    yield Stop("rating reasons", f"/rate/case/{number}/", login_of(owner), typed=(("level", "2"),))
    number, owner, code = rows.one(query, "rated")
    yield Stop("thanks for a rating", f"/rate/case/{number}/", login_of(owner))
    yield Stop("ratings of a service", f"/rate/services/{code}/")
    number, owner, _ = rows.one(query, "expired")
    yield Stop("rating closed", f"/rate/case/{number}/", login_of(owner))
    yield Stop("ratings of an organ", "/rate/organ/", "market-approver")
    yield Stop("bad ratings of an organ", "/rate/organ/?only=bad", "market-approver")


def papers(rows: Rows) -> Iterator[Stop]:
    """Licences to their holders, and what anybody is told who verifies."""
    query = (
        "SELECT l.code, p.username, l.number FROM licences_licence l JOIN people_person s ON s.id = l.holder_id"
        " JOIN people_account p ON p.id = s.account_id WHERE l.state = ?"
    )
    code, owner, number = rows.one(query, "valid")
    yield Stop("licences of somebody", "/licences/", login_of(owner))
    yield Stop("licence", f"/licences/{code}/", login_of(owner))
    yield Stop("verify result", f"/verify/{code}")
    yield Stop("verify by number", "/verify/", typed=(("number", number),))
    code, owner, _ = rows.one(query, "revoked")
    yield Stop("licence revoked", f"/licences/{code}/", login_of(owner))
    yield Stop("verify revoked", f"/verify/{code}")
    (code,) = rows.one("SELECT code FROM notices_document WHERE code <> ''")
    yield Stop("verify paper", f"/verify/{code}")


def records(rows: Rows) -> Iterator[Stop]:
    """One record of each kind that officers keep, and what can be done with it."""
    for name, table, path in (
        ("organ", "network_organ", "/organs/{}/"), ("new hall", "network_organ", "/organs/{}/halls/new/"),
        ("end of an organ", "network_organ", "/organs/{}/close/"),
        ("closing of a hall", "network_hall", "/network/halls/{}/close/"),
        ("hall", "network_hall", "/network/halls/{}/"),
        ("new window", "network_hall", "/network/halls/{}/windows/new/"),
        ("window", "network_window", "/network/windows/{}/"), ("calendar", "network_calendarnotice", "/calendars/{}/"),
    ):  # fmt: skip
        (identity,) = rows.one(f"SELECT id FROM {table}")
        yield Stop(name, path.format(hyphened(identity)), "operator")
    (post,) = rows.one(
        "SELECT p.id FROM people_post p JOIN people_account a ON a.id = p.account_id"
        " WHERE a.username = 'bureau-reviewer'"
    )
    for name, act in (
        ("post", ""), ("another post", "add/"), ("end of a post", "end/"), ("new password for staff", "password/"),
        ("reset of a factor", "reset/"),
    ):  # fmt: skip
        yield Stop(name, f"/staff/posts/{hyphened(post)}/{act}", "operator")
    yield Stop(
        "password shown once", f"/staff/posts/{hyphened(post)}/password/", "operator", typed=(("reason", "本人到场"),)
    )
    (firm,) = rows.one(
        "SELECT f.id FROM people_firm f JOIN people_person s ON s.id = f.legal_rep_id"
        " JOIN people_account p ON p.id = s.account_id WHERE p.username = 'person-0001'"
    )
    yield Stop("firm", f"/me/firms/{hyphened(firm)}/", "13800000001")
    yield Stop("new mandate", f"/me/firms/{hyphened(firm)}/grant/", "13800000001")
    (organ,) = rows.one("SELECT organ FROM catalogue_service ORDER BY organ")
    yield Stop("services of an organ", f"/services/organs/{organ}/")


def walk_ins() -> Iterator[Stop]:
    """Somebody at the window, found by the whole number of the document."""
    shown = (("id_kind", "resident"), ("id_number", SOMEBODY))
    yield Stop("person at the desk", "/persons/", "clerk", typed=shown)
    yield Stop("new telephone at the desk", "/persons/", "clerk", typed=shown, then="phone/")
    yield Stop("nobody of that number", "/persons/", "clerk", 422, (("id_number", NOBODYS),))


def of_rows(rows: Rows) -> Iterator[Stop]:
    """Every stop that is found by reading the database."""
    for stops in (guides, mine, hearings, talk, money, ratings, papers, records):
        yield from stops(rows)
