"""`flask --app run evidence ...`: seal, head, key, verify."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from participation import clock
from participation.evidence import checkpoint, keeping, queries, sealing, verification
from participation.extensions import db, reading

evidence = AppGroup("evidence", help="Seal and verify the append-only evidence log.")
groups = (evidence,)

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


@evidence.command("verify")
@click.option("--head", "heads", type=HEAD, multiple=True, help="A checkpoint kept outside.")
@click.option("--key", default="", help="The public key to trust instead of the one kept here.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify_command(heads: tuple[Path, ...], key: str, as_json: bool) -> None:
    """Check every entry, seal, head and business row; exit with 1 if anything does not fit."""
    try:
        public = checkpoint.public_of(key) if key else None
    except checkpoint.BadNote as error:
        raise click.BadParameter("not a public key as `evidence key` prints it") from error
    with reading():
        report = verification.verify(heads=heads, key=public)
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
