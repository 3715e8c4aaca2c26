"""A small district for tests: five departments, one person in each role, made by the services."""

from datetime import UTC, date, datetime

from flask import Flask
from flask.testing import FlaskClient

from participation.access import SYSTEM, Role
from participation.extensions import db

PASSWORD = "one long test password"
FOUNDED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)  # a make-up workday, 9:00 in Shanghai

DEPARTMENTS = {
    "office": ("区政府办公室", "District Government Office", "区政府办", "government_office"),
    "housing": ("区住房和城乡建设局", "Housing and Construction Bureau", "区住建局", "department"),
    "utilities": ("区公用事业服务中心", "Public Utilities Centre", "公用事业中心", "department"),
    "inspection": ("区审计局", "Audit Bureau", "区审计局", "department"),
    "town": ("北郊镇人民政府", "Beijiao Town Government", "北郊镇", "town"),
}
PEOPLE = {
    # login: (name, department, role)
    "office": ("孙丽", "office", Role.OFFICE),
    "officer": ("李明", "housing", Role.OFFICER),
    "head": ("周建国", "housing", Role.HEAD),
    "utilities": ("刘洋", "utilities", Role.OFFICER),
    "utilities_head": ("陈刚", "utilities", Role.HEAD),
    "town": ("赵敏", "town", Role.OFFICER),
    "town_head": ("钱伟", "town", Role.HEAD),
    "auditor": ("吴静", "inspection", Role.AUDITOR),
    "administrator": ("郑浩", "office", Role.ADMINISTRATOR),
}


class World:
    """`world.department["housing"]`, `world.person["officer"]`, `world.post["officer"]` are ids;
    `world.actor("officer")` is the Actor; `world.sign_in(client, "officer")` signs a browser in."""

    def __init__(self, app: Flask) -> None:
        from participation.accounts import service
        from participation.duties.calendar import seed_calendar

        self.app = app
        with app.app_context():
            seed_calendar(FOUNDED)
            self.department = {
                key: service.create_department(
                    name=name,
                    name_en=name_en,
                    short_name=short,
                    code=f"D{index:02}",
                    kind=kind,
                    actor=SYSTEM,
                    now=FOUNDED,
                ).id
                for index, (key, (name, name_en, short, kind)) in enumerate(DEPARTMENTS.items(), start=1)
            }
            self.person: dict[str, int] = {}
            self.post: dict[str, int] = {}
            for login, (name, department, role) in PEOPLE.items():
                person = service.create_person(name=name, login=login, password=PASSWORD, actor=SYSTEM, now=FOUNDED)
                post = service.create_post(
                    department_id=self.department[department], title=role.value, role=role, actor=SYSTEM, now=FOUNDED
                )
                service.appoint(person, post=post, from_on=date(2026, 1, 1), actor=SYSTEM, now=FOUNDED)
                self.person[login], self.post[login] = person.id, post.id
            db.session.commit()

    def actor(self, login: str, on: date = date(2026, 11, 23)):
        from participation.accounts import queries
        from participation.accounts.models import Person

        person = db.session.get(Person, self.person[login])
        assert person is not None
        return queries.actor_of(person, on=on)

    def sign_in(self, client: FlaskClient, login: str) -> FlaskClient:
        answer = client.submit("/sign-in", {"login": login, "password": PASSWORD})
        assert answer.status_code in (302, 303), f"signing in as {login} answered {answer.status_code}"
        return client
