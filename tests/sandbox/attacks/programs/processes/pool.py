# Uses a pool of processes, as code that is merely fast would.
import multiprocessing

try:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print("REACHED: a second process", pool.map(abs, [1]))
except OSError as refusal:
    print("held:", refusal)
