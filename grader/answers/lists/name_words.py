"""The words and signs of a list of names: what belongs to it, what denies a name, what begins a reason."""

from __future__ import annotations

import re

CLAUSE = re.compile(r"(?<![.])[.!?](?![.,])\s+(?=[^\s,.])|;|\n")
ENDS = frozenset("and is are or of for from which with on because since that at".split())
"""Words behind an `a` that is a name; others have an article before them."""
ARTICLES = frozenset("aAIi")
DENIES = frozenset(
    "not except excluding excludes exclude without unlike neither nor no cannot never besides apart rather instead"
    " ignoring omitting".split()
)
EXCEPTS = frozenset("except excluding without besides apart ignoring omitting not".split())
REASONS = frozenset(
    "because since where if when while whereas given due depends depend multiplied multiplies multiply computed"
    " calculated used using applied connected produces respect wrt maybe perhaps"
    " possibly".split()
)
USED = frozenset({"given", "used"})
"""Words that give a reason only where names stand before them."""
BEHIND_NAMES = frozenset({"which", "that", "as", "for", "of", "from", "by"})
"""Words that open an aside where names stand before them; a comma ends it if no name stood in it."""
INPUTS = frozenset({"input", "inputs"})
"""What stands before a colon and names that are no part of the list."""
SAYS_LIST = re.compile(
    r":(?!\s*=)|\b(?:parameters?|weights?|variables?|ones?|answer|they|these|following|names?)\s+(?:are|is|include)\b"
)
OPERATORS = frozenset("+*·×^<>|%√")
NO_MEMBER = re.compile(
    r"\s*(?P<verb>is|are|was|were|do|does|can|need|will)\s*"
    r"(?:(?P<not>not\b)|(?P<what>(?:(?:just|only|simply|all|both|already)\s+)*"
    r"(?:(?:the|an?|our|its|given|network['’]?s?|some)\s+)*(?:inputs?|outputs?|given|fixed|constants?|data"
    r"|hyper-?\s?parameters?|targets?|labels?|intermediate|activations?|known|features?|results?|computed"
    r"|derived|excluded|frozen|determined|chosen)\b))",
    re.IGNORECASE,
)
MOST = 400
"""Tokens of a text in which names are listed."""
