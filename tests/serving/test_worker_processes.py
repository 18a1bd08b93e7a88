"""Worker processes: results, exceptions, events and stops cross over; lost ones are replaced."""

import asyncio
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from app.api import training
from app.labs.parameters import IncompatibleParameters
from app.main import create_app
from app.serving.jobs import Stopped
from app.serving.json_encoding import to_json
from app.serving.worker_processes import STOP, ThisProcess, WorkerLost, WorkerProcesses, serve
from tests.asgi import Client


@pytest.fixture(scope="module")
def workers():
    processes = WorkerProcesses()
    yield processes
    processes.close()


class Unpicklable(Exception):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


def failing(error: type[Exception], *arguments: object) -> None:
    raise error(*arguments)


def counting(upto: int, emit, is_stopped) -> int:
    for number in range(upto):
        emit(b"%d" % number)
    return os.getpid()


def until_stopped(emit, is_stopped) -> None:
    emit(b"%d" % os.getpid())
    while not is_stopped():
        time.sleep(0.001)
    raise Stopped


LET = threading.Event()


def wait_for_it() -> None:
    LET.wait(10)


def gone(pid: int) -> bool:
    """Whether the process ends within some seconds; a dead one that nobody has waited for counts."""
    for _ in range(500):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_work_is_done_in_another_process_and_an_idle_one_is_used_again(workers):
    first = workers.call(os.getpid)
    assert first != os.getpid()
    assert workers.call(os.getpid) == first
    assert workers.call(partial(divmod, 17, 5)) == (3, 2)


def test_blas_has_one_thread_and_other_processes_come_first(workers):
    assert workers.call(partial(os.getenv, "OPENBLAS_NUM_THREADS")) == "1"
    assert workers.call(partial(os.nice, 0)) == os.nice(0) + 5


def test_an_exception_arrives_with_all_that_the_answer_says_of_it(workers):
    with pytest.raises(IncompatibleParameters) as caught:
        workers.call(partial(failing, IncompatibleParameters, "k", "too_large", 7, "9"))
    error = caught.value
    assert (error.parameter, error.code, error.limit, error.given) == ("k", "too_large", 7, "9")
    assert "in failing" in error.__notes__[0]


def test_an_exception_that_cannot_be_pickled_is_named(workers):
    with pytest.raises(RuntimeError) as caught:
        workers.call(partial(failing, Unpicklable, "two ", "words"))
    assert str(caught.value) == "Unpicklable: two words"
    assert workers.call(partial(max, 1, 2)) == 2


def test_events_come_in_order_and_before_the_result(workers):
    events = []
    pid = workers.stream(partial(counting, 300), events.append, lambda: False)
    assert [int(event) for event in events] == list(range(300))
    assert pid == workers.call(os.getpid)


def test_stopped_work_ends_and_its_process_goes_on(workers):
    events = []
    with pytest.raises(Stopped):
        workers.stream(until_stopped, events.append, lambda: bool(events))
    assert int(events[0]) == workers.call(os.getpid)
    assert workers.stream(partial(counting, 2), events.append, lambda: False) == int(events[0])
    assert events[1:] == [b"0", b"1"]


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_where_the_server_has_gone_the_work_ends_without_a_word(monkeypatch, busy):
    """In a thread of this process: what it raises would be a warning, and so a failure."""
    kept, niceness, let = [], [], threading.Event()
    monkeypatch.setattr(signal, "signal", lambda *handled: kept.append(handled))
    monkeypatch.setattr(os, "nice", niceness.append)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    ours, theirs = multiprocessing.Pipe()
    serving = threading.Thread(target=serve, args=(theirs,))
    monkeypatch.setattr(sys.modules[__name__], "LET", let)
    serving.start()
    ours.send_bytes(STOP)  # came too late, and means nothing
    ours.send_bytes(pickle.dumps((partial(counting, 2), True)))
    answers = [pickle.loads(ours.recv_bytes()) for _ in range(3)]
    assert answers == [("emitted", b"0"), ("emitted", b"1"), ("returned", os.getpid())]
    ours.send_bytes(pickle.dumps((partial(failing, ValueError, "no"), False)))
    kind, error = pickle.loads(ours.recv_bytes())
    assert (kind, type(error), error.args) == ("raised", ValueError, ("no",))
    assert "in failing" in error.__notes__[0]
    if busy:
        ours.send_bytes(pickle.dumps((wait_for_it, False)))
    ours.close()
    let.set()
    serving.join(10)
    assert not serving.is_alive()
    assert kept == [(signal.SIGINT, signal.SIG_IGN), (signal.SIGTERM, signal.SIG_IGN)]
    assert niceness == [5]


def test_a_lost_process_is_said_and_replaced(workers):
    before = workers.call(os.getpid)
    with pytest.raises(WorkerLost):
        workers.call(partial(os.kill, before, signal.SIGKILL))
    assert gone(before)
    assert workers.call(os.getpid) not in {before, os.getpid()}


def test_signals_of_a_terminal_or_a_group_are_left_to_the_server(workers):
    pid = workers.call(os.getpid)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, number)
    assert workers.call(os.getpid) == pid


def test_closed_workers_leave_no_process_and_take_no_work():
    processes = WorkerProcesses()
    pid = processes.call(os.getpid)
    processes.close()
    assert gone(pid)
    with pytest.raises(WorkerLost):
        processes.call(os.getpid)
    processes.close()


def test_a_server_computes_in_another_process_as_soon_as_one_has_started():
    async def scenario() -> tuple[type, type, int]:
        app = create_app()
        async with app.router.lifespan_context(app):
            first = app.state.workers
            while isinstance(app.state.workers, ThisProcess):
                await asyncio.sleep(0.02)
            then = app.state.workers
            pid = await asyncio.to_thread(then.call, os.getpid)
            client = Client(app, "/api/bptt", b"text=hello")
            await client.task
            assert client.status == 200
        again = Client(app, "/api/bptt", b"text=hello&k=1")  # of an application whose server has ended
        await again.task
        assert again.status == 200
        return type(first), type(then), pid

    try:
        first, then, pid = asyncio.run(asyncio.wait_for(scenario(), 60))
    finally:
        gc.unfreeze()
    assert (first, then) == (ThisProcess, WorkerProcesses)
    assert pid != os.getpid()
    assert gone(pid)


def test_a_race_is_the_same_here_and_there(workers):
    params = training.TrainingQuery(text="hello", budget=4, contest="1,full", seeds=1)
    work = partial(training._finished, partial(training._race, params), params.digits)
    emitted: list[bytes] = []
    finished = workers.stream(work, emitted.append, lambda: False)
    assert finished == ThisProcess().stream(work, lambda event: None, lambda: False)
    assert {event.split(b"\n")[0] for event in emitted} >= {b"event: start", b"event: point"}
    progressive, result = training._race(params)
    list(progressive.events())
    assert finished.body == to_json(result(), params.digits)
