"""Threads: there is one. Locks are free, thread-local values plain."""
import _support

TIMEOUT_MAX = 9223372036.0


class Lock:
    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        self._count += 1
        return True

    def release(self):
        self._count -= 1

    def locked(self):
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()


class RLock(Lock):
    pass


class Semaphore(Lock):
    def __init__(self, value=1):
        super().__init__()


BoundedSemaphore = Semaphore


class Condition(Lock):
    def __init__(self, lock=None):
        super().__init__()

    def notify(self, n=1):
        pass

    def notify_all(self):
        pass


class Event:
    def __init__(self):
        self._set = False

    def is_set(self):
        return self._set

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    def wait(self, timeout=None):
        return self._set


class local:
    pass


class Thread:
    name = "MainThread"
    ident = 1
    daemon = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.name = name or "Thread"

    def start(self):
        _support.refuse("threads can't be started in evaluated files",
                        "call the function directly")

    def is_alive(self):
        return False

    def join(self, timeout=None):
        pass


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()


_main = Thread()
_main.name = "MainThread"


def current_thread():
    return _main


main_thread = current_thread


def get_ident():
    return 1


def active_count():
    return 1


def enumerate():
    return [_main]
