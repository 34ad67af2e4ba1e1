"""Just enough of WARC 1.0 for the scripts beside it: the standard library's Python reads what wget writes.

`members(path)` walks the gzip members of a `.warc.gz`; each holds one record. Run as a command it prints a
summary of a file as JSON: `python3 warc.py FILE`.
"""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import dataclass, field

CHUNK = 1 << 20


@dataclass
class Member:
    """One gzip member: its bytes as they stand in the file, and the record in them."""

    offset: int
    raw: bytes
    record: bytes
    headers: dict[str, str] = field(default_factory=dict)
    block: bytes = b""

    @property
    def kind(self) -> str:
        return self.headers.get("warc-type", "")

    @property
    def url(self) -> str:
        """The target URI, without the angle brackets that wget puts around it."""
        return self.headers.get("warc-target-uri", "").strip("<>")

    @property
    def http(self) -> tuple[int, str, bytes]:
        """Status, media type and decoded body of an HTTP response; (0, "", b"") of another record."""
        head, separator, body = self.block.partition(b"\r\n\r\n")
        if self.kind != "response" or not separator:
            return 0, "", b""
        lines = head.decode("latin-1").split("\r\n")
        fields = _fields(lines[1:])
        parts = lines[0].split()
        status = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
        if fields.get("transfer-encoding", "").lower() == "chunked":
            body = _unchunk(body)
        if fields.get("content-encoding", "").lower() == "gzip":
            body = zlib.decompress(body, 16 + zlib.MAX_WBITS)
        return status, fields.get("content-type", "").split(";")[0].strip().lower(), body


def members(path):
    """Yields every member of a `.warc.gz` in the file's order."""
    with open(path, "rb") as file:
        offset, pending = 0, b""
        while True:
            inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
            raw, record = [], []
            while not inflater.eof:
                data, pending = pending or file.read(CHUNK), b""
                if not data:
                    if raw:
                        raise EOFError(f"{path}: the member at {offset} is cut short")
                    return
                record.append(inflater.decompress(data))
                pending = inflater.unused_data
                raw.append(data[: len(data) - len(pending)])
            member = _parse(offset, b"".join(raw), b"".join(record))
            yield member
            offset += len(member.raw)


def summary(path) -> dict[str, int]:
    """Counts records, pages (HTML, status 200), images (status 200), failures (404) and bytes."""
    counts = dict.fromkeys(("records", "pages", "images", "missing", "bytes"), 0)
    for member in members(path):
        status, media_type, _ = member.http
        counts["records"] += 1
        counts["bytes"] += len(member.raw)
        counts["pages"] += status == 200 and media_type in ("text/html", "application/xhtml+xml")
        counts["images"] += status == 200 and media_type.startswith("image/")
        counts["missing"] += status == 404
    return counts


def _parse(offset: int, raw: bytes, record: bytes) -> Member:
    head, _, rest = record.partition(b"\r\n\r\n")
    headers = _fields(head.decode("utf-8", "replace").split("\r\n")[1:])
    length = int(headers.get("content-length", "0"))
    return Member(offset, raw, record, headers, rest[:length])


def _unchunk(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if length == 0:
            break
        parts.append(rest[:length])
        body = rest[length + 2 :]
    return b"".join(parts)


def _fields(lines) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


if __name__ == "__main__":
    print(json.dumps(summary(sys.argv[1])))
