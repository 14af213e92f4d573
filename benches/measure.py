"""Wall time and peak memory of a whole process, and of its children."""
import os
import subprocess
import time


def process(command, **options):
    """Runs a command to its end; gives (seconds, peak resident bytes). A failure raises, with what was printed."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[0]} failed: {output.decode(errors='replace')[-2000:]}")
    return seconds, usage.ru_maxrss * 1024


def resident(pid):
    """Resident bytes of a process and its descendants now."""
    total = 0
    for process_id in [pid, *descendants(pid)]:
        with open(f"/proc/{process_id}/status") as status:
            total += next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS")), 0)
    return total


def descendants(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        for child in map(int, children.read().split()):
            yield child
            yield from descendants(child)


def folder_bytes(path):
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)
