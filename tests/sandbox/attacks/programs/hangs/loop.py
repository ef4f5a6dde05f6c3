# Loops.
# ends by: deadline
while True:
    pass
