"""Running the jobs: once, for ever, or beside the site in one process group (`python run.py`)."""

import os
import signal
import subprocess
import sys
import threading

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config import HERE
from participation import clock
from participation.jobs import run_due
from participation.starting import refuse_unsafe
from participation.watching.logs import write_json


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_frame: stop.set())
    return stop


def serve(app: Flask) -> int:
    """Site and runner as one: gunicorn beside this process, which runs the jobs. Ends with the
    first signal, or as soon as gunicorn ends. Returns the exit status."""
    write_json()
    stop, port = _stop_on_signals(), app.extensions["settings"].port
    # Eight threads would each keep a store of freed memory of their own; one works at a time anyhow.
    site = subprocess.Popen(gunicorn_command(port), cwd=HERE, env=os.environ | {"MALLOC_ARENA_MAX": "1"})
    click.echo(f"\nhttp://127.0.0.1:{port}  (Ctrl-C stops it)\n")

    died = threading.Event()

    def watch() -> None:
        site.wait()
        if not stop.is_set():
            died.set()
        stop.set()

    threading.Thread(target=watch, daemon=True).start()
    from participation.ticker import Ticker

    try:
        Ticker(app).run(stop)
    finally:
        site.terminate()
        try:
            site.wait(timeout=30)
        except subprocess.TimeoutExpired:
            site.kill()
    return 1 if died.is_set() else 0


def gunicorn_command(port: int) -> list[str]:
    # One process: SQLite has one writer, and eight threads keep readers from waiting for it.
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--no-control-socket"]
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "run:app",
        *options,
        "--bind",
        f"127.0.0.1:{port}",
        "--graceful-timeout",
        "10",
    ]


jobs = AppGroup("jobs", help="Due work: closing, reminders, sealing, delivery.")


@jobs.command("run")
def run_command() -> None:
    """Do once what is due now."""
    outcomes = run_due(clock.now())
    if outcomes is None:
        raise click.ClickException("Another runner is at work.")
    for outcome in outcomes:
        click.echo(f"{outcome.name}: {outcome.error or outcome.done}")
    if any(outcome.error for outcome in outcomes):
        raise click.exceptions.Exit(1)


@jobs.command("work")
def work_command() -> None:
    """Do what is due every few seconds, until stopped."""
    write_json()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    refuse_unsafe(app)
    # Loaded by the runner alone: workers of the site have no use for huey.
    from participation.ticker import Ticker

    Ticker(app).run(_stop_on_signals())
