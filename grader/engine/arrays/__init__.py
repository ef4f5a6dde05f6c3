"""Arrays of any library: which one is at work, what is accepted, when integers stay exact."""
