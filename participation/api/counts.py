"""The counts of comments, as fields: received = adopted + partly + not adopted + outside + withdrawn."""

from participation.api.fields import Field
from participation.errors import N_

COMMENTS = N_("comments")
ART_18 = "国务院令第713号 第十八条"

RECEIVED = (
    Field("received", "integer", N_("Comments received by every way announced"), unit=COMMENTS),
    Field("withdrawn", "integer", N_("Of these, withdrawn by their writers"), unit=COMMENTS),
    Field("not_shown", "integer", N_("Of these, not shown for a legal ground; they are answered all the same"),
          lambda tally: tally.hidden, unit=COMMENTS),
    Field("people", "integer", N_("People who commented, as far as anybody can tell them apart"), unit=N_("people")),
)  # fmt: skip
OUTCOMES = (
    Field("adopted", "integer", N_("Comments adopted"), unit=COMMENTS, article=ART_18),
    Field("partly", "integer", N_("Comments partly adopted"), unit=COMMENTS, article=ART_18),
    Field("not_adopted", "integer", N_("Comments not adopted, each with the reason"), unit=COMMENTS, article=ART_18),
    Field("outside", "integer", N_("Comments outside the decision, each with the reason"), unit=COMMENTS),
)
