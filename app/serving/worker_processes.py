"""Worker processes for computations: the server's own process keeps its interpreter for the event loop.

In threads of one process, Python code takes turns: a loop that wants to send a response would wait until a
computation lets go of the interpreter, many times per response. Each worker process is called by one thread,
which waits for its messages. Work and results are pickled, so work is a function of a module with arguments,
such as ``functools.partial(function, params)``.
"""

import atexit
import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any, Protocol, TypeVar, cast

Result = TypeVar("Result")
Emit = Callable[[bytes], None]
IsStopped = Callable[[], bool]

PRELOADED = ["app.__main__", "app.main"]
"""Modules that worker processes share in memory, where processes can be forked."""
POLL = 0.05  # s between two questions whether the work should stop
NICENESS = 5  # the event loop comes first
STOP = b"stop"


class Workers(Protocol):
    """Where computations run."""

    def call(self, work: Callable[[], Result]) -> Result:
        """The result of the work."""

    def stream(self, work: Callable[[Emit, IsStopped], Result], emit: Emit, is_stopped: IsStopped) -> Result:
        """The result of work that calls ``emit`` and stops soon after ``is_stopped()`` is true."""

    def close(self) -> None:
        """End what is running."""


class ThisProcess:
    """Computations in the calling thread, for an application without a running server."""

    def call(self, work: Callable[[], Result]) -> Result:
        return work()

    def stream(self, work: Callable[[Emit, IsStopped], Result], emit: Emit, is_stopped: IsStopped) -> Result:
        return work(emit, is_stopped)

    def close(self) -> None:
        pass


class WorkerLost(Exception):
    """A worker process ended before its work did, for instance because memory ran out."""


class WorkerProcesses:
    """As many worker processes as threads have called at once; an idle one is used again.

    Raises what the work raises, with the traceback of the worker process as a note, and ``WorkerLost``.
    """

    def __init__(self) -> None:
        self._context = _context()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False
        atexit.register(self.close)  # before multiprocessing waits for them

    def start(self) -> None:
        """Start one process and wait for it. The first takes a second, the others are quick."""
        self.call(os.getpid)

    def call(self, work: Callable[[], Result]) -> Result:
        """The result of the work."""
        return cast(Result, self._run(work, None, None))

    def stream(self, work: Callable[[Emit, IsStopped], Result], emit: Emit, is_stopped: IsStopped) -> Result:
        """The result of work that calls ``emit`` and stops soon after ``is_stopped()`` is true."""
        return cast(Result, self._run(work, emit, is_stopped))

    def close(self) -> None:
        """End all processes, whatever they do."""
        self._closed = True
        atexit.unregister(self.close)
        while self._idle:
            self._discard(self._idle.pop())
        for worker in [*self._all]:
            worker.kill()  # the thread that waits for it hears of that

    def _run(self, work: Callable[..., object], emit: Emit | None, is_stopped: IsStopped | None) -> object:
        packed = pickle.dumps((work, emit is not None))
        worker = self._worker()
        try:
            kind, value = worker.run(packed, emit, is_stopped)
        except (EOFError, OSError) as error:
            self._discard(worker)
            raise WorkerLost from error
        if self._closed:
            self._discard(worker)
        else:
            self._idle.append(worker)
        if kind == "raised":
            raise value
        return value

    def _worker(self) -> "_Worker":
        if self._closed:
            raise WorkerLost
        try:
            return self._idle.pop()
        except IndexError:
            worker = _Worker(self._context)
            self._all.add(worker)
            return worker

    def _discard(self, worker: "_Worker") -> None:
        self._all.discard(worker)
        worker.kill()
        worker.disconnect()


class _Worker:
    """One process and the connection to it."""

    def __init__(self, context: BaseContext) -> None:
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), name="bptt-worker", daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()

    def run(self, packed: bytes, emit: Emit | None, is_stopped: IsStopped | None) -> tuple[str, Any]:
        """("returned", result) or ("raised", exception)."""
        self._connection.send_bytes(packed)
        told = False
        while True:
            while is_stopped and not self._connection.poll(POLL):
                if is_stopped() and not told:
                    self._connection.send_bytes(STOP)
                    told = True
            kind, value = pickle.loads(self._connection.recv_bytes())
            if kind != "emitted":
                return kind, value
            if emit:
                emit(value)

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def disconnect(self) -> None:
        self._connection.close()


def serve(connection: Connection) -> None:
    """Do the work that arrives until the server's process closes the connection, or ends."""
    for number in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # the server ends this process
        signal.signal(number, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    gc.freeze()

    def send(kind: str, value: object) -> None:
        connection.send_bytes(pickle.dumps((kind, value)))

    def is_stopped() -> bool:
        return connection.poll()

    while True:
        try:
            packed = connection.recv_bytes()
            if packed == STOP:  # came when the work was done
                continue
            work, streams = pickle.loads(packed)
            try:
                result = work(lambda event: send("emitted", event), is_stopped) if streams else work()
            except Exception as error:
                send("raised", _portable(error))
            else:
                send("returned", result)
        except (EOFError, OSError):
            return


def _portable(error: Exception) -> Exception:
    """The exception, or if it cannot be pickled, another that says the same; with the traceback as a note."""
    lines = traceback.format_exc()
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.__traceback__ = None
    error.add_note(lines)
    return error


def _context() -> BaseContext:
    """Forked from a process that has loaded the application, where there is fork; otherwise started anew."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context
