"""`flask --app run backup ...`: keys, create, verify, restore, secrets."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import current_app
from flask.cli import AppGroup

from config import Settings
from participation import clock, jobs
from participation.backup import creating, keys, opened, outside, postgresql, restoring, sealed, whole
from participation.backup import secrets as apart
from participation.evidence import checkpoint, keeping, signers
from participation.evidence.findings import Report
from participation.extensions import db
from participation.web.secrets import keyed_digest

backup = AppGroup("backup", help="Back up the whole installation, check a backup, restore it.")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(path_type=Path)
KEY = click.option("--key", "key_file", type=FILE, required=True, envvar="BACKUP_KEY_FILE", help="The private key.")
HEADS = click.option("--head", "heads", type=FILE, multiple=True, help="A head of the log that somebody outside kept.")
EVIDENCE = click.option("--evidence-key", default="", help="The public evidence key that somebody outside kept.")


@backup.command("keys")
@click.option("--to", type=NEW, required=True, help="The new file of the private key.")
def keys_command(to: Path) -> None:
    """Make a pair of keys: the file opens backups and must not stay here, the line printed makes them."""
    with _sentences():
        key = keys.write_new(to)
    click.echo(f"BACKUP_PUBLIC_KEY={keys.public_text(key.public_key())}")
    click.echo(f"The private key {keys.identity(key.public_key())} is in {to}. Keep it on another machine.", err=True)
    click.echo("Whoever loses it loses every backup made for it; destroying it erases them.", err=True)


@backup.command("create")
@click.option("--to", type=NEW, required=True, help="The folder of backups.")
@click.option("--keep", type=click.IntRange(min=1), help="How many stay; older ones go after this one is verified.")
@click.option("--public-key", default="", help="Instead of BACKUP_PUBLIC_KEY.")
def create_command(to: Path, keep: int | None, public_key: str) -> None:
    """Back up database and files as one encrypted, verified file while the site goes on."""
    now = clock.now()
    db.session.rollback()
    with _sentences():
        recipient = keys.public_of(_recipient(public_key))
        made = creating.create(_source(), to=to, recipient=recipient, keep=keep, now=now)
    jobs.remember(jobs.BACKUP, now=now)
    click.echo(f"{made.path}: {made.members} members, {made.size:,} bytes, ends at head {made.state.size:,}; verified")
    for path in made.removed:
        click.echo(f"removed {path}")


@backup.command("verify")
@click.argument("file", type=FILE)
@KEY
@HEADS
@EVIDENCE
@click.option("--full", is_flag=True, help="Restore it for the moment and verify the whole evidence.")
@click.option("--database", default="", help="With --full, of PostgreSQL: an empty database to restore into.")
def verify_command(
    file: Path, key_file: Path, heads: tuple[Path, ...], evidence_key: str, full: bool, database: str
) -> None:
    """Read a backup from its first byte to its last and hold it against heads kept outside."""
    with _sentences(), _scratch() as scratch:
        key, held, public = keys.read(key_file), [_held(path) for path in heads], _public(evidence_key)
        if full:
            done = _restored(file, key=key, into=scratch / "instance", database=database, heads=held, public=public)
            found, judged = done.found, done.judged
            report = _evidence(done, into=scratch / "instance", database=database, heads=heads, public=public)
        else:
            found = opened.go_through(file, key=key, scratch=scratch, sizes=[head.size for head in held])
            judged, report = restoring.judge(found, held, public), None
        _tell(found)
        for line in (*judged.said, *judged.wrong):
            click.echo(line)
        if report is not None:
            _tell_evidence(report)
        if judged.wrong or judged.missing or (report is not None and not report.ok):
            raise click.exceptions.Exit(1)
        click.echo("this backup is whole")


@backup.command("restore")
@click.argument("file", type=FILE)
@KEY
@HEADS
@EVIDENCE
@click.option("--without-head", is_flag=True, help="Restore although nobody outside kept a head.")
@click.option("--into", type=NEW, help="The empty folder of the installation; INSTANCE_DIR unless given.")
@click.option("--database", default="", help="The empty database; DATABASE_URL unless given.")
@click.option("--accept-missing", type=click.IntRange(min=0), default=0, help="How many entries may be missing.")
@click.option("--erasures", type=FILE, help="The newest register of erasures, if one was kept outside.")
def restore_command(
    file: Path,
    key_file: Path,
    heads: tuple[Path, ...],
    evidence_key: str,
    without_head: bool,
    into: Path | None,
    database: str,
    accept_missing: int,
    erasures: Path | None,
) -> None:
    """Restore a backup into an empty folder and an empty database."""
    settings = _settings()
    into = (into or settings.instance_dir).resolve()
    if not heads and not without_head:
        raise click.ClickException(
            "Give the newest head kept outside with --head: without it nobody sees that a backup is old. "
            "If there is none, say --without-head."
        )
    # This process has not used the database, but its engine may hold it open.
    db.session.remove()
    db.engine.dispose()
    with _sentences():
        done = _restored(
            file,
            key=keys.read(key_file),
            into=into,
            database=database or _database_in(into),
            public=_public(evidence_key),
            heads=[_held(path) for path in heads],
            accept_missing=accept_missing,
        )
    _tell(done.found)
    for line in done.judged.said:
        click.echo(line)
    click.echo(f"restored into {into}")
    present = whole.is_present(done.found.state.revision)
    if present:
        _repeat_erasures(into, database or _database_in(into), erasures)
    _next_steps(done, into, present=present)


@backup.command("secrets")
@click.option("--to", type=NEW, required=True, help="The new sealed file.")
@click.option("--public-key", required=True, help="For whom: best not the key of the backups.")
def secrets_command(to: Path, public_key: str) -> None:
    """Seal the evidence signing key and SECRET_KEY into one small file, to be kept apart from the backups."""
    with _sentences():
        keeping.signing_key()
        written = keeping.key_file().read_text("ascii")
        recipient = keys.public_of(public_key)
        apart.keep(to, recipient=recipient, evidence_key=written, secret_key=_settings().secret)
    click.echo(f"{to}: for the key {keys.identity(recipient)}. Make it again after each rotation.")


@backup.command("bring-back-secrets")
@click.argument("file", type=FILE)
@KEY
@click.option("--into", type=NEW, required=True, help="The folder of the installation.")
def bring_back_command(file: Path, key_file: Path, into: Path) -> None:
    """Write evidence.key into the folder and print the line of SECRET_KEY for the environment."""
    with _sentences():
        secret = apart.bring_back(file, key=keys.read(key_file), into=into)
    click.echo(f"SECRET_KEY={secret}")


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _recipient(given: str) -> str:
    said = given or _settings().backup_public_key
    if not said:
        raise click.ClickException("BACKUP_PUBLIC_KEY is not set: make a pair with `flask --app run backup keys`")
    return said


def _source() -> creating.Source:
    public = keeping.public_key()
    # Every key of the chain, the present one last: a head kept outside may be older than a change of key.
    chain = signers.signers(public, keeping.origin()).keys if public else ()
    key = " ".join(checkpoint.verifier_text(keeping.origin(), each) for each in chain)
    db.session.rollback()
    return creating.Source(_settings().instance_dir.resolve(), _settings().database, key, _secret_mark())


def _secret_mark() -> str:
    return keyed_digest("which SECRET_KEY", purpose="backup")[:16]


def _database_in(into: Path) -> str:
    return _settings().database_url or f"sqlite:///{into / 'participation.db'}"


def _restored(
    file: Path,
    *,
    key: X25519PrivateKey,
    into: Path,
    database: str,
    heads: list[outside.Outside],
    public: bytes | None,
    accept_missing: int = 2**63,
) -> restoring.Restored:
    url = database or f"sqlite:///{into / 'participation.db'}"
    return restoring.restore(
        file, key=key, into=into, database=url, heads=heads, evidence_key=public, accept_missing=accept_missing
    )


def _evidence(
    done: restoring.Restored, *, into: Path, database: str, heads: tuple[Path, ...], public: bytes | None
) -> Report:
    url = database or f"sqlite:///{into / 'participation.db'}"
    own = done.found.manifest.get("evidence_key") or ""
    key = public or (checkpoint.public_of(own.split()[-1]) if own else None)
    # A head beyond the end has been told already; the rest must fit under the others.
    known = [path for path in heads if _held(path).size <= done.found.state.size]
    return whole.verified(_settings(), instance=into, database=url, heads=known, key=key)


def _held(path: Path) -> outside.Outside:
    try:
        return outside.read(path)
    except checkpoint.BadNote as error:
        raise click.ClickException(f"{path} is not a head of the log") from error


def _public(text: str) -> bytes | None:
    try:
        return checkpoint.public_of(text) if text else None
    except checkpoint.BadNote as error:
        raise click.BadParameter("not a public key as `evidence key` prints it") from error


def _tell(found: opened.Opened) -> None:
    said = found.state
    click.echo(
        f"made at {found.manifest['made_at']}, {found.about['form']}, revision {said.revision}, "
        f"{found.manifest['members']} members, {said.entries:,} entries, ends at head {said.size:,} {said.root[:16]}"
    )


def _tell_evidence(report: Report) -> None:
    first = report.first_bad
    click.echo(f"evidence: {report.entries:,} entries, {report.rows:,} rows, {report.heads:,} heads")
    click.echo("evidence: everything fits" if first is None else f"evidence DOES NOT FIT: {first.reason}")


def _repeat_erasures(into: Path, database: str, given: Path | None) -> None:
    if given is None:
        click.echo("no newer register of erasures given: what was erased after the backup may be back")
    done = whole.repeat_erasures(_settings(), instance=into, database=database, given=given, now=clock.now())
    click.echo(f"{done} erasures repeated")


def _next_steps(done: restoring.Restored, into: Path, *, present: bool) -> None:
    click.echo("next:")
    if not (into / "evidence.key").exists():
        click.echo("  bring back evidence.key (backup bring-back-secrets): without it no head goes on from this log")
    if done.found.manifest.get("secret_key_mark") != _secret_mark():
        click.echo("  bring back SECRET_KEY: the present one is another, and no tracking code works with it")
    if not present:
        click.echo(f"  flask --app run db upgrade   (the backup is of revision {done.found.state.revision})")
        click.echo("  flask --app run privacy repeat-erasures --register FILE_OF_THE_NEWEST_REGISTER")
    click.echo("  flask --app run evidence verify --head FILE_OF_THE_HEAD_KEPT_OUTSIDE")
    click.echo("  PostgreSQL: the SQL of `evidence roles` again; then start the services")


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder that only we read and that is gone afterwards: a copy of the database lies in it in clear."""
    folder = Path(tempfile.mkdtemp(prefix="participation-verify-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _sentences() -> Iterator[None]:
    """What is wrong is said in a sentence, with exit status 1, not in a traceback."""
    try:
        yield
    except (
        keys.WrongKey,
        sealed.Damaged,
        creating.Busy,
        postgresql.Unusable,
        restoring.NotRestored,
    ) as error:
        raise click.ClickException(str(error)) from error
    except FileExistsError as error:
        raise click.ClickException(f"{error.filename} is there already and is not overwritten") from error
    except OSError as error:
        raise click.ClickException(f"{error.strerror}: {error.filename or 'the disk'}") from error
