"""text file -> Document: sections, paragraphs, sentences, footnotes, all as spans over one text."""
