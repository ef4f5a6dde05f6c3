"""Trees over a problem's symbols: what names mean, what values they have, where two agree."""
