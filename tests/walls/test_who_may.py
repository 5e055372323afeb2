"""Every page stands in the table of who may open it, which tests/proof holds it to."""

from proof.addresses import every_address
from proof.oracle import MAY, WHO_MAY, routes


def test_the_table_names_every_page_once() -> None:
    missing = set(every_address()) - set(WHO_MAY)
    assert missing == set(), "Say in tests/proof/oracle.py who may open these pages."
    assert set(WHO_MAY) - set(every_address()) == set(), "These stand in oracle.py and are gone."
    assert sum(len(routes(told)) for told in MAY.values()) == len(WHO_MAY)


def test_the_table_reads_as_it_is_written() -> None:
    assert routes(". a/{b,c}/<uuid:d>/") == ["", "a/b/<uuid:d>/", "a/c/<uuid:d>/"]
