"""The base of every form: own widgets, errors as sentences, the form token with each."""

from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms.i18n import messages_path


@cache
def _own_sentences(language: str) -> NullTranslations:
    """Those of WTForms itself; Flask-WTF would read their file at every request."""
    return Translations.load(messages_path(), [language], domain="wtforms")


class Form(FlaskForm):
    """A form of this site. `summary` is what stands above it when something is to be mended."""

    class Meta:
        csrf = True

        def get_translations(self, _form: FlaskForm) -> NullTranslations:
            return _own_sentences(str(get_locale()))

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """Each field that must be mended, with its first sentence, in the order of the form."""
        return [(field.id, str(first(field.errors))) for field in self if field.errors and field.name != "csrf_token"]

    def refuse(self, name: str, sentence: str) -> None:
        """Puts a rule's refusal at the field that can mend it (or above the form)."""
        field = self._fields.get(name)
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


def first(errors: Any) -> Any:
    """The first sentence of a field's errors, also where the field has parts."""
    while isinstance(errors, list | tuple | dict):
        errors = next(iter(errors.values() if isinstance(errors, dict) else errors))
    return errors
