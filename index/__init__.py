"""Documents -> chunks -> segmented terms + embeddings -> BM25 + FAISS -> hits for a question."""
