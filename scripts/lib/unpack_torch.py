"""Takes libtorch's libraries, headers and licences out of wheels: `unpack_torch.py FOLDER WHEEL...`."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path, PurePosixPath

# The CPU's part: weft opens libtorch_cuda.so at run time, from an installed PyTorch only.
LIBRARIES = {"libc10.so", "libtorch_cpu.so", "libgomp.so.1", "libcudart.so.13", "libcupti.so.13"}


def place(name: str) -> PurePosixPath | None:
    """Returns where a wheel's file goes, or None for a file that is not wanted."""
    path = PurePosixPath(name)
    if ".." in path.parts or path.is_absolute():
        return None
    if path.name in LIBRARIES and path.parent.name == "lib":
        return PurePosixPath("lib", path.name)
    if path.parts[:2] == ("torch", "include"):
        return path.relative_to("torch")
    if len(path.parts) == 3 and path.parts[1] == "licenses":
        distribution = path.parts[0].split("-")[0]
        return PurePosixPath("licences", f"{distribution}-{path.name}")
    return None


def main(folder: Path, wheels: list[str]):
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for item in archive.infolist():
                target = place(item.filename)
                if item.is_dir() or target is None:
                    continue
                (folder / target).parent.mkdir(parents=True, exist_ok=True)
                with archive.open(item) as source, open(folder / target, "wb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
    missing = LIBRARIES - {path.name for path in folder.glob("lib/*")}
    if missing:
        sys.exit(f"the wheels do not hold {', '.join(sorted(missing))}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2:])
    except (OSError, zipfile.BadZipFile) as error:
        sys.exit(str(error))
