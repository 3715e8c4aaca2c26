"""Opinions that many people hold. Pure.

周村区2021年政务公开工作方案 row 46 and the province's rules of participation: where a concentrated
opinion is not adopted, that is explained specially.
"""

from collections.abc import Mapping

LEAST_PEOPLE = 2
SHARE = 5  # per cent of the people who commented


def concentrated(people_of: Mapping[int, int], everybody: int) -> frozenset[int]:
    """Of points with the number of people who hold each: the one most people hold (all of them where
    several do), and every one that at least 5 % of the people hold. One person is never many."""
    most = max(people_of.values(), default=0)
    return frozenset(
        point
        for point, people in people_of.items()
        if people >= LEAST_PEOPLE and (people == most or people * 100 >= SHARE * everybody)
    )
