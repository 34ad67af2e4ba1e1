"""Makes attention.safetensors: torchscale's self-attention with inner norm, causal, with xPos and without, float32 on the CPU.

    pip install torch==2.11.0 safetensors==0.8.0 numpy && pip install --no-deps torchscale==0.3.0
    python3 make_attention.py
"""
import os
import types

import torch
from safetensors.torch import save_file
from torchscale.component.multihead_attention import MultiheadAttention

WIDTH, HEADS, LENGTH, BASE = 32, 4, 17, 64


def main():
    torch.manual_seed(1)
    tensors = {}
    for kind, xpos in (("xpos", True), ("plain", False)):
        arguments = types.SimpleNamespace(multiway=False, xpos_rel_pos=xpos, xpos_scale_base=BASE, layernorm_eps=1e-5, dropout=0.0)
        attention = MultiheadAttention(arguments, WIDTH, HEADS, self_attention=True, subln=True).eval()
        for name, parameter in attention.named_parameters():
            # Away from the defaults, so that a norm or a bias left out shows.
            torch.nn.init.normal_(parameter, 1 if name == "inner_attn_ln.weight" else 0, 0.2)
            tensors[f"weight.{kind}.{name}"] = parameter.detach()
        x = torch.randn(2, LENGTH, WIDTH)
        mask = torch.full((LENGTH, LENGTH), float("-inf")).triu(1)
        tensors |= {f"{kind}.input": x, f"{kind}.output": attention(x, x, x, attn_mask=mask)[0].detach()}
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()},
              os.path.join(os.path.dirname(os.path.abspath(__file__)), "attention.safetensors"),
              {"reference": "torchscale 0.3.0 MultiheadAttention", "hidden": str(WIDTH), "heads": str(HEADS), "xposScaleBase": str(BASE)})


main()
