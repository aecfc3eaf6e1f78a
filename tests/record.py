#!/usr/bin/env python3.11
"""Record what CPython 3.11 does with the scripts under tests/scripts, and say where that differs from what is recorded.

usage: python3.11 tests/record.py [--check] [TOPIC or SCRIPT.py ...]

Beside each NAME.py this writes NAME.out (standard output), NAME.err (standard error, if an exception ended it) and
NAME.status (the exit status, where the first two don't tell it); for the scripts of `lingering`, NAME.census too: what
the collector finds after the script, by type. With --check nothing is written, and a difference is an exit status of 1.
Names that start with `_` are modules that scripts import.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

SCRIPTS = pathlib.Path(__file__).resolve().parent / "scripts"
# Without byte-code files, folders of the user's or random hashes; nothing else of the caller's environment gets in.
PYTHON = [sys.executable, "-s", "-B", "-X", "utf8"]
ENVIRONMENT = {"PYTHONHASHSEED": "0"}

# Runs a script as `__main__` with nothing collected, keeps its globals, and tells what lingers: a line each on standard error.
# That is said before anything is freed; gc.garbage has only what finalizers and suspended generators leave.
CENSUS = """
import collections, contextlib, functools, gc, heapq, io, sys, types, weakref
name = sys.argv[1]
code = compile(open(name).read(), name, "exec")
main = types.ModuleType("__main__")
sys.modules["__main__"] = main
sys.stdout = io.StringIO()
gc.collect()
gc.disable()
exec(code, main.__dict__)
gc.set_debug(gc.DEBUG_COLLECTABLE)
gc.collect()
gc.set_debug(0)
"""
COLLECTABLE = re.compile(r"gc: collectable <(?:[^ ]*\.)?([^ .]+) 0x")


def run(script, *arguments):
    return subprocess.run([*PYTHON, *arguments, script.name], cwd=script.parent, env=ENVIRONMENT, timeout=120,
                          stdin=subprocess.DEVNULL, capture_output=True)


def observe(script):
    """The texts of the files that belong beside a script; None for one that should not be there."""
    ended = run(script)
    # CPython makes the script's path absolute; what is recorded must be the same everywhere.
    stderr = ended.stderr.decode().replace(f'"{script.parent}/', '"')
    raised = ended.returncode == 1 and stderr != ""
    files = {
        ".out": ended.stdout.decode(),
        ".err": stderr if raised else None,
        ".status": f"{ended.returncode}\n" if ended.returncode != 0 and not raised else None,
    }
    if script.parent.name == "lingering":
        counted = run(script, "-c", CENSUS)
        if counted.returncode != 0:
            sys.exit(f"{script}: {counted.stderr.decode()}")
        counts = collections.Counter(COLLECTABLE.findall(counted.stderr.decode()))
        files[".census"] = json.dumps(counts, sort_keys=True) + "\n"
    return files


def chosen(names):
    scripts = [path for path in sorted(SCRIPTS.rglob("*.py"))
               if not any(part.startswith("_") for part in path.relative_to(SCRIPTS).parts)]
    if not names:
        return scripts
    wanted = {name.rstrip("/") for name in names}
    return [path for path in scripts
            if wanted & {path.parent.name, path.name, str(path.relative_to(SCRIPTS)), path.stem}]


def main(arguments):
    if sys.version_info[:2] != (3, 11):
        sys.exit("record.py: this is not CPython 3.11, whose behaviour is the one to record")
    check = "--check" in arguments
    names = [argument for argument in arguments if argument != "--check"]
    differing, scripts = 0, chosen(names)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        observed = list(pool.map(observe, scripts))
    for script, files in zip(scripts, observed):
        for extension, text in files.items():
            path = script.with_suffix(extension)
            known = path.read_text() if path.exists() else None
            if known == text:
                continue
            differing += 1
            print(f"{path.relative_to(SCRIPTS)}: {'differs' if check else 'recorded anew'}")
            if check:
                continue
            if text is None:
                path.unlink()
            else:
                path.write_text(text)
    print(f"{len(scripts)} scripts, {differing} files {'differ' if check else 'written'}")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
