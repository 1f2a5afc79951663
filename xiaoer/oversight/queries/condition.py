"""Whether what the platform stands on is in order: database, keys, folders, clock, calendar, worker.  # bilingual

For the command `xiaoer check` and the operator's page. Nothing here is personal, and no secret is shown.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from xiaoer.journal import queries as journal
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network.rules import NATION
from xiaoer.people import queries as people
from xiaoer.people.rules import day_of

from .. import rules
from ..rules import Finding, Pair
from . import outside

Check = Callable[[datetime], Finding]


def condition(*, now: datetime, deep: bool) -> list[Finding]:
    """Look at everything. deep: also speak to mail and SMS servers, set a paper in type and sign it (slow, 100 MB)."""
    return [*_guarded(CHECKS, now), *outside.condition(now=now, deep=deep)]


def _guarded(checks: tuple[tuple[Pair, Check], ...], now: datetime) -> Iterator[Finding]:
    for what, check in checks:
        try:
            yield check(now)
        except DatabaseError as fault:
            said = (
                f"数据库没有回答（{type(fault).__name__}）",
                f"the database does not answer ({type(fault).__name__})",
            )
            yield Finding(what, "bad", said, DATABASE_AWAY)


DATABASE = ("数据库", "database")
DATABASE_AWAY = (
    "看 XIAOER_DATABASE_URL 对不对，数据库服务启动了没有；表不存在就运行 ./run xiaoer django migrate",
    "see whether XIAOER_DATABASE_URL is right and the server runs; without tables: ./run xiaoer django migrate",
)


def database(now: datetime) -> Finding:
    """Whether it answers, is new enough, and keeps the running platform from changing the journal."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = f"SQLite {cursor.fetchone()[0]}"
            return Finding(DATABASE, "good", (version, version))
        cursor.execute("SELECT current_setting('server_version'), has_table_privilege('journal_entry', 'UPDATE')")
        number, may_change = cursor.fetchone()
    version = f"PostgreSQL {number}"
    if may_change:
        return Finding(
            DATABASE, "warning",
            (f"{version}；平台所用的角色能改流水", f"{version}; the platform's role could change the journal"),
            ("给平台另建角色，运行 ./run xiaoer database grant 角色", "./run xiaoer database grant ROLE"),
        )  # fmt: skip
    return Finding(DATABASE, "good", (version, version))


MIGRATIONS = ("数据表版本", "migrations")


def migrations(now: datetime) -> Finding:
    """Whether every migration of the program is applied."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        said = (f"还有{len(missing)}个没有应用", f"{len(missing)} are not applied")
        way_out = ("./run xiaoer django migrate",) * 2
        return Finding(MIGRATIONS, "bad", said, way_out)
    return Finding(MIGRATIONS, "good", ("都已应用", "all applied"))


KEYS = ("密钥", "keys")


def keys(now: datetime) -> Finding:
    """Whether the keys are long enough, unread by others, and open what is stored."""
    told = {"seal": settings.SEAL_KEY, "index": settings.INDEX_KEY, "receipt": settings.RECEIPT_KEY}
    short = [name for name, key in told.items() if len(key) != 32]
    if short:
        said = (f"{'、'.join(short)} 不是32字节", f"{', '.join(short)}: not 32 bytes")
        return Finding(
            KEYS, "bad", said, ("用原来的密钥，不要新造", "put back the key that was used, do not make another")
        )
    if not people.keys_fit():
        return Finding(
            KEYS, "bad", ("密钥和库里的信息不是一套", "the keys are not those of what is stored"),
            ("把备份里的 seal.key、index.key 放回去，再重新启动", "put back seal.key and index.key from the backup"),
        )  # fmt: skip
    loose = [path.name for path in sorted(Path(settings.VAR_DIR).glob("*.key")) if path.stat().st_mode & 0o077]
    if loose:
        said = (f"别的用户读得到 {'、'.join(loose)}", f"other users can read {', '.join(loose)}")
        return Finding(KEYS, "warning", said, (f"chmod 600 {settings.VAR_DIR}/*.key",) * 2)
    return Finding(KEYS, "good", ("齐全，能打开已存的信息", "complete; they open what is stored"))


FOLDERS = ("文件夹", "folders")


def folders(now: datetime) -> Finding:
    """Whether files can be kept and read again, static files are there, and there is room."""
    home = settings.VAR_DIR
    owner = (f"让运行平台的用户能写 {home}", f"let the platform's user write to {home}")
    try:
        name = default_storage.save("check", ContentFile(b"check"))
        with default_storage.open(name) as kept:
            whole = kept.read() == b"check"
        default_storage.delete(name)
    except OSError as fault:
        return Finding(
            FOLDERS, "bad", (f"存不了文件：{fault.strerror}", f"no file can be kept: {fault.strerror}"), owner
        )
    free = shutil.disk_usage(home).free
    said = (f"能存取文件，剩余空间 {free / 10**9:.1f} GB", f"files are kept and read; {free / 10**9:.1f} GB are free")
    if not whole or free < rules.FREE_BAD:
        return Finding(FOLDERS, "bad", said, ("清理或扩大磁盘", "free or add disk space"))
    if not settings.DEBUG and not os.path.isdir(settings.STATIC_ROOT):  # noqa: PTH112 - may be a name
        gone = ("没有页面样式文件", "the static files of the pages are not there")
        return Finding(FOLDERS, "bad", gone, ("./run xiaoer django collectstatic --noinput",) * 2)
    if free < rules.FREE_WARNS:
        return Finding(FOLDERS, "warning", said, ("清理或扩大磁盘", "free or add disk space"))
    return Finding(FOLDERS, "good", said)


CLOCK = ("时钟", "clock")


def clock(now: datetime) -> Finding:
    """Whether program and database agree on the time, and no entry is later than now."""
    ahead = timedelta(days=settings.DAYS_AHEAD)
    if ahead:
        said = (f"演示时钟，快{ahead.days}天", f"a demonstration's clock, {ahead.days} days ahead")
        return Finding(CLOCK, "warning", said, ("不要设 XIAOER_DAYS_AHEAD", "unset XIAOER_DAYS_AHEAD"))
    latest = journal.latest_at()
    apart = abs((_database_time(now) - now).total_seconds())
    way_out = ("让服务器对时（chrony 或 systemd-timesyncd）", "let the servers set their clocks (chrony, timesyncd)")
    if latest is not None and latest > now + timedelta(seconds=rules.CLOCK_SECONDS):
        said = (f"最后一条流水在{_local(latest)}，比现在还晚", f"the last entry is later than now: {_local(latest)}")
        return Finding(CLOCK, "bad", said, way_out)
    if apart > rules.CLOCK_SECONDS:
        said = (f"和数据库相差{apart:.0f}秒", f"{apart:.0f} s apart from the database")
        return Finding(CLOCK, "bad", said, way_out)
    return Finding(CLOCK, "good", (_local(now),) * 2)


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _database_time(now: datetime) -> datetime:
    """Return the database's own time; SQLite lives on this machine and has none."""
    if connection.vendor == "sqlite":
        return now
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


CALENDAR = ("工作日历", "working calendar")
PUBLISH = (
    "国务院办公厅的放假通知一出，就在 /calendars/new/ 公布", "publish the State Council's notice at /calendars/new/"
)  # fmt: skip


def calendar(now: datetime) -> Finding:
    """Whether this year's days are published, and the next year's: dates beyond are provisional."""
    year = day_of(now).year
    try:
        covered = network.calendar_for(NATION).covered_to
    except Refusal:
        return Finding(CALENDAR, "bad", ("还没有公布", "none is published"), ("./run xiaoer setup",) * 2)
    if covered < date(year, 12, 31):
        return Finding(CALENDAR, "bad", (f"只到{covered.year}年", f"only up to {covered.year}"), PUBLISH)
    if covered < date(year + 1, 12, 31):
        said = (f"{year}年有，{year + 1}年还没有", f"{year} is there, {year + 1} is not yet")
        return Finding(CALENDAR, "warning", said, PUBLISH)
    return Finding(CALENDAR, "good", (f"到{covered.year}年底", f"up to the end of {covered.year}"))


WORKER = ("后台进程", "worker")
START_WORKER = ("运行 ./run xiaoer serve 或 ./run xiaoer worker", "run ./run xiaoer serve, or ./run xiaoer worker")


def worker(now: datetime) -> Finding:
    """Whether a worker came by lately, and nothing waits for the operator."""
    beats = [lease.until for lease in journal.leases() if lease.until]
    if not beats:
        return Finding(WORKER, "bad", ("从来没有运行过", "none has ever run"), START_WORKER)
    age = (now - max(beats)).total_seconds()
    if age > rules.LATE_SECONDS:
        return Finding(
            WORKER, "bad", (f"{age / 60:.0f}分钟没有动静", f"silent for {age / 60:.0f} minutes"), START_WORKER
        )
    backlog = journal.backlog(now)
    if backlog.parked:
        said = (f"在运行；{backlog.parked}个任务停放着", f"runs; {backlog.parked} deliveries are parked")
        return Finding(WORKER, "warning", said, ("到 /oversight/deliveries/ 处理", "see /oversight/deliveries/"))
    return Finding(WORKER, "good", ("在运行", "runs"))


BACKUP = ("备份", "backup")
BACK_UP = ("每天运行 ./run xiaoer backup 文件夹", "run ./run xiaoer backup DIR every day")


def backup(now: datetime) -> Finding:
    """Whether a backup was made lately; its command leaves a note."""
    try:
        noted = json.loads((Path(settings.VAR_DIR) / "backup.json").read_text(encoding="utf-8"))
        made = datetime.fromisoformat(noted["made_at"])
    except (OSError, ValueError, KeyError):
        return Finding(BACKUP, "bad", ("从来没有备份过", "none was ever made"), BACK_UP)
    said = (f"最近一次 {_local(made)}，{noted['folder']}", f"the last {_local(made)}, {noted['folder']}")
    if now - made > rules.BACKUP_LATE:
        return Finding(BACKUP, "bad", said, BACK_UP)
    return Finding(BACKUP, "warning" if now - made > rules.BACKUP_WARNS else "good", said, BACK_UP)


CHECKS: tuple[tuple[Pair, Check], ...] = (
    (DATABASE, database), (MIGRATIONS, migrations), (KEYS, keys), (FOLDERS, folders), (CLOCK, clock),
    (CALENDAR, calendar), (WORKER, worker), (BACKUP, backup),
)  # fmt: skip
