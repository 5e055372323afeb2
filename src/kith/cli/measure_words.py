"""What is wrong with tables of ego networks, in plain words: what it is, and what to do."""

from kith.web.sentences import Text

WORDS: dict[str, Text] = {
    "at-most-three-tables": "Give one export, or up to three tables: egos, alters, ties.",
    "asymmetric": "Ties told by one side only count 'either' way, or when 'both' tell them.",
    "empty-table": "There are no rows. Give a table that has some.",
    "id-type": "Ids are whole numbers or text. Here they are something else.",
    "ids-not-told-apart": "Two ids look the same here. Give each its own.",
    "impossible-category": "This answer is none of the categories you named.",
    "measure-needs": "{measure} needs {needs}. Name that too.",
    "missing-id": "There is no id here. Fill it in, or take the row out.",
    "mixed-id-types": "Here ids are written as {here}, elsewhere as {elsewhere}. Write them alike.",
    "needs-cluster-extra": "For several machines, install Kith with the extra 'cluster'.",
    "negative": "This is below zero, which makes no sense here.",
    "no-alters": "Give the table of alters too: egos, alters, and ties if there are any.",
    "no-egos": "There is no file of egos of a Network Canvas export here. "
    "For other tools, give the files themselves: egos, alters, ties.",
    "no-such-file": "There is no such file.",
    "not-a-base": "The base of a logarithm is above zero, and not one.",
    "not-a-number": "This is not a number.",
    "not-a-protocol": "This is not a protocol of Network Canvas.",
    "not-a-table": "This is not a table we can read.",
    "not-csv-or-parquet": "Let the name of the result end in .csv or .parquet.",
    "not-two-groups": "To compare, name a column that makes exactly two groups.",
    "out-of-range": "This is outside of what is possible.",
    "said-twice": "This one is here a second time. Keep one of the two rows.",
    "stranger": "This tie names someone who is not among the alters of that ego.",
    "three-files": "Give three files: egos, alters and ties.",
    "unknown-column": "There is no such column. Look at how it is spelled.",
    "unknown-ego": "This ego is not in the table of egos.",
    "unknown-measure": "No measure is called {measure}. docs/egonets/measures.md lists them.",
    "unknown-preset": "There is no preset of that name.",
}
"""Code of a flaw: its sentence. Facts of the flaw fill the names in braces."""
