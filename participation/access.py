"""Who may do what: one table, asked by views, buttons, queries and tests alike. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    PUBLIC = "public"  # nobody is signed in
    CITIZEN = "citizen"
    OFFICER = "officer"  # 经办人
    HEAD = "head"  # 部门负责人, approves
    OFFICE = "office"  # 政府办公室: catalogue, dispatch
    AUDITOR = "auditor"  # reads all but contact details, writes findings only
    ADMINISTRATOR = "administrator"  # people and settings; sees no letters


class Capability(StrEnum):
    TAKE_PART = "take_part"  # read, comment, write, track: everybody
    OWN_MATTERS = "own_matters"  # "my letters and comments"
    USE_DESK = "use_desk"  # the staff pages
    ANSWER = "answer"  # draft answers, return letters, sort comments
    APPROVE = "approve"  # let an answer, a feedback report or a consultation out
    ENTER_FOR_OTHERS = "enter_for_others"  # 代录 at a service window
    DRAFT_CONSULTATION = "draft_consultation"
    DISPATCH = "dispatch"  # hand letters to departments, rule on returns and extensions
    MANAGE_CATALOGUE = "manage_catalogue"
    READ_LEDGER = "read_ledger"
    READ_ALL = "read_all"  # every department's matters, without contact details
    WRITE_FINDING = "write_finding"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_CALENDAR = "manage_calendar"
    WATCH_EVIDENCE = "watch_evidence"  # holders of signed heads, a clock in doubt
    ASK_CONTACTS = "ask_contacts"  # ask for a list of contacts, and take it once a second person allowed it
    DECIDE_CONTACTS = "decide_contacts"  # be that second person


C = Capability
GRANTS: dict[Role, frozenset[Capability]] = {
    Role.PUBLIC: frozenset({C.TAKE_PART}),
    Role.CITIZEN: frozenset({C.TAKE_PART, C.OWN_MATTERS}),
    Role.OFFICER: frozenset(
        {C.TAKE_PART, C.USE_DESK, C.ANSWER, C.ENTER_FOR_OTHERS, C.DRAFT_CONSULTATION, C.ASK_CONTACTS}
    ),
    Role.HEAD: frozenset(
        {
            C.TAKE_PART,
            C.USE_DESK,
            C.ANSWER,
            C.APPROVE,
            C.DRAFT_CONSULTATION,
            C.READ_LEDGER,
            C.ASK_CONTACTS,
            C.DECIDE_CONTACTS,
        }
    ),
    Role.OFFICE: frozenset(
        {
            C.TAKE_PART,
            C.USE_DESK,
            C.DISPATCH,
            C.MANAGE_CATALOGUE,
            C.ENTER_FOR_OTHERS,
            C.READ_LEDGER,
            C.READ_ALL,
            C.MANAGE_CALENDAR,
            C.ASK_CONTACTS,
            C.DECIDE_CONTACTS,
        }
    ),
    Role.AUDITOR: frozenset(
        {C.TAKE_PART, C.USE_DESK, C.READ_LEDGER, C.READ_ALL, C.WRITE_FINDING, C.WATCH_EVIDENCE, C.ASK_CONTACTS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {C.TAKE_PART, C.USE_DESK, C.MANAGE_PEOPLE, C.MANAGE_CALENDAR, C.WATCH_EVIDENCE, C.DECIDE_CONTACTS}
    ),
}


@dataclass(frozen=True)
class PostHeld:
    """A post this person may act in now: their own, or one delegated to them (AB角)."""

    post_id: int
    department_id: int
    role: Role
    delegated: bool = False


@dataclass(frozen=True)
class Actor:
    """Whoever acts in this request. `name` is shown to colleagues, never to the public."""

    person_id: int | None = None
    name: str = ""
    posts: tuple[PostHeld, ...] = ()
    is_citizen: bool = False
    capabilities: frozenset[Capability] = field(default=GRANTS[Role.PUBLIC])

    @property
    def roles(self) -> frozenset[Role]:
        held = {post.role for post in self.posts}
        if self.is_citizen:
            held.add(Role.CITIZEN)
        return frozenset(held or {Role.PUBLIC})

    @property
    def department_ids(self) -> frozenset[int]:
        return frozenset(post.department_id for post in self.posts)

    def can(self, capability: Capability, department_id: int | None = None) -> bool:
        """Whether any post (in that department, when one is named) grants the capability."""
        if department_id is None:
            return capability in self.capabilities
        return any(capability in GRANTS[post.role] and post.department_id == department_id for post in self.posts)

    @property
    def ref(self) -> str:
        """How evidence names the actor: never by name. `post:7/person:3`, `person:9`, `public`."""
        if self.person_id is None:
            return "public"
        post = f"post:{self.posts[0].post_id}/" if self.posts else ""
        return f"{post}person:{self.person_id}"


ANYONE = Actor()
SYSTEM = Actor(name="system", capabilities=frozenset())


def actor_for(*, person_id: int, name: str, posts: tuple[PostHeld, ...], is_citizen: bool) -> Actor:
    """The actor with the union of what their posts grant."""
    granted = set(GRANTS[Role.CITIZEN if is_citizen else Role.PUBLIC])
    for post in posts:
        granted |= GRANTS[post.role]
    return Actor(person_id, name, posts, is_citizen, frozenset(granted))
