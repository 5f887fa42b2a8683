"""Wire shapes that several providers share."""
