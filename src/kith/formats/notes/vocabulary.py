"""The words that files use for columns, roles and kinds of saying, in English and Swedish."""

import re
import unicodedata
from typing import cast

from kith.formats.notes.lines import Stance

# In each list the name that is preferred where several columns mean the same comes first.
# Columns of people's names are not on any list: names are not taken in.
_COLUMNS = {
    "words": """comment body, words, comment, comments, contribution, contributions, statement,
        statements, text, note, notes, quote, quotes, said, body, content, yttrande, yttranden,
        ord, kommentar, kommentarer, bidrag, påstående, påståenden, citat, anteckning,
        anteckningar, inlägg""",
    "voice": """voice, author id, speaker id, speaker, participant id, participant code,
        participant, author, voice id, röst, talare, deltagare, deltagarkod""",
    "roles": "roles, role, roller, roll",
    "table": "table, table name, group, bord, bordet, grupp",
    "themes": "themes, theme, topics, topic, tags, tag, teman, tema, ämnen, ämne",
    "time": """timestamp, said at, datetime, date time, time, date, tidsstämpel, tidpunkt, tid,
        datum""",
    "stance": "stance, kind, hållning, slag",
    "moderated": "moderated, modererad",
}

_STANCES = {
    "said": "said, sagt",
    "other view": "other view, other views, another view, dissent, annan mening, annan syn",
    "silence": "silence, silent, tystnad",
    "question": "question, fråga",
    "story": "story, berättelse",
}

_ROLES = """
    person with lived experience, lived experience, service user, user, patient, survivor, peer,
    peer worker, peer supporter, expert by experience, carer, caregiver, relative, family,
    family member, partner, parent, mother, father, friend, neighbour, volunteer, nurse,
    psychiatric nurse, ward manager, manager, doctor, psychiatrist, psychologist, therapist,
    occupational therapist, social worker, support worker, care worker, healthcare assistant,
    practitioner, professional, staff, staff member, chaplain, advocate, researcher, academic,
    philosopher, sociologist, anthropologist, student, teacher, commissioner, policy maker,
    politician, civil servant, facilitator, organiser, chair, scribe, panel, speaker, artist,
    person med egen erfarenhet, egen erfarenhet, brukare, anhörig, närstående, vårdare, partner,
    förälder, mamma, pappa, vän, granne, volontär, sjuksköterska, skötare, undersköterska,
    enhetschef, chef, läkare, psykiater, psykolog, terapeut, arbetsterapeut, kurator, socionom,
    socialsekreterare, boendestödjare, stödassistent, personal, personligt ombud, präst, forskare,
    filosof, sociolog, antropolog, studerande, lärare, beslutsfattare, politiker, tjänsteman,
    samtalsledare, arrangör, ordförande, sekreterare, konstnär
"""

_CODE = re.compile(r"(?:[a-z]{1,2}|speaker|participant|voice|talare|deltagare|röst)[ _-]?\d{1,4}")
_BETWEEN_ROLES = re.compile(r"\s*(?:[,;/|&+]|\band\b|\boch\b)\s*", re.IGNORECASE)


def simple(name: str) -> str:
    """A heading without what people vary: case, hyphens, underscores, spaces."""
    return " ".join(re.sub(r"[-_\s]+", " ", unicodedata.normalize("NFC", name)).casefold().split())


def _listed(words: str) -> list[str]:
    return [simple(word) for word in words.split(",")]


_MEANING = {name: meaning for meaning, names in _COLUMNS.items() for name in _listed(names)}
_RANK = {name: rank for names in _COLUMNS.values() for rank, name in enumerate(_listed(names))}
_STANCE = {name: stance for stance, names in _STANCES.items() for name in _listed(names)}
_KNOWN_ROLES = frozenset(_listed(_ROLES))


def meaning_of(column: str) -> str | None:
    """What a column or heading stands for: words, voice, roles, table, themes, time, ..."""
    return _MEANING.get(simple(column))


def rank_of(column: str) -> int:
    """Which of several columns that mean the same is preferred: the lowest."""
    return _RANK.get(simple(column), len(_RANK))


def stance_of(word: str) -> Stance | None:
    """The kind of saying a word names, if it names one."""
    return cast("Stance | None", _STANCE.get(simple(word)))


def is_role(word: str) -> bool:
    """Whether this is a role we know, in the singular or with an English s."""
    plain = simple(word)
    return plain in _KNOWN_ROLES or plain.removesuffix("s") in _KNOWN_ROLES


def is_code(word: str) -> bool:
    """Whether this is a code for a person, such as P3 or Speaker 12."""
    return _CODE.fullmatch(simple(word)) is not None


def several(cell: str) -> tuple[str, ...]:
    """The values in one cell, separated by ; or | or /, each once, in their order."""
    return _each(re.split(r"[;|/]", cell))


def in_a_row(words: str) -> tuple[str, ...]:
    """The values in running text, separated by commas, "and" and the like."""
    return _each(_BETWEEN_ROLES.split(words))


def _each(values: list[str]) -> tuple[str, ...]:
    clean = (" ".join(value.split()) for value in values)
    return tuple(dict.fromkeys(value for value in clean if value))
