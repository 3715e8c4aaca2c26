"""The entry for every server: `python run.py`, `flask --app run ...`, `gunicorn run:app`."""

from config import Settings
from participation import create_app

settings = Settings()
app = create_app(settings)

if __name__ == "__main__":
    from participation.prepare import announce, prepare
    from participation.serving import serve

    prepare(app)
    announce(app)
    raise SystemExit(serve(app))
