"""The rules of a room by themselves: revisions, what a change keeps, wrong numbers, calls that come fast."""

import asyncio

import pytest
from pydantic import ValidationError

from app.rooms import steering
from app.rooms.refusals import Refused
from app.rooms.room import MAX_REVISION, Ballot, Change, Question, changed, check_ballot, opened, seen_by_all
from app.rooms.room import Round as Votes
from app.rooms.throttle import Throttle
from app.rooms.wrong_numbers import MAX_ADDRESSES, MAX_WRONG, WrongNumbers

MINE, THEIRS = (steering.digest(steering.new_token()) for _ in range(2))
NOW = 1_800_000_000_000


def change(fragment: str = "", **rest) -> Change:
    return Change(address={"path": "/ko/", "query": "", "fragment": fragment}, **rest)


def test_a_revision_is_the_time_or_one_more_than_any_before():
    room = opened(MINE, NOW)
    assert room.revision == NOW
    room = changed(room, change("#a"), MINE, NOW)
    assert room.revision == NOW + 1
    room = changed(room, change("#b"), MINE, NOW - 5000)  # a clock that went back
    assert room.revision == NOW + 2
    room = changed(room, change("#c", revision=NOW + 90), MINE, NOW)  # a page that knows of a later one
    assert room.revision == NOW + 91
    room = changed(room, change("#d"), MINE, NOW + 5000)
    assert room.revision == NOW + 5000
    lost = changed(None, change("#e", revision=room.revision), MINE, NOW + 1000)  # after a restart
    assert lost.revision == room.revision + 1


def test_the_same_again_only_says_that_the_lecturer_is_there():
    room = changed(opened(MINE, NOW), change("#a"), MINE, NOW)
    again = changed(room, change("#a", revision=room.revision), MINE, NOW + 15_000)
    assert again == room.model_copy(update={"seen": NOW + 15_000})
    assert not again.is_away(NOW + 15_000 + 40_000)
    assert again.is_away(NOW + 15_000 + 40_001)


def test_a_question_is_begun_with_the_revision_that_asks_it_also_in_a_room_that_a_restart_has_lost():
    asking = change("#a", phase="vote", vote={"question": "8.2", "choices": ["a", "b"]})
    room = changed(opened(MINE, NOW), asking, MINE, NOW + 5)
    assert room.begun == room.revision
    assert changed(room, change("#a"), MINE, NOW + 9).begun == NOW + 9
    lost = changed(None, asking.model_copy(update={"revision": room.revision}), MINE, NOW + 1)
    assert lost.begun == lost.revision > room.begun


def test_another_token_changes_nothing():
    with pytest.raises(Refused) as refused:
        changed(opened(MINE, NOW), change(), THEIRS, NOW)
    assert refused.value.code == "wrong_token"


def test_a_token_is_128_random_bits_and_its_hash_says_nothing_of_it():
    tokens = {steering.new_token() for _ in range(100)}
    assert {len(token) for token in tokens} == {22}
    assert len(tokens) == 100
    token = tokens.pop()
    assert token not in steering.digest(token)
    assert len(steering.digest(token)) == 64
    assert {len(steering.new_number()) for _ in range(100)} == {6}


@pytest.mark.parametrize("phase", ["show", "vote", "closed", "reveal"])
def test_a_tally_is_seen_when_the_vote_is_closed_and_the_answer_has_every_choice(phase):
    vote = None if phase == "show" else {"question": "8.2", "choices": ["a", "b", "c"], "round": 2}
    room = changed(opened(MINE, NOW), change(phase=phase, vote=vote), MINE, NOW)
    rounds = [Votes(count=3, tally={"a": 3}), Votes(count=5, tally={"b": 4, "c": 1, "gone": 0})]
    seen = seen_by_all(room, rounds, 7, NOW).vote
    if phase == "show":
        assert seen is None
        return
    assert seen.count == 5
    assert seen.tally == (None if phase == "vote" else {"a": 0, "b": 4, "c": 1})
    assert seen.first.model_dump() == {"count": 3, "tally": {"a": 3, "b": 0, "c": 0}}


@pytest.mark.parametrize(
    ("vote", "code"),
    [
        ({"choices": ["a"]}, "too_short"),
        ({"choices": ["a", "a"]}, "not_different"),
        ({"choices": [str(n) for n in range(13)]}, "too_long"),
        ({"choices": [str(n) for n in range(6)], "text": "Why?"}, "too_many_choices"),
        ({"choices": ["a", "b" * 101]}, "string_too_long"),
        ({"choices": ["a", ""]}, "string_too_short"),
        ({"choices": ["a", "b"], "text": ""}, "string_too_short"),
        ({"choices": ["a", "b"], "text": "a" * 301}, "string_too_long"),
        ({"choices": ["a", "b"], "round": 3}, "less_than_equal"),
        ({"choices": ["a", "b"], "question": "8 2"}, "string_pattern_mismatch"),
        ({"choices": ["a", "b"], "several": 1}, "bool_type"),
    ],
)
def test_a_question_has_bounds(vote, code):
    with pytest.raises(ValidationError) as refused:
        Question(**{"question": "8.2"} | vote)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("ballot", "code"),
    [
        ({"choices": []}, "too_short"),
        ({"choices": ["a", "a"]}, "not_different"),
        ({"choices": [str(n) for n in range(13)]}, "too_long"),
        ({"choices": ["b" * 101]}, "string_too_long"),
        ({"choices": [""]}, "string_too_short"),
        ({"round": 0}, "greater_than_equal"),
        ({"round": 3}, "less_than_equal"),
        ({"round": True}, "int_type"),
        ({"question": "q" * 41}, "string_pattern_mismatch"),
        ({"question": ""}, "string_pattern_mismatch"),
        ({"voter": "v" * 15}, "string_pattern_mismatch"),
        ({"voter": "v" * 65}, "string_pattern_mismatch"),
        ({"voter": "v" * 15 + " "}, "string_pattern_mismatch"),
        ({"name": "a"}, "extra_forbidden"),
    ],
)
def test_a_ballot_has_bounds(ballot, code):
    with pytest.raises(ValidationError) as refused:
        Ballot(**{"question": "8.2", "choices": ["a"], "voter": "v" * 16} | ballot)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"revision": -1}, "greater_than_equal"),
        ({"revision": MAX_REVISION + 1}, "less_than_equal"),
        ({"sender": "s" * 41}, "string_pattern_mismatch"),
        ({"sender": "a b"}, "string_pattern_mismatch"),
        ({"phase": "vote"}, "phase_and_vote"),
        ({"vote": {"question": "8.2", "choices": ["a", "b"]}}, "phase_and_vote"),
        ({"paused": 1}, "bool_type"),
        ({"seen": 1}, "extra_forbidden"),
    ],
)
def test_a_change_has_bounds(part, code):
    with pytest.raises(ValidationError) as refused:
        change(**part)
    assert [error["type"] for error in refused.value.errors()] == [code]


def test_whatever_is_at_its_bounds_is_taken():
    for choices, text in (([str(n) for n in range(12)], None), (["1", "2", "3", "4", "5" * 100], "?" * 300)):
        asked = Question(question="q" * 40, round=2, choices=choices, text=text)
        assert asked.choices == choices
        change(phase="vote", vote=asked.model_dump(), sender="s" * 40, revision=MAX_REVISION)
    Question(question="1", choices=["a", "b"], text="?")
    for length in (16, 64):
        Ballot(question="q" * 40, round=2, choices=[str(n) for n in range(12)], voter="v" * length)


@pytest.mark.parametrize("sent", [Question, Ballot])
def test_the_schema_says_that_no_choice_comes_twice(sent):
    choices = sent.model_json_schema()["properties"]["choices"]
    assert choices["uniqueItems"] is True
    assert (choices["minItems"], choices["maxItems"]) == (2 if sent is Question else 1, 12)


def test_what_is_left_out_is_as_small_as_can_be():
    shown = change()
    assert (shown.phase, shown.paused, shown.vote, shown.sender, shown.revision) == (
        "show",
        False,
        None,
        "",
        0,
    )
    asked = Question(question="8.2", choices=["a", "b"])
    assert (asked.round, asked.several, asked.text) == (1, False, None)
    assert Ballot(question="8.2", choices=["a"], voter="v" * 16).round == 1
    new = opened(MINE, NOW)
    assert (new.revision, new.seen, new.phase, new.paused, new.sender) == (NOW, NOW, "show", False, "")
    assert (new.address, new.vote) == (None, None)


def test_every_revision_is_exact_in_all_languages():
    assert MAX_REVISION + 1 <= 2**53
    assert MAX_REVISION > 1000 * NOW


@pytest.mark.parametrize(
    ("room", "ballot", "expected"),
    [
        ({"phase": "closed"}, {}, ("vote_closed", "question", None, "8.2")),
        ({"phase": "show", "vote": None}, {}, ("vote_closed", "question", None, "8.2")),
        ({}, {"question": "8.3"}, ("other_question", "question", "8.2", "8.3")),
        ({}, {"round": 2}, ("other_question", "round", 1, 2)),
        ({}, {"choices": ["a", "d"]}, ("not_a_choice", "choices", "a, b, c", ["a", "d"])),
        ({}, {"choices": ["a", "b"]}, ("too_many_choices", "choices", 1, 2)),
        ({"several": True}, {"choices": ["d"]}, ("not_a_choice", "choices", "a, b, c", ["d"])),
        ({"several": True}, {"choices": ["c", "b", "a"]}, None),
        ({}, {"choices": ["c"]}, None),
    ],
)
def test_a_ballot_counts_that_answers_the_question_while_it_is_open(room, ballot, expected):
    asked = {"question": "8.2", "choices": ["a", "b", "c"], "several": room.get("several", False)}
    phase = room.get("phase", "vote")
    record = changed(None, change(phase=phase, vote=room.get("vote", asked)), MINE, NOW)
    given = Ballot(**{"question": "8.2", "choices": ["a"], "voter": "v" * 16} | ballot)
    if expected is None:
        check_ballot(record, given)
        return
    with pytest.raises(Refused) as refused:
        check_ballot(record, given)
    found = refused.value
    assert (found.code, found.parameter, found.limit, found.given) == expected
    assert found.retry_after is None


def test_votes_on_a_question_are_votes_on_its_other_round_and_on_no_other_question():
    asked = Question(question="8.2", choices=["a", "b"])
    assert asked.same_as(asked.model_copy(update={"round": 2}))
    assert asked.model_copy(update={"round": 2}).same_as(asked)
    for other in (
        {"question": "8.3"},
        {"choices": ["a", "b", "c"]},
        {"choices": ["b", "a"]},
        {"several": True},
        {"text": "Why?"},
    ):
        assert not asked.same_as(asked.model_copy(update=other))
    assert not asked.same_as(None)


@pytest.mark.parametrize(
    "part",
    [{"fragment": "#b"}, {"paused": True}, {"sender": "tablet"}, {"phase": "reveal"}, {"vote": "other"}],
)
def test_any_part_of_a_change_makes_another_value(part):
    asked = {"question": "8.2", "choices": ["a", "b"]}
    usual = {"fragment": "#a", "phase": "closed", "vote": asked}
    room = changed(None, change(**usual), MINE, NOW)
    same = changed(room, change(**usual), MINE, NOW + 5)
    assert (same.revision, same.seen) == (NOW, NOW + 5)
    if part.get("vote"):
        part = {"vote": asked | {"round": 2}}
    new = changed(room, change(**usual | part), MINE, NOW + 5)
    assert (new.revision, new.seen, new.steer) == (NOW + 5, NOW + 5, MINE)


def test_many_wrong_numbers_are_told_to_wait_and_the_same_one_again_is_not():
    time = [0.0]
    wrong = WrongNumbers(lambda: time[0])
    for number in range(MAX_WRONG):
        wrong.count("10.0.0.1", str(number))
    for _ in range(300):
        wrong.count("10.0.0.1", "7")  # a class that waits for its room
    with pytest.raises(Refused) as refused:
        wrong.count("10.0.0.1", "100000")
    assert (refused.value.code, refused.value.retry_after) == ("wrong_numbers", 60)
    wrong.count("10.0.0.2", "100000")
    time[0] = 45.0
    with pytest.raises(Refused) as refused:
        wrong.count("10.0.0.1", "100001")
    assert refused.value.retry_after == 15
    time[0] = 60.0
    wrong.count("10.0.0.1", "100001")


def test_of_the_newer_internet_addresses_a_whole_network_counts_as_one():
    wrong = WrongNumbers(lambda: 0.0)
    for number in range(MAX_WRONG):
        wrong.count(f"2001:db8::{number:x}", str(number))
    with pytest.raises(Refused):
        wrong.count("2001:db8::ffff", "100000")
    wrong.count("2001:db8:0:1::1", "100000")


def test_only_so_many_addresses_are_counted():
    wrong = WrongNumbers(lambda: 0.0)
    for n in range(2 * MAX_ADDRESSES + 1):
        wrong.count(f"client-{n}", "1")
        assert len(wrong._wrong) <= MAX_ADDRESSES


def test_calls_that_come_fast_are_made_at_once_and_then_once_for_all():
    async def scenario():
        calls = []
        throttle = Throttle(0.05, lambda: calls.append(1))
        throttle.ask()
        assert len(calls) == 1
        for _ in range(100):
            throttle.ask()
        assert len(calls) == 1
        await asyncio.sleep(0.08)
        assert len(calls) == 2
        await asyncio.sleep(0.06)
        throttle.ask()
        throttle.ask()
        throttle.cancel()
        await asyncio.sleep(0.08)
        assert len(calls) == 3

    asyncio.run(scenario())
