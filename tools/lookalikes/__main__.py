"""Write the look-alike files into a folder, and say what each holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.lookalikes import make


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description="Write look-alikes of the files a landlord's systems export.")
    parser.add_argument("folder", type=Path)
    for each in make(parser.parse_args().folder).values():
        taken = f"take-in --as {each.holds}" if each.holds else "not taken in yet"
        print(f"{each.name}: {each.rows} rows, {taken}")


if __name__ == "__main__":
    main()
