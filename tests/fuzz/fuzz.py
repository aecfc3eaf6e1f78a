#!/usr/bin/env python3.11
"""Run random small programs in CPython 3.11 and in linger, and say where the two differ.

usage: python3.11 tests/fuzz/fuzz.py [--count N] [--seed FIRST] [--kind NAME] [--linger PATH] [--jobs N] [--keep DIR]
       python3.11 tests/fuzz/fuzz.py --show SEED [--kind NAME]

A program is made from its seed alone. Compared are all that it prints, the traceback that ends it, and the exit status.
Programs run many to a process, each as a module of its own; a batch that differs is run again one by one.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import warnings

import classes
import control
import deeper
import expressions
import failing
import features
import generators
import library

HERE = pathlib.Path(__file__).resolve().parent
warnings.simplefilter("ignore", SyntaxWarning)
KINDS = {
    "expressions": expressions.program,
    "control": control.program,
    "classes": classes.program,
    "generators": generators.program,
    "failing": failing.program,
    "library": library.program,
    "features": features.program,
    "deeper": deeper.program,
}
# `deeper` is run when it is asked for: it looks where a few differences are known.
COMMON = [kind for kind in KINDS if kind != "deeper"]
# Warnings are off, but for those of coroutines that nobody awaited: they say when each of the two frees one.
PYTHON = [sys.executable, "-s", "-B", "-u", "-W", "ignore", "-W", "default::RuntimeWarning", "-X", "utf8"]
BATCH = 40
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
# CPython is told not to show these; the programs that it would warn of are fine.
WARNING = re.compile(r"^[^\n]*:\d+: SyntaxWarning: [^\n]*\n(  [^\n]*\n)?", re.MULTILINE)

# Runs each module that follows on its line of arguments, and prints what ended it as the interpreter itself would.
DRIVER = """import sys
for name in sys.argv[1:]:
    print("=====", name, flush=True)
    try:
        __import__(name)
    except SystemExit as error:
        print("exit", error.code)
    except BaseException:
        sys.stdout.flush()
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    sys.stdout.flush()
"""


def kind_of(seed, kind):
    return kind or COMMON[seed % len(COMMON)]


def make(seed, kind):
    """A program that compiles: what a generator makes that does not is made again."""
    kind = kind_of(seed, kind)
    for attempt in range(100):
        text = KINDS[kind](random.Random(f"{kind} {seed} {attempt}"))
        try:
            compile(text, "fuzz", "exec")
        except SyntaxError:
            continue
        return text
    return "pass\n"


def run(command, folder):
    """What a command prints on both streams, and its exit status."""
    try:
        ended = subprocess.run(command, cwd=folder, env={"PYTHONHASHSEED": "0"}, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    except subprocess.TimeoutExpired as error:
        return (error.stdout or b"").decode(errors="replace") + "\nTIMEOUT\n", None
    text = WARNING.sub("", ADDRESS.sub(" at 0x0", ended.stdout.decode(errors="replace")))
    return re.sub(f'^{re.escape(folder)}/|(?<="){re.escape(folder)}/', "", text, flags=re.MULTILINE), ended.returncode


def same(theirs, ours):
    """Whether two runs agree. In what order a set of texts is shown is each runtime's own, and so is that of NaN."""
    if theirs == ours:
        return True
    pairs = list(zip(theirs[0].split("\n"), ours[0].split("\n"), strict=False))
    in_order = theirs[0].count("\n") == ours[0].count("\n") and theirs[1] == ours[1]
    return in_order and all(one == other or ("{" in one and sorted(one) == sorted(other)) for one, other in pairs)


def batch(linger, seeds, kind, keep):
    """The seeds whose programs differ, with the two outputs."""
    differing = []
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        for seed in seeds:
            pathlib.Path(folder, f"p{seed}.py").write_text(make(seed, kind))
        pathlib.Path(folder, "driver.py").write_text(DRIVER)
        names = [f"p{seed}" for seed in seeds]
        if same(run([*PYTHON, "driver.py", *names], folder), run([linger, "run", "driver.py", *names], folder)):
            # One of each batch runs as a program of its own: exit status, and what the interpreter prints at its end.
            seeds = seeds[:1]
        for seed in seeds:
            theirs, ours = run([*PYTHON, f"p{seed}.py"], folder), run([linger, "run", f"p{seed}.py"], folder)
            if not same(theirs, ours):
                differing.append((seed, theirs, ours))
                if keep:
                    pathlib.Path(keep).mkdir(exist_ok=True)
                    pathlib.Path(keep, f"{kind_of(seed, kind)}_{seed}.py").write_text(make(seed, kind))
    return differing


def first_difference(theirs, ours):
    for number, (one, other) in enumerate(zip(theirs[0].split("\n") + [""], ours[0].split("\n") + [""]), 1):
        if one != other:
            return f"line {number}\n    CPython: {one[:300]}\n    linger:  {other[:300]}"
    return f"end: CPython {theirs[1]} {theirs[0][-300:]!r}, linger {ours[1]} {ours[0][-300:]!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--linger", default=str(HERE.parent.parent / "target/debug/linger"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", help="a folder for the programs that differ")
    parser.add_argument("--show", type=int, help="print the program of a seed, and run nothing")
    options = parser.parse_args()
    if sys.version_info[:2] != (3, 11):
        sys.exit("fuzz.py: this is not CPython 3.11, whose behaviour is compared with")
    if options.show is not None:
        print(make(options.show, options.kind), end="")
        return 0
    linger = os.path.realpath(options.linger)
    if not os.path.exists(linger):
        sys.exit(f"fuzz.py: no {linger}: cargo build -p linger_cli")
    seeds = range(options.seed, options.seed + options.count)
    batches = [seeds[start:start + BATCH] for start in range(0, len(seeds), BATCH)]
    differing = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for found in pool.map(lambda part: batch(linger, part, options.kind, options.keep), batches):
            for seed, theirs, ours in found:
                differing += 1
                print(f"{kind_of(seed, options.kind)} {seed}: {first_difference(theirs, ours)}", flush=True)
    print(f"{len(seeds)} programs, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.exit(main())
