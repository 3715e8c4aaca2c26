"""The public participation platform of a district government: `create_app` is its site map."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import HERE, Settings, from_environment
from participation.commands import Commands, Migrations
from participation.extensions import babel, csrf, db, login_manager


def create_app(settings: Settings | None = None) -> Flask:
    """One application for one installation. Its settings come from the environment unless given."""
    settings = settings or from_environment()
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    app = Flask(
        __name__,
        instance_path=str(settings.instance_dir.resolve()),
        template_folder=str(HERE / "templates"),
        static_folder=str(HERE / "static"),
    )
    app.config.from_mapping(settings.flask_config())
    app.extensions["settings"] = settings
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops, x_host=0)  # type: ignore[method-assign]
    app.cli = Commands(app.name)
    _add_extensions(app)
    _add_web(app)
    _add_features(app)
    return app


def _add_extensions(app: Flask) -> None:
    from participation.web import locale

    db.init_app(app)
    app.extensions["migrate"] = Migrations()
    login_manager.init_app(app)
    csrf.init_app(app)
    translations = locale.compile_translations(HERE / "participation" / "translations")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, translations))
    babel.init_app(app, locale_selector=locale.chosen, timezone_selector=lambda: "Asia/Shanghai")


def _add_web(app: Flask) -> None:
    from participation.web import addresses, errors_pages, fields, filters, headers, locale, route_table

    for part in (addresses, locale, filters, fields, headers, errors_pages, route_table):
        part.init_app(app)


def _add_features(app: Flask) -> None:
    """What the site consists of. Addresses stand at the views, beside who may use them."""
    from participation import textindex
    from participation.accounts import views as accounts  # /sign-in  /mine  /people
    from participation.api import views as api  # /api  /data
    from participation.assurance import views as assurance  # /desk/evidence
    from participation.consultations import views as consultations  # /consultations  /desk/consultations
    from participation.decisions import views as decisions  # /decisions  /desk/decisions
    from participation.duties import views as duties  # /calendar
    from participation.evidence import views as evidence  # /evidence  /transparency
    from participation.mailbox import views as mailbox  # /mailbox  /letters  /track  /desk
    from participation.notices import views as notices  # /notices
    from participation.oversight import views as oversight  # /  /board  /ledger  /about
    from participation.privacy import views as privacy  # /mine/data  /desk/data-requests
    from participation.search import views as search  # /search
    from participation.watching import views as watching  # /healthz  /readyz  /metrics
    from participation.web import guards

    features = (evidence, duties, notices, accounts, assurance, consultations, decisions, mailbox, oversight, search)
    for feature in (*features, api, privacy, watching):
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
    for feature in (watching, textindex, notices, accounts, consultations, decisions, mailbox, api, privacy):
        feature.init_app(app)
    # Last: who asks is known (accounts) before what they may do is judged.
    guards.init_app(app)
