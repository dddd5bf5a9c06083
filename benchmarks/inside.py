"""`python -m benchmarks.inside PART [ARGUMENT ...]`: a part of the benchmark that works within Django.

The archive is that of VAR_DIR. A part is a module of this package, which may import models once Django is set up; its
main() gives the paragraphs and tables to print.
"""

from __future__ import annotations

import sys
from importlib import import_module

import django


def main(part: str, *arguments: str) -> None:
    django.setup()
    for told in import_module(f"benchmarks.{part}").main(*arguments):
        sys.stdout.write(f"{told}\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
