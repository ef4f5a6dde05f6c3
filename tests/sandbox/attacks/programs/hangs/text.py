# Hangs when it is printed or compared, as an error's text or a result.
# ends by: deadline
class Slow(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __eq__ = __str__


raise Slow
