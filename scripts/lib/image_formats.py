"""A crawl of pages that show images of every format that weft reads, and a run of it; needs Pillow with AVIF."""

from __future__ import annotations

import io
import os
import random

from PIL import Image

PROSE = ("The path leads along the cliff to the {0}th bend, from where the harbour, the two piers and the ships at anchor can be seen. "
         "Whoever walks on finds after some {0} steps a bench, which the town put there for the keeper, and a sign that tells its story.")
WIDTH, HEIGHT = 300, 180
LYING = 6  # EXIF's orientation of a photograph taken upright: turn it a quarter clockwise.


def picture(seed: int) -> Image.Image:
    """A picture like no other here, and so rough that a smaller one is a smaller file in every format."""
    return Image.frombytes("RGB", (WIDTH, HEIGHT), random.Random(seed).randbytes(WIDTH * HEIGHT * 3))


def encoded(image: Image.Image, format: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def images() -> dict[str, bytes]:
    """Files by name."""
    exif = Image.Exif()
    exif[0x0112] = LYING
    alpha = picture(3).copy()
    alpha.putalpha(picture(4).convert("L"))
    return {
        "photo.jpg": encoded(picture(1), "JPEG"),
        "lying.jpg": encoded(picture(2), "JPEG", exif=exif),
        "print.jpg": encoded(picture(5).convert("CMYK"), "JPEG"),
        "grey.jpg": encoded(picture(6).convert("L"), "JPEG", progressive=True),
        "screen.png": encoded(picture(7), "PNG"),
        "alpha.png": encoded(alpha, "PNG"),
        "deep.png": encoded(picture(8).convert("L").convert("I").point(lambda v: v * 257).convert("I;16"), "PNG"),
        "palette.png": encoded(picture(9).quantize(64), "PNG"),
        "still.webp": encoded(picture(10), "WEBP"),
        "film.gif": encoded(picture(11).quantize(64), "GIF", save_all=True, append_images=[picture(12).quantize(64)]),
        "new.avif": encoded(picture(13), "AVIF"),
    }


def response(url: str, media_type: str, body: bytes) -> bytes:
    """A WARC record of a response."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{url}>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def write_pipeline(folder: str, name: str, side: int | None) -> str:
    """Writes the crawl and a pipeline for it that keeps every image; returns the pipeline's path."""
    files = images()
    body = "".join(f"<p>{PROSE.format(i + 2)}</p><img src='{file}' alt='The view from bend {i + 2} over the sea and the old harbour'>"
                   for i, file in enumerate(files))
    page = f"<!DOCTYPE html><html lang=en><title>The path</title><body><main><article><h1>The path</h1>{body}</article></main>"
    with open(f"{folder}/{name}.warc", "wb") as file:
        file.write(response("http://pages.test/", "text/html; charset=utf-8", page.encode()))
        for image, data in files.items():
            media_type = f"image/{os.path.splitext(image)[1][1:].replace('jpg', 'jpeg')}"
            file.write(response(f"http://pages.test/{image}", media_type, data))
    path = f"{folder}/{name}.yaml"
    with open(path, "w") as file:
        file.write(f"output: {folder}/{name}\nread:\n  inputs: [{folder}/{name}.warc]\n")
        file.write(f"images:\n  store: {{ longestSide: {side} }}\n" if side else "")
        file.write(
            "deduplicate: { url: false, text: false, near: { enabled: false } }\n"
            "curate:\n  interleaved: { maximumImages: null, singleImageDiscard: 0 }\n"
            "  images: { minimumSide: 1, maximumPages: null, dropsSingleColour: false, dropsDuplicates: false }\n")
    return path


def check(run, side: int | None, stored: list[dict]):
    """Compares what the corpus holds with what was in the crawl."""
    run.expect("images of the crawl", len(stored), len(images()))
    upright = (round(side * HEIGHT / WIDTH), side) if side else (HEIGHT, WIDTH)
    sizes = [(file["width"], file["height"]) for file in stored]
    stated = [upright if name == "lying.jpg" else upright[::-1] for name in images()]
    run.expect("sizes of the crawl's images", sizes, stated)
