"""The places in prose where something other than prose begins."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
    (?P<fence> ^[ \t]*+ (?: (?P<ticks>`{3,}+)(?=[^`\n]*+$) | (?P<tildes>~{3,}+) ) (?P<info>.*+) $ )
    | (?P<plain> \\[\\$`] | `[^`\n]++` )
    | (?P<comment> <!-- )
    | (?P<nothing> (?:\${4})++ )
    | (?P<display> \$\$ | \\\[ )
    | \\begin\{ (?P<environment> [A-Za-z]++ \*? ) \}
    | (?P<inline> \$ )
    | (?P<bracket> \\\( )
    | (?P<image> !\[[^\[\]\n]*+\] (?: \( [^()\n]*+ (?: \([^()\n]*+\) [^()\n]*+ )*+ \) | \[[^\[\]\n]*+\] )
               | <img\b[^<>]*+> )
    | (?P<break> <br[ ]*+/?> )
    | (?P<tag> </?(?: b | i | u | p | em | strong | center )>
             | </?(?: font | span | div | p )(?:[ ][^<>=\n]*+=[^<>\n]*+)?> )
    | (?P<entity> &(?: nbsp | times | lt | gt | le | ge | ne | amp | minus | middot | [nm]dash | quot ); )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""Each alternative is a group, and the group's name is the method of `_prose` that goes on from there.

Every repetition is possessive or bounded by the character that ends it: no text makes it backtrack.
"""

ENTITIES = {
    "nbsp": " ", "times": "×", "lt": "<", "gt": ">", "le": "≤", "ge": "≥", "ne": "≠", "amp": "&",
    "minus": "−", "middot": "·", "ndash": "–", "mdash": "—", "quot": '"',
}  # fmt: skip
"""What the HTML entities that students write stand for."""

_DATA_URI = re.compile(r"(data:[\w/+.-]{0,40})[^)>\s\"']*+")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>)++[ \t]?")


def without_data(picture: str) -> str:
    """The source of a picture, without the picture where that stands in the text itself."""
    return _DATA_URI.sub(r"\1", picture)


def unquoted(source: str) -> str:
    """`source` without the ``>`` of quotations. Within a paragraph, ``>`` is a wrapped inequality."""
    if ">" not in source:
        return source
    lines, in_paragraph = source.split("\n"), False
    for index, line in enumerate(lines):
        quoted = None if in_paragraph else _QUOTE.match(line)
        if quoted:
            lines[index] = line[quoted.end() :]
        in_paragraph = not quoted and bool(line.strip())
    return "\n".join(lines)
