"""Accessibility checks by axe-core, a test asset only: from XIAOER_AXE, else fetched by npm into var/ once."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from playwright.sync_api import Page

VERSION = "axe-core@4"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_file(var: Path) -> Path:
    """Return axe.min.js."""
    if given := os.environ.get("XIAOER_AXE"):
        return Path(given)
    kept = var / "axe.min.js"
    if not kept.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise FileNotFoundError("set XIAOER_AXE to axe.min.js, or install npm")
        packed = subprocess.run([npm, "pack", "--silent", VERSION], cwd=var, check=True, capture_output=True, text=True)
        with tarfile.open(var / packed.stdout.strip().splitlines()[-1]) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            kept.write_bytes(member.read())
    return kept


def violations(page: Page, var: Path, *, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on the page as it is, one line per rule, with the elements; rules: these alone."""
    # Through evaluate, not a script tag: the page's CSP refuses inline script, as it should.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_file(var).read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found = page.evaluate("only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
    return [
        f"{one['id']} ({one['impact']}): {one['help']} — "
        + "; ".join(str(node["target"][0]) for node in one["nodes"][:5])
        for one in found["violations"]
    ]
