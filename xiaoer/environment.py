"""What settings.py reads: the environment by typed functions that fail loudly, and the keys that are kept in var/."""

import base64
import json
import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("XIAOER_VAR", BASE_DIR / "var"))


def env_bool(name: str) -> bool:
    value = os.environ.get(name, "no").lower()
    if value not in {"yes", "no"}:
        raise ValueError(f"{name} must be yes or no, not {value!r}")
    return value == "yes"


def env_list(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def env_json(name: str, default: str) -> str:
    """Return the text of a JSON object from the environment. Raises ValueError when it is none."""
    text = os.environ.get(name, default)
    try:
        known = isinstance(json.loads(text), dict)
    except ValueError:
        known = False
    if not known:
        raise ValueError(f"{name} must be a JSON object")
    return text


def env_limits(name: str, known: dict[str, int]) -> dict[str, int]:
    """Return the known limits, some of them changed by ``name=number`` between commas."""
    said = dict(pair.split("=", 1) for pair in env_list(name, ""))
    if unknown := set(said) - set(known):
        raise ValueError(f"{name} knows {', '.join(known)}, not {', '.join(sorted(unknown))}")
    return known | {key: int(number) for key, number in said.items()}


def kept_secret(name: str, file: str) -> str:
    """Return the secret from the environment, else from var/, made there on first use (readable by the owner only)."""
    if name in os.environ:
        return os.environ[name]
    path = VAR_DIR / file
    try:
        return path.read_text()
    except FileNotFoundError:
        VAR_DIR.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(base64.b64encode(secrets.token_bytes(32)).decode())
    except FileExistsError:
        pass
    return path.read_text()


def kept_list(name: str, file: str) -> list[str]:
    """Return what stands in the environment between commas, else line by line in a file of var/, else nothing."""
    if name in os.environ:
        return env_list(name, "")
    path = VAR_DIR / file
    return path.read_text().split() if path.exists() else []
