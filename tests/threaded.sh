#!/usr/bin/env bash
# Whether the handlers of instructions (crates/linger_script/src/vm/dispatch) jump to one another in a program: one that called the
# next would leave something on the native stack for each instruction, until the next look at the limits.
#
# usage: tests/threaded.sh PROGRAM
set -euo pipefail

if [[ $(uname -m) != x86_64 ]]; then
    echo "can be told on x86-64 only"
    exit 0
fi
objdump -d --no-show-raw-insn "$1" | awk '
    /^[0-9a-f]+ </ { handler = "" }
    /^[0-9a-f]+ <.*vm8dispatch[0-9]+(arithmetic|calls|elsewhere|jumps|loops|variables)[0-9]+/ { handler = $2; handlers++ }
    handler && /call +\*(%r|0x[0-9a-f]+\(%r[a-z0-9]+,)/ { print handler, "calls the next handler"; calls++ }
    END {
        print handlers + 0, "handlers,", calls + 0, "calls"
        exit handlers < 100 || calls > 0
    }'
