"""Stands for Ray in tests: as much of its interface as scripts/weft-ray uses, over threads.

FAKE_RAY names what goes wrong: `lost` tells of every second share's first attempt that its worker died while it
goes on, as happens on a node that is cut off; `killed` kills the command of the first attempts; `old` is a Ray
of an old version; `none` finds no cluster.
"""
import concurrent.futures
import os
import subprocess
import threading
import time

MODE = os.environ.get("FAKE_RAY", "")
__version__ = "1.13.0" if MODE == "old" else "2.60.0"
_pool = concurrent.futures.ThreadPoolExecutor(4)
_attempts = {}
_orphans = []


class WorkerCrashedError(Exception):
    pass


def init(address, **options):
    if MODE == "none":
        raise ConnectionError("Could not find any running Ray instance.")


def shutdown():
    for orphan in _orphans:
        orphan.join()


def nodes():
    return [{"Alive": True}, {"Alive": True}, {"Alive": False}]


def cluster_resources():
    return {"CPU": 2.0}


def _run(function, arguments):
    command, directory = arguments
    attempt = _attempts[tuple(command)] = _attempts.get(tuple(command), 0) + 1
    share = int(command[command.index("--partition") + 1])
    if attempt == 1 and share % 2 == 0 and MODE == "lost":
        orphan = threading.Thread(target=function, args=arguments)
        orphan.start()
        _orphans.append(orphan)
        raise WorkerCrashedError("The worker died unexpectedly")
    if attempt == 1 and share % 2 == 0 and MODE == "killed":
        child = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL)
        time.sleep(0.01 * (1 + share))
        child.kill()
        return child.wait(), "killed"
    return function(*arguments)


def remote(**options):
    def decorate(function):
        class Remote:
            def remote(self, *arguments):
                return _pool.submit(_run, function, arguments)

        return Remote()

    return decorate


def wait(tasks, num_returns, timeout):
    done, waiting = concurrent.futures.wait(tasks, timeout, concurrent.futures.FIRST_COMPLETED)
    return list(done), list(waiting)


def get(task):
    return task.result()


def cancel(task, force):
    task.cancel()
