"""The entry for every server: `python run.py`, `flask --app run ...`, `gunicorn run:app`."""

from config import from_environment
from participation import create_app

app = create_app(from_environment())

if __name__ == "__main__":
    from participation.prepare import announce, prepare
    from participation.serving import serve

    prepare(app)
    announce(app)
    raise SystemExit(serve(app))
