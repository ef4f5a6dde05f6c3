"""What the kinds for code share: operations with their hidden cases, signatures, marking, shrinking, diagnosis."""
