"""The rules of a room by themselves: revisions, what a change keeps, wrong numbers, calls that come fast."""

import asyncio

import pytest
from pydantic import ValidationError

from app.rooms import steering
from app.rooms.refusals import Refused
from app.rooms.room import Change, Question, changed, opened, seen_by_all
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
