"""Cut off what no program loads from the libraries below FOLDER: trim.py FOLDER.

Symbols and debug information lie behind the last segment, and are up to nine tenths of a file. The
tools that do this more thoroughly are not in the base image, and break libraries of some wheels.
"""

import struct
import sys
from pathlib import Path
from typing import Final

ELF_64_LITTLE: Final = b"\x7fELF\x02\x01"
HEADERS_OF_SEGMENTS: Final = 32
HEADERS_OF_SECTIONS: Final = 40
SIZE_AND_COUNT_OF_SEGMENTS: Final = 54
COUNT_AND_NAMES_OF_SECTIONS: Final = 60


def main(folder: Path) -> None:
    for file in folder.rglob("*.so*"):
        file.write_bytes(trim(file.read_bytes()))


def trim(library: bytes) -> bytes:
    """The library without its sections' names and what is in none of its segments."""
    end = end_of_segments(library)
    (sections,) = struct.unpack_from("<Q", library, HEADERS_OF_SECTIONS)
    if sections < end:
        return library
    kept = bytearray(library[:end])
    struct.pack_into("<Q", kept, HEADERS_OF_SECTIONS, 0)
    struct.pack_into("<HH", kept, COUNT_AND_NAMES_OF_SECTIONS, 0, 0)
    return bytes(kept)


def end_of_segments(library: bytes) -> int:
    if not library.startswith(ELF_64_LITTLE):
        raise SystemExit("trim.py knows no other libraries than ELF, 64 bits, little end first")
    (first,) = struct.unpack_from("<Q", library, HEADERS_OF_SEGMENTS)
    size, count = struct.unpack_from("<HH", library, SIZE_AND_COUNT_OF_SEGMENTS)
    ends = []
    for at in range(first, first + size * count, size):
        offset, length = struct.unpack_from("<8xQ16xQ", library, at)
        ends.append(int(offset + length))
    return max(ends)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
