"""What runs inside the walls, beside the student's code: the standard library and NumPy, nothing of the grader.

The zygote imports this folder under the name ``inside``; the trusted side imports the codec from it. Its files
therefore import only each other, by relative imports.
"""
