# Has the compiler compute constants that fill memory.
for source in ("'a' * 10**10", "b'a' * (10**9) * 100", "((('a',) * 10**6) * 10**6)"):
    try:
        print("REACHED: constants" if eval(source) else "")
    except MemoryError as refusal:
        print("held:", type(refusal).__name__)
