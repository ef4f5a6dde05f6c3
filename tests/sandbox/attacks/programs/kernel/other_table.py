# Makes a call of the 32-bit table, whose numbers mean other calls, from code written into memory.
# machine: x86_64
import ctypes
import mmap

code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(bytes.fromhex("53 b8 29 00 00 00 31 db cd 80 5b c3".replace(" ", "")))
call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
print("REACHED: the other table", call())
