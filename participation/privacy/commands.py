"""`flask --app run privacy repeat-erasures [--register FILE]`"""

from pathlib import Path

import click
from flask.cli import AppGroup

from participation import clock
from participation.extensions import db
from participation.privacy import physical, register, repeating

privacy = AppGroup("privacy", help="What was erased stays erased.")


@privacy.command("repeat-erasures")
@click.option("--register", "file", type=click.Path(path_type=Path, dir_okay=False), help="The newest copy.")
def repeat_erasures(file: Path | None) -> None:
    """After a restore, before the site opens: erase again what was erased since the backup."""
    repeated = repeating.repeat_erasures(register=file or register.path(), now=clock.now())
    db.session.commit()
    physical.settle(repeated.bytes_, was_public=True)
    if file is not None:
        register.add_missing(register.path(), register.read(file))
    click.echo(f"{repeated.done} erased again")
