"""From a question to the provisions and published facts that answer it: words, vectors, rank fusion."""
