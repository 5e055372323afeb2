"""Whatever another person writes or decides, what I am answered stays the same (PEOPLE.md 14)."""

import time
import pytest

from proof.pairs import Teller, differences, tell
from proof.reach import Reach
from proof.village import Fate, Village
from scale import many

pytestmark = [pytest.mark.django_db, pytest.mark.store, pytest.mark.faults]


@pytest.fixture(scope="module")
def teller(village: Village, reaches: dict[str, Reach]) -> Teller:
    return Teller(village, reaches)


def test_pairs(village: Village, fate: Fate, teller: Teller) -> None:
    t=time.time(); bad=0
    for number in range(30):
        pair = teller.pair(number)
        d = differences(tell(village, fate, pair, 0), tell(village, fate, pair, 1))
        if d:
            bad+=1; print(number, pair.looks, pair.hides, d[:2])
    print(60/(time.time()-t), "pairs/s"); assert not bad
