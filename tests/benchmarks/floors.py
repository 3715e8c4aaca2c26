"""The two floors that the platform is measured against, without any of its code.

`hello` answers one line. `page` shows twenty rows of a PostgreSQL table on an HTML page: Flask, Jinja,
SQLAlchemy's pool and psycopg, as somebody would begin. `FLOOR_DATABASE` is the address of its database.
"""

import os

from flask import Flask, render_template_string
from sqlalchemy import create_engine, text

TABLE = "floor_row"
MAKE = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} (id serial PRIMARY KEY, title text NOT NULL, unit text NOT NULL,"
    " day date NOT NULL)",
    f"INSERT INTO {TABLE} (title, unit, day) SELECT '第' || n || '封来信：永安街的路灯夜里不亮', '区住建局',"
    f" date '2026-11-01' + n % 20 FROM generate_series(1, 1000) n WHERE NOT EXISTS (SELECT 1 FROM {TABLE})",
)
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>来信</title></head>
<body><h1>来信</h1><ul>
{% for row in rows %}<li><a href="/rows/{{ row.id }}">{{ row.title }}</a> {{ row.unit }} <time>{{ row.day }}</time></li>
{% endfor %}</ul></body></html>
"""

hello = Flask("hello")


@hello.get("/")
def say_hello() -> str:
    return "hello"


page = Flask("page")
_engine = create_engine(os.environ.get("FLOOR_DATABASE", "postgresql+psycopg://"), pool_size=8)


@page.get("/")
def twenty_rows() -> str:
    with _engine.connect() as connection:
        rows = connection.execute(text(f"SELECT id, title, unit, day FROM {TABLE} ORDER BY id DESC LIMIT 20")).all()
    return render_template_string(_PAGE, rows=rows)
