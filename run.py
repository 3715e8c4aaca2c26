"""The entry for every server: `python run.py`, `flask --app run ...`, `gunicorn run:app`."""

import sys

from config import from_environment
from participation import create_app
from participation.starting import refuse_unsafe
from participation.watching.logs import write_json

app = create_app(from_environment())
if "gunicorn" in sys.modules:
    write_json()  # commands speak to a person instead
    refuse_unsafe(app)

if __name__ == "__main__":
    from participation.prepare import announce, prepare
    from participation.serving import serve

    prepare(app)
    announce(app)
    raise SystemExit(serve(app))
