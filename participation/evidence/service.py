"""Recording, sealing and verifying. CONTRACT - the evidence helper fills this in.

How features use it:

    from participation import evidence   # no: import from participation.evidence import service
    from participation.evidence import service as evidence

    evidence.register(Letter, kind="letter",
                      columns=("number", "stage", "department_id", "received_at", ...),
                      personal=("title", "text", "author_name", "phone"))   # salted commitments
    ...
    evidence.record("letter.received", subject=letter, actor=actor, now=now,
                    facts={"number": letter.number, "mailbox": "mayor"})   # never personal data

`record` queues the entry in the session; at commit (before_commit) all queued entries are
inserted, each with its canonical payload; the digests of every evidenced row that was inserted or
changed in this transaction go into the entry of its subject, else into the last entry. A commit
that changes an evidenced row without any queued entry raises `Unrecorded`. After commit
`entry_for(subject_kind, subject_id, verb)` finds the entry (receipts show its id).
"""
