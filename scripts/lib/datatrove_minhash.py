"""datatrove's MinHash over two files of JSON lines, with two workers: 64-bit hashes, 14 bands of 8, shingles of 5 words.

    datatrove_minhash.py DOCUMENTS OUTPUT english|spaces

`english` splits words as datatrove does for English (spaCy); `spaces` at white space alone, after datatrove's own
normalisation, which is what weft's words are. Prints the wall seconds of each of the three steps; the fourth, which
copies the documents that stay, has no counterpart in weft's stages and is not run.
"""
import sys
import time

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.hashing import HashConfig


class Spaces:
    def word_tokenize(self, text):
        return text.split()


def main():
    documents, output, words = sys.argv[1:]
    config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8, hash_config=HashConfig(precision=64))
    signature = MinhashDedupSignature(f"{output}/signatures", config=config)
    if words == "spaces":
        signature.word_tokenizer = Spaces()
    steps = [
        ([JsonlReader(documents), signature], 2),
        ([MinhashDedupBuckets(f"{output}/signatures", f"{output}/buckets", config=config)], 14),
        ([MinhashDedupCluster(f"{output}/buckets", f"{output}/clusters", config=config, save_cluster_id=True)], 1),
    ]
    for number, (pipeline, tasks) in enumerate(steps):
        start = time.monotonic()
        LocalPipelineExecutor(
            pipeline=pipeline, tasks=tasks, workers=2, start_method="fork", logging_dir=f"{output}/logs-{number}").run()
        print(f"{time.monotonic() - start:.2f}")


if __name__ == "__main__":
    main()
