"""The decoder of `make bench-train` in PyTorch: written plainly with its fused attention, and torchscale's.

    train_peers.py eager|torchscale MODEL BATCHES THREADS float32|bfloat16

Reads and prints what Benchmarks/train-steps does. The line `peak` measures the machine's matrix products instead: operations a
CPU second in float32 and bfloat16.
"""
import json
import math
import resource
import sys
import time
import types

import torch
import torch.nn.functional as F
from safetensors import safe_open
from torch import nn


def xpos(shape):
    """cos, sin and scale of each position, [length, head], pairs of neighbours alike (torchscale's XPOS)."""
    width = shape["width"] // shape["heads"]
    half = torch.arange(width // 2, dtype=torch.float32)
    place = torch.arange(shape["length"], dtype=torch.float32)[:, None]
    angles = place * 10000 ** (-half / (width // 2))
    scale = ((2 * half + 0.4 * width) / (1.4 * width)) ** ((place - shape["length"] // 2) / shape["scaleBase"])
    return [table.repeat_interleave(2, 1) for table in (angles.cos(), angles.sin(), scale)]


def rotated(x, cos, sin):
    """Neighbouring pairs of the last dimension turned: (x0, x1) becomes (x0 cos - x1 sin, x1 cos + x0 sin)."""
    return x * cos + torch.stack((-x[..., 1::2], x[..., ::2]), -1).flatten(-2) * sin


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(width, width) for _ in range(4))
        self.inner_attn_ln = nn.LayerNorm(width)

    def forward(self, x, query_table, key_table):
        q, k, v = (layer(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for layer in (self.q_proj, self.k_proj, self.v_proj))
        y = F.scaled_dot_product_attention(rotated(q, *query_table).to(v.dtype), rotated(k, *key_table).to(v.dtype), v, is_causal=True)
        return self.out_proj(self.inner_attn_ln(y.transpose(1, 2).flatten(2)))


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.ffn_layernorm = nn.LayerNorm(4 * width)

    def forward(self, x):
        return self.fc2(self.ffn_layernorm(F.gelu(self.fc1(x))))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.self_attn, self.ffn = Attention(width, heads), FeedForward(width)
        self.self_attn_layer_norm, self.final_layer_norm = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x, *tables):
        x = x + self.self_attn(self.self_attn_layer_norm(x), *tables)
        return x + self.ffn(self.final_layer_norm(x))


class Decoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.embed_tokens = nn.Embedding(shape["vocabulary"], shape["width"])
        self.layers = nn.ModuleList(Block(shape["width"], shape["heads"]) for _ in range(shape["layers"]))
        self.layer_norm = nn.LayerNorm(shape["width"])
        cos, sin, scale = xpos(shape)
        self.tables = (cos * scale, sin * scale), (cos / scale, sin / scale)

    def forward(self, tokens):
        x = self.embed_tokens(tokens) * math.sqrt(self.embed_tokens.embedding_dim)
        for layer in self.layers:
            x = layer(x, *self.tables)
        return F.linear(self.layer_norm(x), self.embed_tokens.weight)


def torchscale_decoder(shape):
    """torchscale's decoder; what it imports of fairscale and timm is not called here."""
    for name, functions in {"fairscale": [], "fairscale.nn": ["checkpoint_wrapper", "wrap"], "timm": [], "timm.models": [],
                            "timm.models.layers": ["drop_path"]}.items():
        sys.modules[name] = types.ModuleType(name)
        for function in functions:
            setattr(sys.modules[name], function, lambda x, *_, **__: x)
    from torchscale.architecture.config import DecoderConfig
    from torchscale.architecture.decoder import Decoder
    config = DecoderConfig(
        decoder_embed_dim=shape["width"], decoder_attention_heads=shape["heads"], decoder_ffn_embed_dim=4 * shape["width"],
        decoder_layers=shape["layers"], vocab_size=shape["vocabulary"], share_decoder_input_output_embed=True,
        no_scale_embedding=False, xpos_rel_pos=True, xpos_scale_base=shape["scaleBase"], max_target_positions=shape["length"])
    model = Decoder(config, nn.Embedding(shape["vocabulary"], shape["width"]))
    return model, lambda tokens: model(tokens)[0]


def peak():
    """Operations of large matrix products a CPU second of all threads, the best of several."""
    best = {}
    for name, type in (("float32", torch.float32), ("bfloat16", torch.bfloat16)):
        a, b, out = (torch.randn(2048, 2048).to(type) for _ in range(3))
        for _ in range(6):
            start = time.process_time()
            torch.mm(a, b, out=out)
            best[name] = max(best.get(name, 0), 2 * 2048 ** 3 / (time.process_time() - start))
    return best


def main():
    kind, weights, batches, threads, precision = sys.argv[1:]
    torch.set_num_threads(int(threads))
    with safe_open(weights, "pt") as file:
        shape = json.loads(file.metadata()["shape"])
        stored = {name: file.get_tensor(name) for name in file.keys()}
    with safe_open(batches, "pt") as file:
        tokens = file.get_tensor("tokens")
    if kind == "eager":
        model = forward = Decoder(shape)
    else:
        model, forward = torchscale_decoder(shape)
    missing, extra = model.load_state_dict(stored, strict=False)
    assert not extra and all(name.endswith("xpos.scale") or name == "output_projection.weight" for name in missing), (missing, extra)
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, (0.9, 0.98), shape["epsilon"], 0.01, fused=True)
    steps = 0

    def step(batch):
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            logits = forward(batch[:, :-1])
            loss = F.cross_entropy(logits.flatten(0, 1).float(), batch[:, 1:].flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0, foreach=True)
        for group in optimizer.param_groups:
            # fairseq adds epsilon before the correction of the second moment, and so does weft.
            group["eps"] = shape["epsilon"] / math.sqrt(1 - 0.98 ** (steps + 1))
        optimizer.step()
        optimizer.zero_grad()
        return loss.item()

    for line in sys.stdin:
        if line.strip() == "peak":
            print(json.dumps(peak()), flush=True)
            continue
        wall, cpu, losses = time.monotonic(), time.process_time(), []
        for _ in range(int(line)):
            losses.append(step(tokens[steps % len(tokens)]))
            steps += 1
        print(json.dumps({"losses": losses, "wall": time.monotonic() - wall, "cpu": time.process_time() - cpu,
                          "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)


if __name__ == "__main__":
    main()
