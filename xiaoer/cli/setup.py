"""xiaoer setup: a first run without demo data: calendar, region, organ, site, operator.  # bilingual

What is not given as a flag is asked when somebody sits before it. Running it again changes nothing that exists.
"""

import argparse
import getpass
import os
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

BEGINNING = date(2000, 1, 1)
"""Since when the region and its organ are known here; the true dates are entered in the pages when they matter."""

WORDS = {
    "site_name": ("网站名称（例如 瑞昌政务服务）", "name of the site"),
    "region": ("所在地区的12位代码（例如 360481000000）", "12-digit code of the region"),
    "operator": ("系统管理员的工号（字母和数字）", "staff number of the operator"),
}
LATER = {"organ_code": ("机关的统一社会信用代码（以后再填就按回车）", "its credit code (Enter: later)")}
"""What may be left open, and is asked only when somebody sits before it."""


@dataclass(frozen=True)
class Wanted:
    """What to set up. region_names: from the province down to the region, for those that are not known yet."""

    site_name: str
    region: str
    region_names: list[str]
    regions: str
    organ: str
    organ_code: str
    operator: str
    password: str


class Unusable(Exception):
    """Something said cannot be used: a sentence in both languages."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("setup", help="set up an empty installation with its first operator")
    parser.add_argument("--site-name", help="the platform's name, on every page")
    parser.add_argument("--region", help="12-digit code of the region whose platform this is")
    parser.add_argument("--region-name", default="", help="its name, or all names from the province down: 省/市/县")
    parser.add_argument("--regions", default="", help="CSV file of more regions: code,parent_code,level,name")
    parser.add_argument("--organ", default="", help="name of the organ that runs the platform")
    parser.add_argument("--organ-code", default="", help="its unified social credit code")
    parser.add_argument("--operator", help="staff number with which the operator signs in")
    parser.add_argument("--password", help="the operator's password (seen by other users of the machine)")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Set up what is missing and print what to do next; 2 when something said cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoer.settings")
    import django  # noqa: PLC0415 - settings must be said first

    django.setup()
    from xiaoer.cli.prepare import prepare  # noqa: PLC0415
    from xiaoer.kernel.refusal import Refusal, sentence  # noqa: PLC0415

    try:
        wanted = _wanted(arguments)
        prepare()
        _print(_set_up(wanted), wanted)
    except Unusable as unusable:
        print(unusable, file=sys.stderr)
        return 2
    except Refusal as refused:
        print(sentence(refused), sentence(refused, language="en"), sep="\n", file=sys.stderr)
        return 2
    return 0


def _wanted(arguments: argparse.Namespace) -> Wanted:
    """Return what is wanted, asked for where no flag says it. Raises Unusable before anything is written."""
    said = {name: getattr(arguments, name) or _ask(name) for name in WORDS}
    if not re.fullmatch(r"\d{12}", said["region"]):
        raise Unusable(f"地区代码应为12位数字，现在是“{said['region']}”。\nThe region code must have 12 digits.")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{2,39}", said["operator"]):
        raise Unusable("工号用3到40个字母和数字。\nA staff number has 3 to 40 letters and digits.")
    organ_code = arguments.organ_code or (_ask("organ_code") if sys.stdin.isatty() else "")
    if organ_code:
        _check_code(organ_code)
    names = _region_names(said["region"], arguments.region_name)
    password = _password(arguments, said["operator"])
    return Wanted(
        said["site_name"], said["region"], names, arguments.regions, arguments.organ or f"{names[-1]}政务服务管理局",
        organ_code.upper(), said["operator"], password,
    )  # fmt: skip


def _ask(name: str) -> str:
    zh, en = (WORDS | LATER)[name]
    flag = f"--{name.replace('_', '-')}"
    if not sys.stdin.isatty():
        raise Unusable(f"缺少 {flag}：{zh}。\n{flag} is missing: {en}.")
    return input(f"{zh} / {en}: ").strip()


def _check_code(code: str) -> None:
    from xiaoer.kernel import codes, refusal  # noqa: PLC0415

    if fault := codes.check_uscc(code.upper()):
        raise Unusable(f"--organ-code：{refusal.sentence(fault)}\n{refusal.sentence(fault, language='en')}")


def _region_names(region: str, said: str) -> list[str]:
    """Return the names from the province down to the region; missing ones from the national list of six digits."""
    from xiaoer.network.rules import ancestors  # noqa: PLC0415

    codes = [*ancestors(region), region]
    given = [name.strip() for name in said.split("/") if name.strip()]
    names = [_listed_name(code) for code in codes]
    names[len(names) - len(given) :] = given
    if len(given) > len(codes) or not all(names):
        raise Unusable(
            f"不知道 {region} 的名称。请用 --region-name 从省写起，例如 江西省/九江市/瑞昌市。\n"
            f"The names of {region} are not known. Give --region-name from the province down: 江西省/九江市/瑞昌市."
        )
    return names


def _listed_name(code: str) -> str:
    """Return the name of a province, city or county in the national list; empty for others."""
    from stdnum import numdb  # noqa: PLC0415

    if code[6:] != "000000":
        return ""
    found = numdb.get("cn/loc").info(code[:6])
    if code[2:6] == "0000":
        return str(found[0][1].get("province", ""))
    last = str(found[-1][1].get("county", "")).split(",")[-1] if len(found) > 1 else ""
    return re.sub(r"\[.*?\]", "", last)


def _password(arguments: argparse.Namespace, operator: str) -> str:
    """Return the operator's password: given, read, or typed twice. Raises Unusable for a weak one."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif arguments.password is not None:
        password = arguments.password
    elif sys.stdin.isatty():
        password = getpass.getpass("密码 / password: ")
        if password != getpass.getpass("再输一次 / again: "):
            raise Unusable("两次输入的密码不一样。\nThe two passwords differ.")
    else:
        raise Unusable("缺少密码：用 --password-stdin。\nThe password is missing: use --password-stdin.")
    try:
        validate_password(password)
    except ValidationError as weak:
        raise Unusable(f"密码太弱：{' '.join(weak.messages)}\nThe password is too weak.") from None
    if operator.lower() in password.lower():
        raise Unusable("密码里不要有工号。\nThe password must not hold the staff number.")
    return password


def _set_up(wanted: Wanted) -> str:
    """Make what is missing, all or nothing; return the new operator's TOTP secret, empty when he exists already."""
    from django.db import transaction  # noqa: PLC0415

    from xiaoer.journal import edge  # noqa: PLC0415
    from xiaoer.journal.services import Actor  # noqa: PLC0415
    from xiaoer.network import services as network  # noqa: PLC0415

    by, now = Actor("setup"), edge.now()
    with transaction.atomic():
        network.publish_national(by=by, now=now)
        network.import_regions(_rows(wanted), valid_from=BEGINNING, by=by, now=now)
        organ = _organ(wanted, by, now)
        _site(wanted, by, now)
        return _operator(wanted, organ, by, now)


def _rows(wanted: Wanted) -> list[Any]:
    """Return the regions of the file, and the region and those above it that are not known yet."""
    from xiaoer.kernel.refusal import Refusal  # noqa: PLC0415
    from xiaoer.network import queries, rules, services  # noqa: PLC0415

    codes = [*rules.ancestors(wanted.region), wanted.region]
    rows = services.region_rows(_lines(wanted.regions))
    listed = {row.code for row in rows}
    for place, code in enumerate(codes):
        if code in listed:
            continue
        try:
            queries.region(code)
        except Refusal:
            above = codes[place - 1] if place else ""
            rows.append(rules.RegionRow(place + 1, code, above, rules.level_of(code), wanted.region_names[place]))
    return rows


def _lines(file: str) -> list[str]:
    """Return the lines of the file of regions; none when none was named. Raises Unusable when it cannot be read."""
    try:
        return Path(file).read_text(encoding="utf-8-sig").splitlines() if file else []
    except (OSError, UnicodeDecodeError) as fault:
        raise Unusable(f"读不了 {file}：{fault}\n{file} cannot be read.") from None


def _organ(wanted: Wanted, by: Any, now: datetime) -> Any:
    """Return the organ that runs the platform, found by its code or name, else made."""
    from xiaoer.network import queries, services  # noqa: PLC0415

    found = queries.organ_by_uscc(wanted.organ_code) if wanted.organ_code else None
    found = found or next((one for one in queries.organs_in(wanted.region) if one.name == wanted.organ), None)
    return found or services.create_organ(
        name=wanted.organ, short_name=wanted.organ, uscc=wanted.organ_code, region_code=wanted.region, kind="bureau",
        valid_from=BEGINNING, by=by, now=now,
    )  # fmt: skip


def _site(wanted: Wanted, by: Any, now: datetime) -> None:
    from xiaoer.portal import events, queries, services  # noqa: PLC0415

    if queries.stored_site() is None:
        said = events.SiteDescribed(wanted.region, wanted.site_name, "", "", "", "", "", "")
        services.describe_site(said, by=by, now=now)


def _operator(wanted: Wanted, organ: Any, by: Any, now: datetime) -> str:
    """Make the operator with his posts and second factor; return its secret, empty when the staff number is taken."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret  # noqa: PLC0415

    from xiaoer.kernel.refusal import Refusal  # noqa: PLC0415
    from xiaoer.people import services  # noqa: PLC0415

    try:
        account = services.create_officer(username=wanted.operator, name=wanted.operator, password=wanted.password)
    except Refusal:
        return ""
    services.set_password(account, wanted.password)
    secret: str = generate_totp_secret()
    services.enrol_factor(account, secret=secret)
    for role in ("operator", "organ_admin"):
        services.assign_post(account, role=role, organ=organ, valid_from=BEGINNING, by=by, now=now)
    return secret


def _print(secret: str, wanted: Wanted) -> None:
    """Print the secret, this once, and what to do next."""
    import segno  # noqa: PLC0415

    print(f"{wanted.site_name} · {'/'.join(wanted.region_names)} · {wanted.organ}")
    if secret:
        address = f"otpauth://totp/{wanted.operator}?secret={secret}&issuer=Xiaoer"
        print("\n用手机验证器扫一扫，只显示这一次 / scan with an authenticator app, shown this once:")
        print(secret, address, sep="\n")
        segno.make(address, error="l").terminal(compact=True)
    else:
        print(f"工号 {wanted.operator} 已经存在，没有改动 / {wanted.operator} exists already and was left alone")
    if not wanted.organ_code:
        print(
            f"\n{wanted.organ} 还没有统一社会信用代码：到 /organs/ 打开它补上，否则不能公布它的事项\n"
            f"{wanted.organ} has no credit code yet: enter it at /organs/, else its services cannot be published"
        )
    print(
        "\n接下来 / next:\n"
        "  ./run xiaoer serve                      启动网站和后台 / serve pages and worker\n"
        f"  /account/login/                         用工号 {wanted.operator} 登录 / sign in\n"
        "  /site/  /organs/  /staff/               地址、机关大厅、人员 / address, organs, halls, staff\n"
        "  ./run xiaoer catalogue import FILE      导入事项草稿 / import services as drafts\n"
        "  ./run xiaoer catalogue publish          公布事项 / publish them\n"
        "  ./run xiaoer check                      看还缺什么 / see what is not in order yet\n"
        "docs/tutorial/first-county.md"
    )
