"""English is the source; every sentence of it has its Chinese."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.xml", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None, "n_": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%\((\w+)\)d")


Message = str | tuple[str, ...]


def _sentences() -> set[str]:
    return {message[0] if isinstance(message, tuple) else message for message in _messages()}


def _messages() -> set[Message]:
    """A sentence with a number is the pair of its two English forms."""
    found: set[Message] = set()
    for folder in ("participation", "templates"):
        options = {"**.html": {"trimmed": "true", "silent": "false"}, "**.txt": {"silent": "false"}}
        rows = extract_from_dir(str(ROOT / folder), METHODS, options, KEYWORDS)
        for _file, _line, message, _comments, _context in rows:
            found.add(message)
    return found - {""}


def _catalogue() -> tuple[dict[str, str], dict[str, str]]:
    """Every translated sentence of every feature, in the order in which Flask-Babel merges them, and
    both English forms of each (a singular may say "one" where the plural has a number)."""
    texts: dict[str, str] = {}
    plurals: dict[str, str] = {}
    for source in sorted((ROOT / "participation" / "translations").glob("*/zh_Hans_CN/LC_MESSAGES/messages.po")):
        with source.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    one = isinstance(message.id, str)
                    assert not message.fuzzy, f"fuzzy: {message.id}"
                    texts[message.id if one else message.id[0]] = message.string if one else message.string[0]
                    plurals[message.id if one else message.id[0]] = message.id if one else " ".join(message.id)
    return texts, plurals


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    return _sentences()


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    return _catalogue()[0]


def test_every_sentence_has_its_chinese(sentences, catalogue):
    assert sorted(text for text in sentences if not catalogue.get(text)) == []


def test_a_sentence_is_translated_in_the_form_in_which_it_is_asked_for():
    """With a number or without: only later releases of Python 3.11 look a sentence without a number up
    among those with one."""
    asked = {(message, isinstance(message, tuple)) for message in _messages()}
    translated: set[tuple[str, bool]] = set()
    for source in ROOT.glob("participation/translations/*/zh_Hans_CN/LC_MESSAGES/messages.po"):
        with source.open("rb") as file:
            for message in read_po(file):
                counted = not isinstance(message.id, str)
                translated.add((message.id[0] if counted else message.id, counted))
    first = {(message[0] if counted else message, counted) for message, counted in asked}
    assert sorted(first - translated) == []


def test_the_extraction_finds_the_sentences_at_all(sentences):
    assert len(sentences) > 300


def test_a_sentence_has_one_chinese_text_on_the_whole_site():
    """Flask-Babel merges the features: with two texts, the page of one feature would show the other's."""
    texts: dict[str, set[str]] = {}
    for source in ROOT.glob("participation/translations/*/zh_Hans_CN/LC_MESSAGES/messages.po"):
        with source.open("rb") as file:
            for message in read_po(file):
                one = isinstance(message.id, str)
                text = message.string if one else message.string[0]
                texts.setdefault(message.id if one else message.id[0], set()).add(text)
    assert {sentence: found for sentence, found in texts.items() if len(found) > 1} == {}


def test_placeholders_are_the_same_in_both_languages():
    catalogue, plurals = _catalogue()

    def names(text: str) -> set[str]:
        return {a or b for a, b in PLACEHOLDER.findall(text)}

    different = {source: text for source, text in catalogue.items() if text and names(plurals[source]) != names(text)}
    assert different == {}
