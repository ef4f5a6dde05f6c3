"""What a layer does: to a shape, with how many weights, in how many multiplications, seen through which window."""
