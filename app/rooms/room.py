"""The value of a room: an address of this site, a question and its votes; and how a change makes the next.

A room has no history: only the latest value counts, and ``revision`` says which is later.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from . import steering
from .address import Address, Sent, invalid
from .refusals import Refused

MAX_REVISION = 2**52  # an integer in every language, and far later than any clock says
AWAY_AFTER = 40_000  # ms without a request of the lecturer's page, which asks every 15 s at least
ROUNDS = 2  # a vote, a discussion, another vote

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Choice = Annotated[str, Field(min_length=1, max_length=100)]
Phase = Literal["show", "vote", "closed", "reveal"]
Tally = dict[str, int]


class Question(Sent):
    """What the lecturer asks the class."""

    question: Name = Field(description="The number of a lesson's step, such as 8.2, or any other name.")
    round: int = Field(1, ge=1, le=ROUNDS, description="The second round is beside the first.")
    choices: list[Choice] = Field(
        min_length=2,
        max_length=12,
        json_schema_extra={"uniqueItems": True},
        description="shape (C): names of the choices; of a question with a text their words, at most five",
    )
    several: bool = Field(False, description="Whether one voter may choose several.")
    text: Annotated[str, Field(min_length=1, max_length=300)] | None = Field(
        None, description="The words of a question of the lecturer's own; null for a question of the course."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(set(self.choices)) < len(self.choices):
            raise invalid("not_different")
        if self.text is not None and len(self.choices) > 5:
            raise invalid("too_many_choices", 5)
        return self

    def same_as(self, other: "Question | None") -> bool:
        """Whether votes on one are votes on the other, whatever the round."""
        return other is not None and self.model_copy(update={"round": other.round}) == other


class Change(Sent):
    """What the lecturer's page sends: all that the room shall hold."""

    address: Address = Field(description="What everybody shall see.")
    phase: Phase = Field(
        "show", description="vote counts votes, closed shows them, reveal shows the answer too."
    )
    paused: bool = Field(False, description="Whether the lecturer looks something up that nobody shall see.")
    vote: Question | None = Field(None, description="The question, in every phase but show.")
    sender: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,40}$")] = Field(
        "", description="A random name of the page that sends this: of two that steer, the other can say so."
    )
    revision: int = Field(
        0, ge=0, le=MAX_REVISION, description="The latest revision that this page has seen."
    )

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if (self.phase == "show") != (self.vote is None):
            raise invalid("phase_and_vote")
        return self


class Ballot(Sent):
    """One voter's answer; a later one replaces it for as long as the vote is open."""

    question: Name = Field(description="The question that is answered.")
    round: int = Field(1, ge=1, le=ROUNDS, description="Its round.")
    choices: list[Choice] = Field(
        min_length=1,
        max_length=12,
        json_schema_extra={"uniqueItems": True},
        description="shape (C): the names that are chosen; one, unless the question allows several",
    )
    voter: str = Field(
        pattern=r"^[A-Za-z0-9_-]{16,64}$", description="A random name that the voter's page has made up."
    )

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        if len(set(self.choices)) < len(self.choices):
            raise invalid("not_different")
        return self


class Round(Sent):
    """The votes of one round."""

    count: int = Field(description="How many have voted.")
    tally: Tally | None = Field(description="Votes by choice; null until the round is closed.")


class Asked(Question):
    """The question of a room, and its votes."""

    count: int = Field(description="How many have voted in this round.")
    tally: Tally | None = Field(description="Votes by choice; null until the vote is closed.")
    first: Round | None = Field(description="The first round, beside the second.")
    begun: int = Field(
        description="The revision with which it was asked: asked anew, without votes, it has another."
    )


class Room(Sent):
    """What everybody in a room is sent."""

    revision: int = Field(description="Grows with every change: whatever has a smaller one is out of date.")
    address: Address | None = Field(description="What to open; null before the lecturer has opened anything.")
    phase: Phase = Field(description="show, vote, closed or reveal.")
    paused: bool = Field(description="Whether the lecturer looks something up.")
    away: bool = Field(description="Whether the lecturer's page has been silent for 40 s.")
    sender: str = Field(description="The name of the page that has steered last.")
    listeners: int = Field(description="How many pages follow by events.")
    vote: Asked | None = Field(description="The question, if there is one.")


class Record(Sent):
    """What a store keeps of a room, except its votes and listeners.

    ``steer`` is the digest of its token, ``seen`` when its lecturer last sent anything (ms since 1970), and
    ``begun`` the revision with which its question was asked.
    """

    steer: str
    revision: int
    seen: int
    address: Address | None = None
    phase: Phase = "show"
    paused: bool = False
    sender: str = ""
    vote: Question | None = None
    begun: int = 0

    def is_away(self, now: int) -> bool:
        """Whether the lecturer's page has been silent for long."""
        return now - self.seen > AWAY_AFTER


_CHANGED = ("address", "phase", "paused", "vote", "sender")


def opened(steer: str, now: int) -> Record:
    """A new room, steered by whoever has the token of this digest."""
    return Record(steer=steer, revision=now, seen=now)


def changed(before: Record | None, change: Change, steer: str, now: int) -> Record:
    """The room after a change at ``now`` (ms since 1970); the revision stays if nothing is other than before.

    Without a room before it, which a restart may have lost, this is a new one under the same number. Its
    revision is later than the one that the sender has seen, or its listeners would wait for ever.

    Raises:
        Refused: it is the room of another token.

    """
    if before is not None:
        steering.check(before.steer, steer)
    new = {name: getattr(change, name) for name in _CHANGED}
    if before is not None and all(getattr(before, name) == value for name, value in new.items()):
        return before.model_copy(update={"seen": now})
    revision = max(now, 1 + max(change.revision, before.revision if before else 0))
    goes_on = before is not None and before.vote is not None and before.vote.same_as(change.vote)
    begun = before.begun if before is not None and goes_on else revision
    return Record(steer=steer, revision=revision, seen=now, begun=begun, **new)


def check_ballot(record: Record, ballot: Ballot) -> None:
    """Whether these choices count.

    Raises:
        Refused: the vote is closed or is another one, or there is no such choice.

    """
    asked = record.vote
    if asked is None or record.phase != "vote":
        raise Refused("vote_closed", "question", given=ballot.question)
    if ballot.question != asked.question:
        raise Refused("other_question", "question", limit=asked.question, given=ballot.question)
    if ballot.round != asked.round:
        raise Refused("other_question", "round", limit=asked.round, given=ballot.round)
    if not set(ballot.choices) <= set(asked.choices):
        raise Refused("not_a_choice", "choices", limit=", ".join(asked.choices), given=ballot.choices)
    if len(ballot.choices) > (len(asked.choices) if asked.several else 1):
        raise Refused("too_many_choices", "choices", limit=1, given=len(ballot.choices))


def seen_by_all(record: Record, rounds: list[Round], listeners: int, now: int) -> Room:
    """What everybody may see: of the votes of a round only their number, for as long as it is open."""
    return Room(
        **{name: getattr(record, name) for name in ("revision", *_CHANGED) if name != "vote"},
        away=record.is_away(now),
        listeners=listeners,
        vote=_asked(record, rounds) if record.vote else None,
    )


def _asked(record: Record, rounds: list[Round]) -> Asked:
    assert record.vote is not None
    current = rounds[record.vote.round - 1]
    first = rounds[0] if record.vote.round > 1 else None
    return Asked(
        **dict(record.vote),
        count=current.count,
        tally=None if record.phase == "vote" else _complete(record.vote, current),
        first=first and Round(count=first.count, tally=_complete(record.vote, first)),
        begun=record.begun,
    )


def _complete(asked: Question, votes: Round) -> Tally:
    return {choice: (votes.tally or {}).get(choice, 0) for choice in asked.choices}
