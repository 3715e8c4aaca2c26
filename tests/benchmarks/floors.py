"""The two floors that the platform is measured against, without any of its code.

`hello` answers one line. `page` shows twenty rows of a PostgreSQL table on an HTML page, as somebody would begin
with the libraries that the platform has to use: Flask, Flask-SQLAlchemy with a class for the rows, a Jinja template
that is compiled once, a link a row. `FLOOR_DATABASE` is the address of its database.
"""

import os
from datetime import date

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

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
{% for row in rows %}<li><a href="{{ url_for("one_row", row_id=row.id) }}">{{ row.title }}</a>
{{ row.unit }} <time>{{ row.day }}</time></li>
{% endfor %}</ul></body></html>
"""

hello = Flask("hello")


@hello.get("/")
def say_hello() -> str:
    return "hello"


page = Flask("page")
page.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("FLOOR_DATABASE", "postgresql+psycopg://")
page.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 8}
page.jinja_loader = DictLoader({"rows.html": _PAGE})
_db = SQLAlchemy(page)


class Row(_db.Model):  # type: ignore[name-defined]
    __tablename__ = TABLE
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    unit: Mapped[str]
    day: Mapped[date]


@page.get("/")
def twenty_rows() -> str:
    return render_template("rows.html", rows=_db.session.scalars(select(Row).order_by(Row.id.desc()).limit(20)).all())


@page.get("/rows/<int:row_id>")
def one_row(row_id: int) -> str:
    return _db.get_or_404(Row, row_id).title
