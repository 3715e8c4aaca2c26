"""Why a file cannot be taken: sentences that `recognise` fills with the file's name."""

from participation.errors import N_

DAMAGED = N_("“%(name)s” cannot be opened. It may be damaged; save it again and attach the new file.")
TWO_IN_ONE = N_("“%(name)s” hides another file. Save it again in the program that made it.")
MACROS = N_("“%(name)s” contains macros or embedded programs. Remove them, or save it as PDF.")
OUTSIDE = N_("“%(name)s” loads content from other files or sites. Remove those links, or save it as PDF.")
SCRIPTED = N_("“%(name)s” contains scripts or attached files. Print it to a new PDF and attach that.")
UNPACKS = N_("“%(name)s” unpacks to far more than its size. Save it again with less content.")
TOO_WIDE = N_("The picture “%(name)s” has too many pixels. Make it smaller and attach it again.")
LOCKED = N_("“%(name)s” is protected by a password. Remove the password and attach it again.")


class Unfit(Exception):
    """A check says no; `message` has one placeholder, the file's name."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
