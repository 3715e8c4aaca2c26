"""flask --app run mailbox check-reply --letter FILE --reply FILE --json"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale

from participation.mailbox.checker import Flag, LetterText, check, looks_perfunctory
from participation.mailbox.rules import whole_text
from participation.web.said import told

LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
TITLE_AT_MOST = 60


class Unreadable(click.ClickException):
    exit_code = 2


def _read(path: str, what: str) -> str:
    try:
        text = whole_text(Path(path).read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(f"The {what} is not UTF-8 text: {path}") from None
    except OSError as error:
        raise Unreadable(f"The {what} cannot be read: {path} ({error.strerror})") from None
    if not text:
        raise Unreadable(f"The {what} is empty: {path}")
    return text


def letter_in(text: str) -> LetterText:
    """The first line is the title when it is short, no question and something follows it."""
    first, _newline, rest = text.partition("\n")
    if rest.strip() and len(first) <= TITLE_AT_MOST and not first.rstrip().endswith(("。", "？", "?", "！", "，")):
        return LetterText(first.strip(), rest.strip())
    return LetterText("", text)


@contextmanager
def _speaking(lang: str) -> Iterator[None]:
    with current_app.test_request_context(), force_locale(LOCALES[lang]):
        yield


def _said(flag: Flag) -> str:
    return told(flag.reason, flag.args)


@click.command("check-reply")
@click.option("--letter", "letter_file", required=True, help="UTF-8 text; a short first line is the title.")
@click.option("--reply", "reply_file", required=True, help="UTF-8 text of the answer.")
@click.option("--contact", default="", help="Section and telephone, when they are not in the answer.")
@click.option("--json", "as_json", is_flag=True, help='Print {"flags": [{"code", "reason"}]}.')
@click.option("--lang", type=click.Choice(sorted(LOCALES)), default="zh", show_default=True)
def check_reply(letter_file: str, reply_file: str, contact: str, as_json: bool, lang: str) -> None:
    """Says what looks perfunctory in an answer, and why. Exit code 2 when a file cannot be read."""
    letter, reply = letter_in(_read(letter_file, "letter")), _read(reply_file, "reply")
    flags = check(letter, reply, contact=contact)
    with _speaking(lang):
        said = [{"code": flag.code, "reason": _said(flag)} for flag in flags]
    if as_json:
        click.echo(json.dumps({"flags": said}, ensure_ascii=False))
        return
    for line in said:
        click.echo(f"{line['code']}: {line['reason']}")
    if not said:
        click.echo("没有发现敷衍的地方。" if lang == "zh" else "Nothing looks perfunctory.")
    elif looks_perfunctory(flags):
        click.echo("这份答复像是敷衍。" if lang == "zh" else "This answer looks perfunctory.")
