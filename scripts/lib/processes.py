"""What a command takes: time, processor time and memory of all its processes together."""

from __future__ import annotations

import glob
import os
import re
import subprocess
import sys
import threading
import time


def measure(command: list[str], kind: str = "Pss", **options) -> tuple[float, float, float, str]:
    """Runs a command to its end; returns wall seconds, CPU seconds, the peak of its memory in MiB, and what it printed.

    `Pss` counts all its memory, shared pages by their share, `Pss_Anon` what is of no file.
    """
    before, start, peak = os.times(), time.monotonic(), 0.0
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    texts = {}
    readers = [threading.Thread(target=lambda n=n, f=f: texts.update({n: f.read()}))
               for n, f in (("out", process.stdout), ("err", process.stderr))]
    for reader in readers:
        reader.start()
    while process.poll() is None:
        peak = max(peak, _memory(process.pid, kind))
        time.sleep(0.02 if time.monotonic() - start < 5 else 0.2)
    wall, after = time.monotonic() - start, os.times()
    for reader in readers:
        reader.join()
    if process.returncode:
        sys.exit(f"{os.path.basename(sys.argv[0])}: {' '.join(command)[:200]} ended with {process.returncode}: {texts['err'][-800:]}")
    return wall, after.children_user + after.children_system - before.children_user - before.children_system, peak, texts["out"]


def _memory(session: int, kind: str) -> float:
    """MiB of one kind of all processes of a session."""
    total = 0
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            if int(open(path).read().rsplit(")", 1)[1].split()[3]) == session:
                total += int(re.search(rf"^{kind}: +(\d+)", open(os.path.dirname(path) + "/smaps_rollup").read(), re.M)[1])
        except (OSError, TypeError, IndexError):
            pass
    return total / 1024
