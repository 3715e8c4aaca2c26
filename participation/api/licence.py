"""Under which licence the data may be used: the installation chooses, free use with attribution otherwise."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _


@dataclass(frozen=True)
class Licence:
    """`name` in the reader's language where it is ours, as written where the installation chose another."""

    name: str
    url: str
    own: bool


def licence() -> Licence:
    settings = current_app.extensions["settings"]
    if settings.data_licence:
        return Licence(settings.data_licence, settings.data_licence_url, True)
    return Licence(_("Open government data: free use, with the source named"), settings.data_licence_url, False)
