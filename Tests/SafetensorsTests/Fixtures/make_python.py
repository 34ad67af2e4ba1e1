"""Makes python.safetensors beside this script: a tensor of every type that numpy has."""

import pathlib

import numpy
from safetensors.numpy import save_file

types = ["bool", "uint8", "int8", "uint16", "int16", "float16", "uint32", "int32", "float32", "uint64", "int64", "float64"]
tensors = {name: numpy.array([[0, 1, 2], [3, 4, 5]]).astype(name) for name in types}
tensors["scalar"] = numpy.array(-7, dtype="int32")
tensors["empty"] = numpy.zeros((0, 3), dtype="float16")
save_file(tensors, pathlib.Path(__file__).parent / "python.safetensors", metadata={"format": "np", "naïve": "\"é\"\n"})
