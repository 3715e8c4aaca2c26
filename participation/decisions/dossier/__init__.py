"""The dossier of a decision as one file (713号 art. 33): public records and papers in the order of the procedure,
references to what is internal, a manifest with fingerprints, and proofs that anybody can check offline."""
