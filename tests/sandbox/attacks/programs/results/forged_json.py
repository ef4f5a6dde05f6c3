# Answers with JSON that breaks readers: depth, numbers, names twice, no text at all.
# asks: correlate
import os

for text in (b"[" * 5_000, b"1e999999", b"NaN", b'{"a":1,"a":2}', b"\xff\xfe", b"9" * 5_000, b"null", b""):
    os.write(4, len(text).to_bytes(4, "little") + text)


def correlate(x, w):
    return None
