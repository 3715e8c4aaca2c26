"""What invented citizens wrote and invented offices answered. Placeholders: {p} place, {n} number,
{d} and {e} dates, {u} answering unit, {t} telephone."""
