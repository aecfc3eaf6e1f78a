"""Locks for code that asks for them. There is one thread, so a lock is a flag."""

error = RuntimeError
TIMEOUT_MAX = 9223372036.0


class LockType:
    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        if self._held:
            if blocking and timeout < 0:
                raise RuntimeError("a lock that its own thread holds would never be released")
            return False
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False

    def locked(self):
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


class RLock:
    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        self._count += 1
        return True

    def release(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def __enter__(self):
        self._count += 1
        return True

    def __exit__(self, *exc_info):
        self.release()


def allocate_lock():
    return LockType()


# What a thread's end is waited for by: the main one's never comes.
_set_sentinel = allocate_lock
allocate = allocate_lock


def stack_size(size=0):
    return 0


def interrupt_main(signum=2):
    raise KeyboardInterrupt


def daemon_threads_allowed():
    return False


def _count():
    return 0


def get_ident():
    return 1


def get_native_id():
    return 1


def start_new_thread(function, args, kwargs=None):
    raise RuntimeError("scripts have one thread")


class _local:
    pass
