"""What LaTeX prints of a stretch of text: formatting falls away, formulas stay as ``$...$``."""

from __future__ import annotations

import re

VERB = r"\\verb\*?(?P<bar>[^\sA-Za-z*])(?P<code>[^\n]{0,500}?)(?P=bar)"
"""Code within a line."""

_ARGUMENT = r"(?:\[[^\[\]\n]*+\])?\{[^{}\n]*+\}"
_NOT_PRINTED = (
    "label|ref|eqref|cite|vspace|hspace|pagestyle|thispagestyle|setcounter|addtocounter|usepackage|bibliographystyle"
    "|bibliography|hypersetup|textcolor|color|pagenumbering|graphicspath|setlength|captionsetup|lstset|documentclass"
)
_TOKEN = re.compile(
    rf"""
    (?P<formula> \$(?:\\.|[^$\\])*+\$ )
    | (?P<verb> {VERB} )
    | (?P<script> \\text(?:(?P<up>super)|sub)script \{{ (?P<raised>[^{{}}\n]*+) \}} )
    | (?P<gone> \\(?:{_NOT_PRINTED})\*?(?![A-Za-z]) {_ARGUMENT} )
    | (?P<command> \\(?P<name> [A-Za-z]++ ) (?P<space> [ ]*+ ) (?P<group> (?=\{{) )? )
    | \\(?P<sign> . )
    | (?P<open> \{{ ) | (?P<close> \}} )
    | (?P<tie> ~ )
    | (?P<quotes> `` | '' )
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMATS = re.compile(
    "text(?:bf|it|tt|rm|sf|sc|normal)?|emph|underline|uline|mbox|fbox|ensuremath|url|hl|caption|makecell"
    "|bf|it|em|tt|rm|sf|sc|bfseries|itshape|ttfamily|[Ll]arge|LARGE|[Hh]uge|small|footnotesize|scriptsize|tiny"
    "|normalsize|displaystyle|(?:no)?indent|newpage|clearpage|pagebreak|maketitle|tableofcontents|appendix"
    "|centering|raggedright|(?:big|med|small)skip|[hv]fill|protect|null|qed|hline|selectfont"
)
"""Commands of which only the argument is printed, or nothing."""

_PRINTED = {
    "ldots": "...", "dots": "...", "quad": " ", "qquad": " ", "enspace": " ", "footnote": " ",
    "newline": "\n", "textbackslash": "\\", "textasciitilde": "~", "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
_SIGNS = {
    "%": "%",
    "&": "&",
    "_": "_",
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "!": "",
    "/": "",
    "-": "",
    "\\": "\n",
}


def plain(text: str) -> str:
    """`text` without the commands that only format it. What is not known stays as it is written."""
    kept: list[str] = []
    braces: list[bool] = []
    at = 0
    for found in _TOKEN.finditer(text):
        kept += text[at : found.start()], _printed(found, braces)
        at = found.end()
    return "".join([*kept, text[at:]])


def _printed(found: re.Match[str], braces: list[bool]) -> str:
    """What is printed of one token; `braces` tells of each open one whether it is kept."""
    match found.lastgroup:
        case "open":
            braces.append(found.string[max(0, found.start() - 1)] in "^_")
            return "{" if braces[-1] else ""
        case "close":
            return "}" if braces and braces.pop() else ""
        case "command":
            return _of_command(found)
        case "sign":
            return _SIGNS.get(found["sign"], found[0])
        case "script":
            return f"{'^' if found['up'] else '_'}{{{found['raised']}}}"
    return {"formula": found[0], "verb": found["code"], "tie": " ", "quotes": '"'}.get(found.lastgroup or "", "")


def _of_command(found: re.Match[str]) -> str:
    name = found["name"]
    if _FORMATS.fullmatch(name):
        return ""
    if name in _PRINTED:
        return _PRINTED[name]
    return f"\\{name}{found['space'] or (' ' if found['group'] is not None else '')}"
