# Has the compiler recurse, by brackets and by signs.
for source in ("(" * 100_000 + ")" * 100_000, "-" * 100_000 + "1", "[" * 200 + "]" * 200, "a" + ".a" * 100_000):
    try:
        compile(source, "bomb", "exec")
    except (MemoryError, RecursionError, SyntaxError) as refusal:
        print("held:", type(refusal).__name__)
