"""Writes the image files of this folder and goldens.json: what Pillow and ImageHash read from them.

Run with Pillow 12.0.0, ImageHash 4.3.2 and numpy: python3 make.py
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import imagehash
import numpy as np
from PIL import Image, ImageCms, ImageOps

FOLDER = Path(__file__).parent
WIDTH, HEIGHT = 45, 31
files: dict[str, bytes] = {}
truths: dict[str, np.ndarray] = {}


def scene(width=WIDTH, height=HEIGHT):
    """A smooth scene with edges, some noise and no symmetry, as RGB."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    red = 255 * x / width
    green = 127 + 120 * np.sin(x / 5 + y / 9)
    blue = 255 * (1 - y / height)
    disc = (x - width * 0.3) ** 2 + (y - height * 0.6) ** 2 < (height * 0.25) ** 2
    image = np.stack([np.where(disc, 230, red), np.where(disc, 40, green), blue], axis=-1)
    noise = np.random.default_rng(7).normal(0, 4, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def over_white(rgb, alpha):
    """Composites over white, rounding to nearest."""
    a = alpha.astype(int)[..., None]
    return ((255 * (255 - a) + a * rgb.astype(int)) * 2 + 255) // 510


def saved(image, kind, **options):
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def png(samples, colour, depth, interlaced=False, chunks=()):
    """A PNG file of any colour type and depth; samples are rows of integers, channels last."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    def packed(rows):
        out = b""
        for row in rows:
            flat = row.reshape(-1)
            if depth == 16:
                line = flat.astype(">u2").tobytes()
            elif depth == 8:
                line = flat.astype(np.uint8).tobytes()
            else:
                bits = "".join(format(v, f"0{depth}b") for v in flat)
                bits += "0" * (-len(bits) % 8)
                line = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
            out += b"\0" + line
        return out

    adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    if interlaced:
        data = b"".join(packed(samples[y::dy, x::dx]) for x, y, dx, dy in adam7)
    else:
        data = packed(samples)
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    body = b"".join(chunk(name, value) for name, value in chunks)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body
            + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))


def exif(orientation, order):
    """An EXIF block of one entry, little-endian for "<" and big-endian for ">"."""
    start = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(order + "HHIHH", 274, 3, 1, orientation, 0)
    return b"Exif\0\0" + start + struct.pack(order + "IH", 8, 1) + entry + bytes(4)


def jpegs():
    rgb = Image.fromarray(scene())
    files["baseline-444.jpg"] = saved(rgb, "JPEG", quality=90, subsampling=0)
    files["baseline-422.jpg"] = saved(rgb, "JPEG", quality=90, subsampling=1)
    files["baseline-420.jpg"] = saved(rgb, "JPEG", quality=75, subsampling=2)
    files["progressive.jpg"] = saved(rgb, "JPEG", quality=80, progressive=True)
    files["restarts.jpg"] = saved(rgb, "JPEG", quality=80, restart_marker_blocks=2)
    files["grey.jpg"] = saved(rgb.convert("L"), "JPEG", quality=90)
    files["cmyk.jpg"] = saved(rgb.convert("CMYK"), "JPEG", quality=90)
    files["flat.jpg"] = saved(Image.new("RGB", (WIDTH, HEIGHT), (200, 30, 77)), "JPEG", quality=60)
    small = rgb.resize((21, 14))
    for orientation in range(1, 9):
        block = exif(orientation, "<" if orientation % 2 else ">")
        files[f"orientation-{orientation}.jpg"] = saved(small, "JPEG", quality=90, exif=block)


def pngs():
    rgb = scene()
    grey = rgb[..., :1]
    alpha = np.mgrid[0:HEIGHT, 0:WIDTH][1:2].transpose(1, 2, 0) * 255 // (WIDTH - 1)
    wide = rgb.astype(int) * 256 + np.random.default_rng(5).integers(0, 256, rgb.shape)

    def keep(name, data, truth):
        files[name] = data
        truths[name] = np.broadcast_to(truth, rgb.shape)

    for suffix, interlaced in (("", False), ("-interlaced", True)):
        keep(f"rgb{suffix}.png", png(rgb, 2, 8, interlaced), rgb)
        keep(f"rgba{suffix}.png", png(np.concatenate([rgb, alpha], 2), 6, 8, interlaced),
             over_white(rgb, alpha[..., 0]))
        keep(f"grey4{suffix}.png", png(grey >> 4, 0, 4, interlaced), (grey >> 4) * 17)
    for depth in (1, 2, 8):
        level = grey >> (8 - depth)
        keep(f"grey{depth}.png", png(level, 0, depth), level * (255 // (2**depth - 1)))
    keep("grey16.png", png(wide[..., :1], 0, 16), (wide[..., :1] * 2 + 257) // 514)
    keep("rgb16.png", png(wide, 2, 16), (wide * 2 + 257) // 514)
    keep("grey-alpha.png", png(np.concatenate([grey, alpha], 2), 4, 8),
         over_white(np.broadcast_to(grey, rgb.shape), alpha[..., 0]))
    for depth in (1, 2, 4, 8):
        palette = np.random.default_rng(depth).integers(0, 256, (2**depth, 3)).astype(np.uint8)
        index = grey[..., 0] >> (8 - depth)
        colours = (b"PLTE", palette.tobytes())
        keep(f"palette{depth}.png", png(index, 3, depth, chunks=[colours]), palette[index])
        opacity = np.linspace(0, 255, 2**depth).astype(np.uint8)
        keep(f"palette{depth}-transparent.png",
             png(index, 3, depth, chunks=[colours, (b"tRNS", opacity.tobytes())]),
             over_white(palette[index], opacity[index]))
    key = int(grey[3, 4, 0])
    keep("grey-key.png", png(grey, 0, 8, chunks=[(b"tRNS", struct.pack(">H", key))]),
         np.where(grey == key, 255, grey))
    colour = [int(v) for v in rgb[3, 4]]
    keep("rgb-key.png", png(rgb, 2, 8, chunks=[(b"tRNS", struct.pack(">HHH", *colour))]),
         np.where((rgb == colour).all(-1, keepdims=True), 255, rgb))


def webps():
    rgb = scene()
    alpha = (np.mgrid[0:HEIGHT, 0:WIDTH][0] * 255 // (HEIGHT - 1)).astype(np.uint8)
    opaque = Image.fromarray(rgb)
    clear = Image.fromarray(np.dstack([rgb, alpha]))
    files["lossy.webp"] = saved(opaque, "WEBP", quality=80)
    files["lossless.webp"] = saved(opaque, "WEBP", lossless=True)
    files["lossy-alpha.webp"] = saved(clear, "WEBP", quality=80)
    files["lossless-alpha.webp"] = saved(clear, "WEBP", lossless=True, exact=True)
    files["animated.webp"] = saved(
        opaque, "WEBP", save_all=True, append_images=[opaque.transpose(Image.Transpose.ROTATE_180)])


def gifs():
    rgb = Image.fromarray(scene())
    palette = rgb.quantize(100)
    files["palette.gif"] = saved(palette, "GIF", interlace=0)
    files["interlaced.gif"] = saved(palette, "GIF", interlace=1)
    files["transparent.gif"] = saved(palette, "GIF", transparency=palette.getpixel((4, 3)))
    files["animated.gif"] = saved(palette, "GIF", save_all=True, duration=50, loop=0,
                                  append_images=[palette.transpose(Image.Transpose.ROTATE_180)])


def avifs():
    rgb = scene()
    alpha = (np.mgrid[0:HEIGHT, 0:WIDTH][0] * 255 // (HEIGHT - 1)).astype(np.uint8)
    opaque = Image.fromarray(rgb)
    clear = Image.fromarray(np.dstack([rgb, alpha]))
    files["full.avif"] = saved(opaque, "AVIF", quality=80, subsampling="4:4:4")
    files["halved.avif"] = saved(opaque, "AVIF", quality=80, subsampling="4:2:0")
    files["grey.avif"] = saved(opaque, "AVIF", quality=80, subsampling="4:0:0")
    files["alpha.avif"] = saved(clear, "AVIF", quality=80, subsampling="4:4:4")
    files["sequence.avif"] = saved(opaque, "AVIF", quality=80, subsampling="4:4:4", save_all=True,
                                   append_images=[opaque.transpose(Image.Transpose.ROTATE_180)])
    for orientation in range(2, 9):
        block = exif(orientation, "<")
        files[f"orientation-{orientation}.avif"] = saved(
            opaque.resize((21, 14)), "AVIF", quality=80, subsampling="4:4:4", exif=block)


def wide_profile():
    """An ICC profile of the primaries of Display P3, adapted to D50, and a gamma of 2.2 (ICC.1:2001-04)."""
    def xyz(*values):
        return b"XYZ " + bytes(4) + b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    text = b"Wide"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67),
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.5151, 0.2412, -0.0011), b"gXYZ": xyz(0.2920, 0.6922, 0.0419), b"bXYZ": xyz(0.1571, 0.0666, 0.7841),
        **{name: b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2) for name in (b"rTRC", b"gTRC", b"bTRC")},
        b"cprt": b"text" + bytes(4) + b"none\0" + bytes(3),
    }
    table, data, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        value += bytes(-len(value) % 4)
        table += name + struct.pack(">II", start + len(data), len(value))
        data += value
    body = struct.pack(">I", len(tags)) + table + data
    head = struct.pack(">I4s4s4s4s4s", 128 + len(body), b"\0" * 4, b"\x02\x40\0\0", b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + b"".join(struct.pack(">i", round(v * 65536)) for v in (0.9642, 1.0, 0.8249))
    return head + bytes(128 - len(head)) + body


def wides():
    """The scene with a profile that is not sRGB's."""
    rgb, profile = Image.fromarray(scene()), wide_profile()
    files["p3.jpg"] = saved(rgb, "JPEG", quality=90, icc_profile=profile)
    files["p3.png"] = saved(rgb, "PNG", icc_profile=profile)
    files["p3.webp"] = saved(rgb, "WEBP", lossless=True, icc_profile=profile)
    files["p3.avif"] = saved(rgb, "AVIF", quality=90, icc_profile=profile)
    files["srgb.png"] = saved(rgb, "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    broken = bytearray(profile)
    broken[128:] = bytes(range(256))[: len(broken) - 128] + bytes(max(0, len(broken) - 384))
    files["broken-profile.png"] = saved(rgb, "PNG", icc_profile=bytes(broken))


def opened(name, share=1):
    """The file as Pillow shows it, over white, as an RGB image; of JPEG, one part of `share` of its size."""
    image = Image.open(io.BytesIO(files[name]))
    if share > 1:
        image.draft(image.mode, (image.width // share, image.height // share))
    image = ImageOps.exif_transpose(image)
    if "p3" in name:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        return ImageCms.profileToProfile(image.convert("RGB"), profile, ImageCms.createProfile("sRGB"))
    if "A" in image.getbands() or "transparency" in image.info:
        rgba = np.asarray(image.convert("RGBA"))
        return Image.fromarray(over_white(rgba[..., :3], rgba[..., 3]).astype(np.uint8))
    return image.convert("RGB")


def encoded(image):
    return base64.b64encode(np.asarray(image, dtype=np.uint8).tobytes()).decode()


def clip(image, size, mode):
    """The CLIP processor of transformers: bicubic, floor of the longer side, floor of the offset."""
    if mode == "square":
        return image.resize((size, size), Image.Resampling.BICUBIC)
    width, height = image.size
    short = min(width, height)
    width, height = size * width // short, size * height // short
    left, top = (width - size) // 2, (height - size) // 2
    resized = image.resize((width, height), Image.Resampling.BICUBIC)
    return resized.crop((left, top, left + size, top + size))


def golden(name):
    image = opened(name)
    if name in truths:
        difference = np.abs(truths[name].astype(int) - np.asarray(image)).max()
        assert "16" in name or difference == 0, (name, difference)
        image = Image.fromarray(truths[name].astype(np.uint8))
    entry = {"height": image.height, "width": image.width, "pixels": encoded(image)}
    entry["perceptualHash"] = str(imagehash.phash(image))
    return entry


def resized():
    """Results of the preprocessing for wide, tall and enlarged images, and for a line."""
    small = [Image.fromarray(scene(*size)) for size in ((61, 40), (33, 90), (9, 7), (1, 300))]
    cases = []
    for image in small:
        for mode in ("centreCrop", "square"):
            cases.append({"width": image.width, "height": image.height, "mode": mode, "size": 32,
                          "source": encoded(image), "pixels": encoded(clip(image, 32, mode))})
    return cases


def thumbnails():
    """Images scaled down as `Image.thumbnail` does it, without its shortcut of averaging whole pixels first."""
    cases = []
    for name in ("baseline-420.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "orientation-6.jpg", "rgba.png", "lossy.webp"):
        for side in (3, 7, 11, 20, 30):
            whole = opened(name)
            shape = whole.copy()
            shape.thumbnail((side, side))
            shares = (8, 4, 2) if name.endswith(".jpg") else ()
            share = next((s for s in shares if -(-max(whole.size) // s) >= 2 * max(shape.size)), 1)
            small = opened(name, share).resize(shape.size, Image.Resampling.BICUBIC)
            cases.append({"name": name, "side": side, "share": share, "width": small.width, "height": small.height,
                          "pixels": encoded(small)})
    return cases


def hashes():
    """Perceptual hashes of images with symmetries, whose frequencies are exactly zero, and without."""
    x = np.arange(64)
    ramp = np.broadcast_to((x * 4)[None, :, None], (64, 64, 3)).astype(np.uint8)
    board = np.broadcast_to((((x[:, None] // 8 + x[None, :] // 8) % 2) * 255)[..., None], (64, 64, 3))
    flat = np.full((40, 40, 3), 90, dtype=np.uint8)
    images = {"ramp": ramp, "board": board.astype(np.uint8), "flat": flat, "large": scene(80, 53)}
    return [{"name": name, "width": int(pixels.shape[1]), "height": int(pixels.shape[0]),
             "pixels": encoded(pixels), "perceptualHash": str(imagehash.phash(Image.fromarray(pixels)))}
            for name, pixels in images.items()]


def main():
    jpegs()
    pngs()
    webps()
    gifs()
    avifs()
    wides()
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
    goldens = {
        "files": {name: golden(name) for name in sorted(files) if name != "animated.webp"},
        "preprocessing": resized(),
        "hashes": hashes(),
        "thumbnails": thumbnails(),
    }
    (FOLDER / "goldens.json").write_text(json.dumps(goldens, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
