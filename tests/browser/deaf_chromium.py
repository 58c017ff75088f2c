#!/usr/bin/env python3
"""Chromium that hears nothing of the machine's network interfaces: ARGUMENTS as Chromium's.

It gives up what it is loading whenever an interface comes or goes (ERR_NETWORK_CHANGED), also from
loopback, and containers that start elsewhere on the machine bring some. It has no switch for that,
but goes on without the kernel's news where it cannot have them: the socket for them is refused.
"""

import ctypes
import os
import platform
import struct
import sys
from errno import EAFNOSUPPORT
from pathlib import Path
from socket import AF_NETLINK

# How the kernel names the machine in a filter, and the number of socket() on it.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_NO_NEW_PRIVILEGES, _SET_FILTER, _FILTERED = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_REFUSED, _ALLOWED = 0x00050000, 0x7FFF0000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def chromium() -> str:
    for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser"):
        if Path(path).exists():
            return path
    sys.exit("Chromium is missing: apt-get install chromium")


def refuse_netlink() -> None:
    """To this process and to what it becomes and starts; nothing is on other machines."""
    if platform.machine() not in _MACHINES:
        return
    steps = _steps(*_MACHINES[platform.machine()])
    program = _Program(len(steps), b"".join(struct.pack("HBBI", *step) for step in steps))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((_NO_NEW_PRIVILEGES, 1, 0), (_SET_FILTER, _FILTERED, ctypes.byref(program))):
        if libc.prctl(*arguments, 0, 0):
            raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def _steps(machine: int, socket: int) -> list[tuple[int, int, int, int]]:
    """(what to do, steps to skip if equal, and if not, with what)."""
    return [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 5, machine),
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 0, 3, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, AF_NETLINK),
        (_RETURN, 0, 0, _REFUSED | EAFNOSUPPORT),
        (_RETURN, 0, 0, _ALLOWED),
    ]


if __name__ == "__main__":
    refuse_netlink()
    os.execv(chromium(), [chromium(), *sys.argv[1:]])
