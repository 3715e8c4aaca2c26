"""`flask --app run evidence ...`: seal, head, key, verify, consistency, roles."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from participation import clock
from participation.evidence import checkpoint, keeping, queries, roles, rotation, sealing, signers, verification
from participation.extensions import db, reading

evidence = AppGroup("evidence", help="Seal and verify the append-only evidence log.")

HEAD = click.Path(exists=True, dir_okay=False, path_type=Path)


@evidence.command("seal")
def seal_command() -> None:
    """Seal every entry that is not sealed yet, and sign a new head."""
    sealed = sealing.seal(clock.now(), everything=True)
    db.session.commit()
    click.echo(f"sealed {sealed}")


@evidence.command("head")
def head_command() -> None:
    """Print the newest head as a checkpoint: keep it somewhere else."""
    head = queries.newest_head()
    if head is None:
        raise click.ClickException("Nothing is sealed yet: run evidence seal first.")
    click.echo(head.note, nl=False)


@evidence.command("key")
def key_command() -> None:
    """Print the public key that heads are signed with."""
    public = checkpoint.public_bytes(keeping.signing_key())
    click.echo(checkpoint.verifier_text(keeping.origin(), public))


@evidence.command("rotate-key")
@click.confirmation_option(prompt="Replace the key that signs the heads?")
def rotate_key_command() -> None:
    """Replace the signing key: the former one names the new one in the log and signs that."""
    old, new = rotation.rotate(now=clock.now())
    click.echo(f"former   {checkpoint.verifier_text(keeping.origin(), old)}")
    click.echo(f"present  {checkpoint.verifier_text(keeping.origin(), new)}")
    click.echo("Publish the present one, copy evidence.key to every host with a runner, and seal the secrets anew.")


@evidence.command("verify")
@click.option("--head", "heads", type=HEAD, multiple=True, help="A checkpoint kept outside.")
@click.option("--since", type=HEAD, help="A checkpoint kept outside, up to which you have verified before.")
@click.option("--key", default="", help="The public key to trust instead of the one kept here.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify_command(heads: tuple[Path, ...], since: Path | None, key: str, as_json: bool) -> None:
    """Check every entry, seal, head and business row; exit with 1 if anything does not fit."""
    with reading():
        report = verification.verify(heads=heads, since=since, key=_public(key))
        db.session.rollback()
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        click.echo(
            f"{report.entries} entries, {report.sealed} sealed under {report.heads} heads, "
            f"{report.rows} rows, {report.outside} heads from outside"
        )
        for note in report.notes:
            click.echo(f"note: {note}")
        first = report.first_bad
        if first is None:
            click.echo("everything fits")
        else:
            where = f"entry {first.entry}" if first.entry else "no entry"
            click.echo(f"DOES NOT FIT, first at {where} {first.row}: {first.reason}")
    sys.exit(0 if report.ok else 1)


@evidence.command("consistency")
@click.option("--from", "first", required=True, help="The earlier head: a file kept outside, or a size.")
@click.option("--to", "second", default="", help="The later head; the newest one if it is left out.")
@click.option("--key", default="", help="The public key to trust instead of the one kept here.")
@click.option("--json", "as_json", is_flag=True, help="Print the proof as JSON, as verifier.py takes it.")
def consistency_command(first: str, second: str, key: str, as_json: bool) -> None:
    """Prove that the later head goes on from the earlier one; exit with 1 if it does not."""
    public = _public(key) or keeping.public_key()
    with reading():
        notes = [_note(name) for name in (first, second)]
        said = [_signed(note, public) for note in notes]
        try:
            proof = queries.consistency_of(*said)
        except ValueError as error:
            proof = None
            reason = str(error)
        db.session.rollback()
    holds = proof is not None and proof.holds
    if as_json:
        path = [neighbour.hex() for neighbour in proof.path] if proof else []
        answer = {"format": "participation-consistency-1", "ok": holds, "from": said[0].size, "to": said[1].size}
        answer |= {"path": path, "from_checkpoint": notes[0], "to_checkpoint": notes[1]}
        answer["key"] = checkpoint.verifier_text(keeping.origin(), public) if public else ""
        click.echo(json.dumps(answer, ensure_ascii=False))
    elif holds:
        click.echo(f"the head at {said[1].size} goes on from the head at {said[0].size}")
    else:
        why = reason if proof is None else "the leaves do not lead from one to the other"
        click.echo(f"DOES NOT FIT: {said[0].size} to {said[1].size}: {why}")
    sys.exit(0 if holds else 1)


@evidence.command("roles")
@click.option("--owner", default="participation_owner", show_default=True, help="Owns the tables and migrates.")
@click.option("--application", default="participation", show_default=True, help="What DATABASE_URL signs in as.")
def roles_command(owner: str, application: str) -> None:
    """Print the SQL that leaves the application's role no UPDATE or DELETE on evidence (PostgreSQL)."""
    tables = [table.name for table in db.metadata.sorted_tables]
    try:
        for statement in roles.statements(owner=owner, application=application, tables=tables):
            click.echo(f"{statement};")
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _public(key: str) -> bytes | None:
    try:
        return checkpoint.public_of(key) if key else None
    except checkpoint.BadNote as error:
        raise click.BadParameter("not a public key as `evidence key` prints it") from error


def _note(name: str) -> str:
    """A head by its file, by its size in this log, or the newest one."""
    path = Path(name)
    if name and path.is_file():
        return path.read_text("utf-8")
    head = queries.newest_head() if not name else queries.head_at(int(name)) if name.isdecimal() else None
    if head is None:
        raise click.ClickException(f"no head {name}: give a file, or a size that was signed")
    return head.note


def _signed(note: str, public: bytes | None) -> checkpoint.Checkpoint:
    try:
        signed = checkpoint.parse(note)
    except checkpoint.BadNote as error:
        raise click.ClickException("not a checkpoint") from error
    if public is None or signers.signers(public, keeping.origin()).which(signed) is None:
        raise click.ClickException(f"the head at {signed.checkpoint.size}: the signature is not valid")
    return signed.checkpoint
