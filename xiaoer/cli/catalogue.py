"""xiaoer catalogue convert | import | publish | export | index | schema: services and bundles from and to files.

convert   guides published anywhere (JSON lines) become drafts; what each lacks is listed, what cannot be one is refused
import    files become drafts, all or nothing per file; --check only reads; every fault with its place (JSON pointer)
publish   drafts become valid now; each fault of one that cannot is told, the others are published
export    the catalogue, or what is named, in the very text in which it was imported
index     the search tables written anew, batch by batch, while people search: after a release with other search words
schema    JSON Schema of the formats
"""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from xiaoer.catalogue.rules import codec, files, guides
from xiaoer.kernel.conditions import Fault, fault_sentence
from xiaoer.kernel.refusal import Refusal, sentence

from .lines import read_lines


def add(subparsers: Any) -> None:
    """Register the commands."""
    parser = subparsers.add_parser("catalogue", help="services and bundles from and to files", description=__doc__)
    actions = parser.add_subparsers(required=True)
    convert = actions.add_parser("convert", help="published guides (JSON lines) to drafts")
    convert.add_argument("file", metavar="FILE|-")
    convert.add_argument("--to", required=True, type=Path, metavar="OUT.json")
    convert.set_defaults(run=run_convert)
    take = actions.add_parser("import", help="files to drafts, all or nothing per file")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.add_argument("--check", action="store_true", help="only say what would be imported")
    take.add_argument("--json", action="store_true", help="one JSON object")
    take.set_defaults(run=run_import)
    out = actions.add_parser("publish", help="drafts to valid versions, from now on")
    out.add_argument("names", nargs="*", metavar="CODE|KEY", help="services or bundles; none: every draft")
    out.add_argument("--check", action="store_true", help="only say what would be published")
    out.set_defaults(run=run_publish)
    give = actions.add_parser("export", help="the catalogue as a file")
    give.add_argument("names", nargs="*", metavar="CODE|KEY", help="one service or bundle; none: everything")
    give.add_argument("--to", type=Path, metavar="FILE")
    give.set_defaults(run=run_export)
    index = actions.add_parser("index", help="write the search tables anew")
    index.set_defaults(run=run_index)
    schema = actions.add_parser("schema", help="JSON Schema of the formats")
    schema.add_argument("--to", type=Path, metavar="FILE")
    schema.set_defaults(run=run_schema)
    for action in (convert, take, out, give, index, schema):
        action.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")


def run_convert(arguments: argparse.Namespace) -> int:
    """Write the drafts and say the counts, then per guide what it lacks or why it is refused."""
    try:
        made, refused = guides.convert_all(_guide(line) for line in read_lines(arguments.file))
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    arguments.to.write_text(files.file_text(one.snapshot for one in made), encoding="utf-8")
    print(f"converted\t{len(made)}\nrefused\t{len(refused)}")
    for one in made:
        wrong = [f"{fault.path} {fault_sentence(fault, language=arguments.language)}" for fault in one.faults]
        print("\t".join([one.guide, "draft", one.snapshot.name, f"lacks {' '.join(one.lacks)}", *wrong]))
    for name, reason in refused:
        print("\t".join([name, "refused", sentence(reason, language=arguments.language)]))
    return 0


def _guide(line: str) -> Any:
    try:
        return codec.parse(line)
    except codec.Unreadable:
        return None


@dataclass(frozen=True)
class Problem:
    """A fault in a file, for the report."""

    file: str
    fault: Fault

    def as_json(self, language: str) -> dict[str, str]:
        message = fault_sentence(self.fault, language=language)
        return {"file": self.file, "path": self.fault.path, "key": self.fault.key, "message": message}


def run_import(arguments: argparse.Namespace) -> int:
    """Import the files without faults as drafts; exit code 1 when one was refused."""
    importable = refused = 0
    problems: list[Problem] = []
    sound: list[files.ReadFile] = []
    for path in arguments.files:
        try:
            found = files.read_file(path.read_bytes().decode("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            print(error, file=sys.stderr)
            return 2
        problems += [Problem(str(path), fault) for fault in found.faults]
        if found.faults:
            refused += found.documents
        else:
            importable += found.documents
            sound.append(found)
    if not arguments.check:
        _draft(sound)
    told = [problem.as_json(arguments.language) for problem in problems]
    if arguments.json:
        print(json.dumps({"importable": importable, "refused": refused, "problems": told}, ensure_ascii=False))
    else:
        print(f"importable\t{importable}\nrefused\t{refused}")
        print(*[f"{one['file']}\t{one['path']}\t{one['message']}" for one in told], sep="\n", end="\n" if told else "")
    return int(bool(problems))


def _draft(sound: Iterable[files.ReadFile]) -> None:
    django.setup()
    from django.db import transaction  # noqa: PLC0415 - needs django.setup() first

    from xiaoer.catalogue import services  # noqa: PLC0415
    from xiaoer.journal import edge  # noqa: PLC0415
    from xiaoer.journal.services import Actor  # noqa: PLC0415

    for found in sound:
        with transaction.atomic():
            services.draft_all(found.snapshots, by=Actor("console"), now=edge.now())


def run_publish(arguments: argparse.Namespace) -> int:
    """Publish drafts, services before bundles, each by itself; exit code 1 when one cannot be or a name is no draft."""
    django.setup()
    from xiaoer.catalogue import queries  # noqa: PLC0415 - needs django.setup() first

    found = queries.drafts(arguments.names)
    names = [files.identity_of(queries.said(draft))[-1] for draft in found]
    unknown = sorted(set(arguments.names) - set(names))
    for name in unknown:
        print(f"{name}\tno draft", file=sys.stderr)
    refused = 0
    for name, draft in zip(names, found, strict=True):
        faults = _publish(draft, arguments)
        refused += bool(faults)
        word = "refused" if faults else "publishable" if arguments.check else "published"
        print(f"{name}\t{word}\t{queries.said(draft).name}")
        for fault in faults:
            print(f"\t{fault}")
    return int(bool(refused or unknown))


def _publish(draft: Any, arguments: argparse.Namespace) -> list[str]:
    """Publish one draft; return what stands against it: also an organ that is not set up, since nobody could apply."""
    from xiaoer.catalogue import queries, services  # noqa: PLC0415 - needs django.setup() first
    from xiaoer.journal import edge  # noqa: PLC0415
    from xiaoer.journal.services import Actor  # noqa: PLC0415
    from xiaoer.network import queries as network  # noqa: PLC0415

    now, said = edge.now(), queries.said(draft)
    faults = [f"{one.path} {fault_sentence(one, language=arguments.language)}" for one in queries.faults(said, at=now)]
    service = said if isinstance(said, codec.ServiceSnapshot) else None
    if service and service.organ and not network.answering({service.organ}):
        missing = Refusal("version_organ", organ=service.organ_name, code=service.organ)
        faults.append(f"/organ {sentence(missing, language=arguments.language)}")
    if faults or arguments.check:
        return faults
    try:
        if service:
            services.publish_service(draft, valid_from=now, by=Actor("console"), now=now)
        else:
            services.publish_bundle(draft, valid_from=now, by=Actor("console"), now=now)
    except Refusal as refusal:
        return [sentence(refusal, language=arguments.language)]
    return []


def run_export(arguments: argparse.Namespace) -> int:
    """Write everything, or the one service or bundle that is named, or a file of those that are."""
    django.setup()
    from xiaoer.catalogue import queries  # noqa: PLC0415

    found = list(queries.every_snapshot(arguments.names))
    unknown = set(arguments.names) - {files.identity_of(snapshot)[-1] for snapshot in found}
    if unknown:
        print(*sorted(unknown), file=sys.stderr)
        return 1
    single = len(arguments.names) == 1 and len(found) == 1
    _write(codec.text(codec.written(found[0])) if single else files.file_text(found), arguments.to)
    return 0


def run_index(arguments: argparse.Namespace) -> int:
    """Index everything that is published again, and say how many rows were written."""
    django.setup()
    from xiaoer.catalogue import services  # noqa: PLC0415
    from xiaoer.journal import edge  # noqa: PLC0415

    print(f"indexed\t{sum(services.reindex(now=edge.now()))}")
    return 0


def run_schema(arguments: argparse.Namespace) -> int:
    """Write the schema."""
    _write(codec.text(files.schema()), arguments.to)
    return 0


def _write(text: str, to: Path | None) -> None:
    if to is None:
        sys.stdout.write(text)
    else:
        to.write_text(text, encoding="utf-8")
