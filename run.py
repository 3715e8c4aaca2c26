"""The entry for every server: `python run.py`, `flask --app run ...`, `gunicorn run:app`."""

import gc
import sys

from config import from_environment
from participation import create_app
from participation.starting import refuse_unsafe
from participation.watching.logs import write_json

# While everything is loaded nothing becomes garbage: looking for it would take a tenth of the start.
gc.disable()
app = create_app(from_environment())
if "gunicorn" in sys.modules:
    write_json()  # commands speak to a person instead
    refuse_unsafe(app)
# What is loaded stays: no later collection walks through it again, so collections are short.
gc.freeze()
gc.enable()

if __name__ == "__main__":
    from participation.prepare import announce, prepare
    from participation.serving import serve

    prepare(app)
    announce(app)
    raise SystemExit(serve(app))
