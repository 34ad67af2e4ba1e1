"""Makes resampler.safetensors: OpenFlamingo's PerceiverResampler on drawn numbers, float32 on the CPU.

    pip install torch==2.11.0 safetensors==0.8.0 numpy einops==0.8.1 einops-exts==0.0.4
    pip download --no-deps open_flamingo==2.0.1
    python3 make_resampler.py open_flamingo-2.0.1-py3-none-any.whl

The module is read out of the wheel, since the package itself wants much more. A linear layer follows it, as in weft; the
loss is the sum of its output times a drawn tensor.
"""
import os, sys, types, zipfile

import torch
from safetensors.torch import save_file

WIDTH, DECODER, LATENTS, DEPTH = 16, 24, 5, 2


def main():
    helpers = types.ModuleType("helpers")
    exec(zipfile.ZipFile(sys.argv[1]).read("open_flamingo/src/helpers.py"), helpers.__dict__)
    torch.manual_seed(1)
    model = torch.nn.ModuleDict({
        "perceiver": helpers.PerceiverResampler(dim=WIDTH, depth=DEPTH, num_latents=LATENTS),
        "dense": torch.nn.Linear(WIDTH, DECODER)})
    for name, parameter in model.named_parameters():
        # Away from the defaults, so that a norm or a bias left out shows.
        centre = 1 if "norm" in name and name.endswith("weight") or name.endswith("1.0.weight") else 0
        torch.nn.init.normal_(parameter, centre, 0.2)
    features, probe = torch.randn(3, 11, WIDTH), torch.randn(3, LATENTS, DECODER)
    latents = model["perceiver"](features[:, None, None])[:, 0]
    output = model["dense"](latents)
    (output * probe).sum().backward()
    tensors = {"features": features, "probe": probe, "latents": latents.detach(), "output": output.detach()}
    for name, parameter in model.named_parameters():
        tensors |= {f"weight.{name}": parameter.detach(), f"grad.{name}": parameter.grad}
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()},
              os.path.join(os.path.dirname(os.path.abspath(__file__)), "resampler.safetensors"),
              {"reference": "open_flamingo 2.0.1 PerceiverResampler", "depth": str(DEPTH), "latents": str(LATENTS),
               "width": str(WIDTH), "decoderWidth": str(DECODER)})


main()
