"""Finding texts by words and by likeness, alike on SQLite and PostgreSQL.

Chinese has no spaces: a text is kept as pairs of neighbouring characters (`grams`), a word is a row
of such pairs. Each kind of text is a drawer of its own; what is in one never shows in another.
"""

import sys

from flask import Flask

from participation.textindex import ddl


def init_app(app: Flask) -> None:
    """Ends the program when this installation's database cannot keep the index."""
    missing = ddl.missing(str(app.config["SQLALCHEMY_DATABASE_URI"]))
    if missing:
        print(f"{missing}. Install a SQLite with FTS5, or name a PostgreSQL in DATABASE_URL.", file=sys.stderr)
        # 3 is what tells gunicorn not to try again and again.
        raise SystemExit(3)
