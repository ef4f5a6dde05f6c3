# Doubles a text until memory is full.
text = "x"
try:
    while True:
        text += text
except MemoryError:
    print("held: MemoryError at", len(text))
