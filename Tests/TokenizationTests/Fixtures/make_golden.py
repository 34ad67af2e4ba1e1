"""Makes unigram.model and golden.jsonl beside this script (see README.md)."""

import json
import pathlib
import random

import sentencepiece

HERE = pathlib.Path(__file__).parent
LICENSES = pathlib.Path("/usr/share/common-licenses")

EXTRA = [
    "Das schöne Mädchen aß Äpfel und Öl über Übermut.",
    "Où est-ce que l'élève a étudié le français à Noël ?",
    "¿Dónde está el niño? ¡Mañana será otro día!",
    "Привет, мир! Как дела сегодня?",
    "今日は良い天気ですね。東京タワーへ行きます。",
    "10,000 people walked 3.5 km in 2023; 42% came back.",
]

HAND_WRITTEN = [
    "", " ", "  ", "\t", "\n", "a", " a", "a ", "a  b", " doubled  spaces   here ", "tab\tand\nbreak",
    "<image>", "</s>", "<s>hello</s>", "an <image> in </image> text </line> here", "<unk>", "<pad>",
    "\u0000", "a\u0000b", "\u0001\u0002\u001f", "\u200b", "zero\u200bwidth", "soft\u00adhyphen", "\ufeffmark",
    "\u00a0no\u00a0break\u3000ideographic", "\uff28\uff25\uff2c\uff2c\uff2f", "\ufb01ne ligature", "e\u0301 composed é",
    "①②③ ½ ² ™", "▁", "▁word ▁ x", "\u2585", "\u2047", "\ufffd", "😀 👩‍👩‍👧 🇫🇷", "العربية עברית", "हिन्दी ไทย 한국어",
    "Привет", "東京タワー", "GNU General Public License", "version 3, 29 June 2007", "1234567890 12a34b",
    "x" * 300, "🙂" * 40, "ﷺ", "\U0010ffff", "A" + "\u0301" * 50,
]


def train():
    lines = list(EXTRA) * 20
    for name in ("GPL-3", "Apache-2.0"):
        lines += [line for line in (LICENSES / name).read_text().splitlines() if line.strip()]
    with open(HERE / "unigram.model", "wb") as model:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines), model_writer=model, vocab_size=500, model_type="unigram",
            normalization_rule_name="nmt_nfkc", split_by_number=True, max_sentencepiece_length=16,
            unk_id=0, bos_id=1, eos_id=2, pad_id=-1, num_threads=1, minloglevel=2)


def random_texts(count):
    generator = random.Random(6)
    tops = [0x7F, 0x7F, 0x2FF, 0x2FFF, 0x1FFFF]
    for _ in range(count):
        codes = (generator.randint(0, generator.choice(tops)) for _ in range(generator.randint(1, 40)))
        yield "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000)


def main():
    train()
    processor = sentencepiece.SentencePieceProcessor(model_file=str(HERE / "unigram.model"))
    licence = [line for line in (LICENSES / "GPL-3").read_text().splitlines() if line.strip()]
    with open(HERE / "golden.jsonl", "w", encoding="utf-8") as golden:
        for text in HAND_WRITTEN + EXTRA + licence[::15] + list(random_texts(150)):
            # KOSMOS-1 has fairseq's control tokens, then every piece one higher.
            ids = [3 if id == 0 else id + 1 for id in processor.encode(text)]
            row = {"text": text, "ids": ids, "decoded": processor.decode(processor.encode(text))}
            golden.write(json.dumps(row, ensure_ascii=True) + "\n")


main()
