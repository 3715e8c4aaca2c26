"""`flask --app run textindex rebuild [KIND...]`"""

import click
from flask.cli import AppGroup

from participation.extensions import db
from participation.textindex import following

textindex = AppGroup("textindex", help="What the search looks words up in.")


@textindex.command()
@click.argument("kinds", nargs=-1)
def rebuild(kinds: tuple[str, ...]) -> None:
    """Make the index anew from what is stored; all of it, or the KINDS named. Each kind is there
    whole or as it was."""
    known = following.registered()
    unknown = [kind for kind in kinds if kind not in known]
    if unknown:
        raise click.UsageError(f"There is no {unknown[0]}. There are: {', '.join(known)}.")
    for kind in kinds or known:
        count = following.rebuild(kind)
        db.session.commit()
        click.echo(f"{kind}: {count}")
