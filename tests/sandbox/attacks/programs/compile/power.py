# Raises numbers to powers that take years.
# ends by: deadline
print(len(str(9**9**9)))
