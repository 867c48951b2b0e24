"""Coroutines, run plainly: one after the other, to their ends."""
from _support import CancelledError

TimeoutError = TimeoutError


class InvalidStateError(Exception):
    pass


class QueueEmpty(Exception):
    pass


async def _awaited(awaitable):
    return await awaitable


def _value(awaitable):
    """The result of a coroutine, run now."""
    coroutine = awaitable if hasattr(awaitable, "send") else _awaited(awaitable)
    try:
        while True:
            coroutine.send(None)
    except StopIteration as done:
        return done.value


class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return None

    def run(self, coro, *, context=None):
        return run(coro)

    def get_loop(self):
        return _loop

    def close(self):
        pass


def run(main, *, debug=None, loop_factory=None):
    if not (hasattr(main, "send") or hasattr(main, "__await__")):
        raise ValueError("a coroutine was expected, got %r" % (main,))
    return _value(main)


class Future:
    def __init__(self, *, loop=None):
        self._done = False
        self._result = None
        self._problem = None

    def set_result(self, result):
        self._done = True
        self._result = result

    def set_exception(self, exception):
        self._done = True
        self._problem = exception

    def done(self):
        return self._done

    def cancelled(self):
        return False

    def cancel(self, msg=None):
        return False

    def result(self):
        if not self._done:
            raise InvalidStateError("Result is not set.")
        if self._problem is not None:
            raise self._problem
        return self._result

    def exception(self):
        return self._problem

    def add_done_callback(self, fn, *, context=None):
        fn(self)

    def __await__(self):
        return self.result()
        yield


class Task(Future):
    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__()
        self._name = name or "Task"
        try:
            self.set_result(_value(coro))
        except Exception as problem:
            self.set_exception(problem)

    def get_name(self):
        return self._name


def create_task(coro, *, name=None, context=None):
    return Task(coro, name=name)


ensure_future = create_task


async def gather(*coros_or_futures, return_exceptions=False):
    results = []
    for one in coros_or_futures:
        try:
            results.append(await one)
        except Exception as problem:
            if not return_exceptions:
                raise
            results.append(problem)
    return results


async def sleep(delay, result=None):
    return result


async def wait_for(fut, timeout):
    return await fut


async def shield(arg):
    return await arg


async def wait(fs, *, timeout=None, return_when="ALL_COMPLETED"):
    return {one if isinstance(one, Future) else Task(one) for one in fs}, set()


FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = (
    "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED")


async def to_thread(func, /, *args, **kwargs):
    return func(*args, **kwargs)


def iscoroutine(obj):
    return type(obj).__name__ == "coroutine"


def iscoroutinefunction(func):
    import inspect

    return inspect.iscoroutinefunction(func)


class timeout:
    def __init__(self, when):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        return None


class TaskGroup:
    async def __aenter__(self):
        self._tasks = []
        return self

    async def __aexit__(self, *details):
        for task in self._tasks:
            task.result()

    def create_task(self, coro, *, name=None, context=None):
        task = Task(coro, name=name)
        self._tasks.append(task)
        return task


class Loop:
    def run_until_complete(self, future):
        return _value(future)

    def run_in_executor(self, executor, func, *args):
        future = Future()
        future.set_result(func(*args))
        return future

    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, name=name)

    def is_running(self):
        return False

    def is_closed(self):
        return False

    def close(self):
        pass

    def stop(self):
        pass

    def time(self):
        return 0.0


AbstractEventLoop = BaseEventLoop = Loop
_loop = Loop()


def get_event_loop():
    return _loop


new_event_loop = get_event_loop


def get_running_loop():
    raise RuntimeError("no running event loop")


def set_event_loop(loop):
    pass


def set_event_loop_policy(policy):
    pass


def current_task(loop=None):
    return None


class WindowsSelectorEventLoopPolicy:
    pass


DefaultEventLoopPolicy = WindowsSelectorEventLoopPolicy


class Lock:
    def __init__(self):
        self._locked = False

    def locked(self):
        return self._locked

    async def acquire(self):
        self._locked = True
        return True

    def release(self):
        self._locked = False

    async def __aenter__(self):
        self._locked = True

    async def __aexit__(self, *details):
        self._locked = False


class Semaphore(Lock):
    def __init__(self, value=1):
        super().__init__()


BoundedSemaphore = Semaphore


class Event:
    def __init__(self):
        self._set = False

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    def is_set(self):
        return self._set

    async def wait(self):
        return True


class Queue:
    def __init__(self, maxsize=0):
        self._items = []

    def put_nowait(self, item):
        self._items.append(item)

    async def put(self, item):
        self._items.append(item)

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        return self._items.pop(0)

    async def get(self):
        return self.get_nowait()

    def empty(self):
        return not self._items

    def qsize(self):
        return len(self._items)

    def task_done(self):
        pass

    async def join(self):
        pass
