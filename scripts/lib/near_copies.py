"""Documents with near copies among them, made of real texts by seeded edits."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

# What a site that shows a text again puts around it.
BOILERPLATE = ("This page is a copy kept by the mirror {0}; the original may have changed since. Links lead to the copies of this mirror where "
               "it has them and to the original site elsewhere. Questions about the contents go to its authors, those about the mirror to {0}.")
KINDS = ["exact", "form", "boilerplate", "sentences", "words 1%", "words 2%", "words 5%", "words 10%"]


@dataclass
class Text:
    """A document: its title and paragraphs, and of a copy which one it copies and how."""

    title: str
    paragraphs: list[str]
    original: int | None = None
    kind: str = ""


def with_copies(bases: list[tuple[str, list[str]]], count: int, seed: int) -> list[Text]:
    """The first bases of a seeded order, each followed by 0.43 copies on average (0, 1, 2, ... by 0.7 · 0.3^n).

    Then all are put into a seeded order, so that copies and originals come in any order.
    """
    draw = random.Random(seed)
    order = list(range(len(bases)))
    draw.shuffle(order)
    texts: list[Text] = []
    for base in order:
        title, paragraphs = bases[base]
        first = len(texts)
        texts.append(Text(title, paragraphs))
        while draw.random() < 0.3:
            kind = draw.choice(KINDS)
            texts.append(Text(title, edited(paragraphs, kind, bases, draw), first, kind))
        if len(texts) >= count:
            break
    else:
        raise SystemExit(f"there are texts for {len(texts)} documents only")
    texts = texts[:count]
    places = list(range(len(texts)))
    draw.shuffle(places)
    place_of = {place: new for new, place in enumerate(places)}
    shuffled = [texts[place] for place in places]
    for text in shuffled:
        if text.original is not None:
            text.original = place_of[text.original]
    return shuffled


def edited(paragraphs: list[str], kind: str, bases, draw: random.Random) -> list[str]:
    """A copy of paragraphs with edits of a kind."""
    if kind == "form":
        return [re.sub(r"\d+", lambda m: str(draw.randrange(1000)), p).replace(",", " ;").replace("\"", "'").upper() for p in paragraphs]
    if kind == "boilerplate":
        site = f"site{draw.randrange(100)}"
        return [BOILERPLATE.format(site)] + paragraphs
    if kind == "sentences":
        return [p for p in (_fewer_sentences(p, draw) for p in paragraphs) if p]
    if kind.startswith("words"):
        rate = int(kind.split()[1].rstrip("%")) / 100
        others = " ".join(draw.choice(bases)[1]).split() or ["word"]
        return [" ".join(draw.choice(others) if draw.random() < rate else w for w in p.split(" ")) for p in paragraphs]
    return list(paragraphs)


def _fewer_sentences(paragraph: str, draw: random.Random) -> str:
    """Drops one sentence of twenty and swaps one of twenty with the next."""
    sentences = [s for s in re.split(r"(?<=[.!?]) +", paragraph) if draw.random() >= 0.05]
    for at in range(len(sentences) - 1):
        if draw.random() < 0.05:
            sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
    return " ".join(sentences)


def in_pieces(paragraphs: list[str], draw: random.Random):
    """Cuts a long page into documents of a length drawn anew each time: a median of 250 words, as of web pages."""
    piece, words, limit = [], 0, draw.lognormvariate(5.5, 0.8)
    for paragraph in paragraphs:
        piece.append(paragraph)
        words += paragraph.count(" ") + 1
        if words >= limit:
            yield piece
            piece, words, limit = [], 0, draw.lognormvariate(5.5, 0.8)
    if words > 20:
        yield piece
