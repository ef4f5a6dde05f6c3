# Makes a call with the bit of the third table, which a list of numbers may have forgotten.
# machine: x86_64
import ctypes

print("REACHED: the third table", ctypes.CDLL(None).syscall(0x40000000 + 41, 1, 1, 0))
