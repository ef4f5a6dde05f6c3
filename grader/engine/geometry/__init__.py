"""How a kernel slides: arguments read, sizes worked out, shapes that have to fit."""
