"""Whether what the platform needs of others is in order: address, mail, text messages, payment, papers.  # bilingual"""

import smtplib
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import typst
from django.conf import settings
from django.core.mail import get_connection
from django.utils.module_loading import import_string

from xiaoer.notices import services as notices

from ..rules import Finding, Pair, State

SECONDS = 5
STAND_INS = {"xiaoer.notices.services.channels.Sink", "xiaoer.cases.services.pay_stand_in.ADAPTER"}
Check = Callable[[datetime, bool], Finding]


def condition(*, now: datetime, deep: bool) -> list[Finding]:
    """Look at everything; with deep also try it."""
    return [check(now, deep) for check in (address, mail, sms, payment, papers)]


ADDRESS = ("网址和加密", "address and encryption")


def address(now: datetime, deep: bool) -> Finding:  # noqa: FBT001 - one shape for all checks
    """Whether the public address is one that others can reach, encrypted, and nothing is on that shows too much."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if settings.DEBUG:
        return Finding(ADDRESS, "bad", ("XIAOER_DEBUG 开着", "XIAOER_DEBUG is on"), ("去掉它", "unset it"))
    if settings.DEMO:
        said = ("这是演示：谁都能看到验证码", "this is a demonstration: everybody sees the codes")
        return Finding(ADDRESS, "warning", said, ("正式使用前去掉 XIAOER_DEMO", "unset XIAOER_DEMO before real use"))
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        said = (f"XIAOER_HOSTS 里没有 {host}", f"{host} is not in XIAOER_HOSTS")
        return Finding(ADDRESS, "bad", said, (f"XIAOER_HOSTS={host}",) * 2)
    if host in {"localhost", "127.0.0.1"} or not settings.HTTPS:
        said = (f"{settings.PUBLIC_URL}，没有对外加密", f"{settings.PUBLIC_URL}, not encrypted for the public")
        way_out = ("设 XIAOER_PUBLIC_URL、XIAOER_HTTPS、XIAOER_PROXIES，见 docs/howto/deploy.md",) * 2
        return Finding(ADDRESS, "warning", said, way_out)
    return Finding(ADDRESS, "good", (settings.PUBLIC_URL,) * 2)


MAIL = ("邮件", "mail")


def mail(now: datetime, deep: bool) -> Finding:  # noqa: FBT001
    """Whether mail goes out; deep: whether the server takes our name."""
    if settings.MESSAGE_CHANNELS["email"] in STAND_INS:
        said = ("没有接通，只存在 var/sink", "not set up: only kept in var/sink")
        return Finding(MAIL, "warning", said, ("设 XIAOER_SMTP", "set XIAOER_SMTP"))
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if deep:
        try:
            way = get_connection(timeout=SECONDS)
            way.open()
            way.close()
        except (OSError, smtplib.SMTPException) as fault:
            said = (f"{place} 没有接受（{type(fault).__name__}）", f"{place} does not take us ({type(fault).__name__})")
            return Finding(MAIL, "bad", said, ("核对 XIAOER_SMTP 的地址和密码", "check XIAOER_SMTP"))
    return Finding(MAIL, "good", (place, place))


SMS = ("短信", "text messages")


def sms(now: datetime, deep: bool) -> Finding:  # noqa: FBT001
    """Whether text messages go out; deep: whether the gateway can be reached. Nothing is sent: it would cost."""
    if settings.MESSAGE_CHANNELS["sms"] in STAND_INS:
        said = ("没有接通：群众不能用手机号注册", "not set up: nobody can sign up by phone")
        return Finding(SMS, "warning", said, ("见 docs/howto/sms.md", "see docs/howto/sms.md"))
    where = urlsplit(str(settings.SMS["url"]))
    place = where.hostname or settings.MESSAGE_CHANNELS["sms"]
    if deep and where.hostname:
        try:
            port = where.port or (443 if where.scheme == "https" else 80)
            socket.create_connection((where.hostname, port), timeout=SECONDS).close()
        except OSError as fault:
            said = (f"连不上 {place}（{type(fault).__name__}）", f"{place} cannot be reached ({type(fault).__name__})")
            return Finding(SMS, "bad", said, ("核对 XIAOER_SMS_URL 和防火墙", "check XIAOER_SMS_URL and the firewall"))
    return Finding(SMS, "good", (place, place))


PAYMENT = ("缴费", "payment")


def payment(now: datetime, deep: bool) -> Finding:  # noqa: FBT001
    """Whether bills can be paid online, and by a real provider."""
    name = settings.PAYMENT
    if not name:
        said = ("只能在窗口缴费", "at the window only")
        return Finding(
            PAYMENT, "warning", said, ("要网上缴费就设 XIAOER_PAYMENT", "for paying online set XIAOER_PAYMENT")
        )
    try:
        import_string(name)
    except ImportError:
        return Finding(
            PAYMENT, "bad", (f"没有 {name}", f"there is no {name}"), ("改 XIAOER_PAYMENT", "mend XIAOER_PAYMENT")
        )
    if name in STAND_INS:
        said = ("用的是演示替身，收不到钱", "the demonstration's stand-in: no money arrives")
        state: State = "warning" if settings.DEMO else "bad"
        return Finding(PAYMENT, state, said, ("改 XIAOER_PAYMENT", "mend XIAOER_PAYMENT"))
    provider = name.rpartition(".")[2]
    return Finding(PAYMENT, "good", (provider, provider))


PAPERS = ("文书字体和签章", "fonts, typesetting and signing")
AGAIN = ("重新安装：删去 .venv 再运行 ./run", "install anew: remove .venv, then ./run")


def papers(now: datetime, deep: bool) -> Finding:  # noqa: FBT001
    """Whether papers can be set and signed; deep: set a sheet, sign it with a throwaway name and check it."""
    if not Path(notices.font_folder()).is_dir():
        return Finding(PAPERS, "bad", ("没有字体", "no fonts"), AGAIN)
    ends = notices.authority_ends()
    if ends < now:
        said = (f"签章机构的证书已于{ends:%Y-%m-%d}到期", f"the authority's certificate ended on {ends:%Y-%m-%d}")
        return Finding(PAPERS, "bad", said, ("换上新证书（var/signing）", "put a new one into var/signing"))
    if deep:
        try:
            made = notices.specimen(at=now)
        except (OSError, RuntimeError, ValueError, typst.TypstError) as fault:
            said = (f"排不了版（{type(fault).__name__}）", f"typesetting fails ({type(fault).__name__})")
            return Finding(PAPERS, "bad", said, AGAIN)
        if notices.check_signature(made) != "intact":
            return Finding(PAPERS, "bad", ("签章验证不过", "the signature does not hold"), AGAIN)
    said = (f"正常，证书到{ends:%Y-%m-%d}", f"in order, certificate until {ends:%Y-%m-%d}")
    return Finding(PAPERS, "good", said)


def worst(found: list[Finding]) -> Pair | None:
    """Return what the first bad finding is about, None when nothing is bad."""
    return next((one.what for one in found if one.state == "bad"), None)
