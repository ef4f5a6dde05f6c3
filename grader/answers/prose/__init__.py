"""A student's paragraphs -> claims: what is mathematics in them, and how it stands there."""
