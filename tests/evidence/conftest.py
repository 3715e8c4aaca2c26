"""A log of seven sealed entries under three heads, and one that is not sealed yet."""

import shutil
from datetime import timedelta

import pytest

from participation.evidence import keeping, sealing
from participation.extensions import db
from tests.evidence.parcel import NOW, Parcel, move, receive


@pytest.fixture(autouse=True)
def _no_heads_of_other_tests(shared_app):
    with shared_app.app_context():
        shutil.rmtree(keeping.heads_folder(), ignore_errors=True)


def seal(minutes: int = 0) -> int:
    sealed = sealing.seal(NOW + timedelta(minutes=minutes))
    db.session.commit()
    return sealed


@pytest.fixture
def log(app, played) -> list[Parcel]:
    """Entries 1-3 receive parcels 1-3 | 4, 5 move parcels 1, 2 | 6, 7 receive 4, 5 || 8 moves 4."""
    with played("2026-11-23T10:26:41"):
        parcels = []
        for number in (1, 2, 3):
            parcels.append(receive(f"A-{number}"))
            db.session.commit()
        seal()
        for parcel in parcels[:2]:
            move(parcel, "sorted")
            db.session.commit()
        seal(1)
        for number in (4, 5):
            parcels.append(receive(f"A-{number}"))
            db.session.commit()
        seal(2)
        move(parcels[3], "sorted")
        db.session.commit()
    return parcels
