"""xiaoer keys: change the keys of the platform (docs/howto/keys.md).

`rotate seal` makes a new key for personal values; the one before goes to var/seal.old, where it still opens what it
sealed. `reseal` then seals everything anew in batches; it may run beside the platform, be killed and begin again.
`rotate receipt` makes a new key for receipts; the public key before goes to var/receipt.old and stays published.
After a rotation every process of the platform must be started again.
"""

import argparse
import base64
import os
import secrets
import sys
from pathlib import Path

import django

FILES = {"seal": ("XIAOER_SEAL_KEY", "seal"), "receipt": ("XIAOER_RECEIPT_KEY", "receipt")}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the commands."""
    parser = subparsers.add_parser("keys", help="change keys")
    commands = parser.add_subparsers(dest="keys_command", required=True, metavar="COMMAND")
    rotate = commands.add_parser("rotate", help="make a new key and keep what the one before is still needed for")
    rotate.add_argument("which", choices=sorted(FILES))
    rotate.set_defaults(run=run_rotate)
    again = commands.add_parser("reseal", help="seal every personal value with the present seal key")
    again.add_argument("--batch", type=int, default=500, help="rows of one transaction (500)")
    again.set_defaults(run=run_reseal)


def run_rotate(arguments: argparse.Namespace) -> int:
    """Write the two files; return 1 when the key stands in the environment, where only its owner can change it."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - needs django.setup() first

    from xiaoer.journal.services import public_key_of  # noqa: PLC0415

    setting, stem = FILES[arguments.which]
    present = settings.SEAL_KEY if arguments.which == "seal" else settings.RECEIPT_KEY
    old = base64.b64encode(present).decode() if arguments.which == "seal" else public_key_of(present)
    fresh = base64.b64encode(secrets.token_bytes(32)).decode()
    if setting in os.environ:
        print(f"{setting} stands in the environment: put a new one there, and the one before into", file=sys.stderr)
        print(f"{setting.replace('XIAOER_', 'XIAOER_OLD_')}S, by hand (docs/howto/keys.md)", file=sys.stderr)
        return 1
    before = settings.VAR_DIR / f"{stem}.old"
    kept = before.read_text().split() if before.exists() else []
    # The key before is kept first: whoever is killed between the two has lost nothing.
    _write(before, "\n".join([old, *(one for one in kept if one != old)]) + "\n")
    _write(settings.VAR_DIR / f"{stem}.key", fresh)
    print(f"new {arguments.which} key; start every process of the platform again" + _next(arguments.which))
    return 0


def _next(which: str) -> str:
    return ", then: xiaoer keys reseal" if which == "seal" else ""


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_suffix(path.suffix + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def run_reseal(arguments: argparse.Namespace) -> int:
    """Seal everything anew, telling how far it is; every table, second factors, signing keys."""
    django.setup()
    from xiaoer.journal.services import reseal, sealed_models  # noqa: PLC0415 - needs django.setup() first
    from xiaoer.notices.services import reseal_keys  # noqa: PLC0415
    from xiaoer.people.services import reseal_factors  # noqa: PLC0415

    for model in sealed_models():
        done = 0
        for done in reseal(model, batch=arguments.batch):
            print(f"{model._meta.db_table}: {done} values", flush=True)
        if not done:
            print(f"{model._meta.db_table}: nothing to do", flush=True)
    print(f"second factors: {reseal_factors()}")
    print(f"signing keys: {reseal_keys()}")
    print("everything is sealed with the present key: nothing here needs the older ones (backups do)")
    return 0
