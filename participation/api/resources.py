"""Every resource, in the order of the description."""

from participation.api import (
    calendar,
    catalogues,
    checkpoints,
    consultations,
    decisions,
    departments,
    duties,
    feedback,
    indicators,
    letters,
    papers,
)
from participation.api.resource import Resource

RESOURCES: tuple[Resource, ...] = (
    catalogues.RESOURCE,
    decisions.RESOURCE,
    papers.RESOURCE,
    consultations.RESOURCE,
    feedback.RESOURCE,
    feedback.OPINIONS,
    letters.RESOURCE,
    duties.RESOURCE,
    indicators.RESOURCE,
    calendar.RESOURCE,
    checkpoints.RESOURCE,
    departments.RESOURCE,
)
LISTED: tuple[Resource, ...] = tuple(resource for resource in RESOURCES if resource.listed)
FILED: tuple[Resource, ...] = tuple(resource for resource in RESOURCES if resource.filed)
