"""A Slurm cluster of two nodes of one core on this machine, out of Debian's slurmctld, slurmd and munge; as root.

Everything of it lies in one folder and listens on loopback; nothing under /etc is read or written.
"""
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import time

import scale

PACKAGES = ["munge", "slurm-client", "slurmctld", "slurmd"]
CONFIGURATION = """\
ClusterName=weft
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
CryptoType=crypto/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_min_interval=200000,batch_sched_delay=0,defer_batch
SlurmdTimeout=10
KillWait=2
ReturnToService=2
MaxArraySize=2001
NodeName=node1 NodeHostname={host} NodeAddr=127.0.0.1 Port={first} CPUs=1
NodeName=node2 NodeHostname={host} NodeAddr=127.0.0.1 Port={second} CPUs=1
PartitionName=all Nodes=node1,node2 Default=YES MaxTime=INFINITE State=UP
"""


def install():
    """Installs what is missing, and keeps Debian from starting it: the cluster is started here."""
    if all(shutil.which(name) for name in ("slurmctld", "slurmd", "munged", "sbatch")):
        return
    if os.geteuid() != 0:
        sys.exit("Slurm is missing; as root, this installs it from Debian")
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=quiet)


class SlurmCluster:
    """Two nodes, each a daemon of its own."""

    kinds = {"weft": 10, "slurmstepd": 5, "requeue": 2, "node": 3, "driver": 1}

    def __init__(self, folder, seed=1):
        install()
        self.folder, self.random = pathlib.Path(folder).absolute(), random.Random(seed)
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "state").mkdir(parents=True)
        os.chmod(self.folder, 0o755)
        (self.folder / "munge.key").write_bytes(os.urandom(64))
        os.chmod(self.folder / "munge.key", 0o600)
        ports = free_ports(3)
        text = CONFIGURATION.format(
            folder=self.folder, host=socket.gethostname().split(".")[0], port=ports[0], first=ports[1], second=ports[2]
        )
        (self.folder / "slurm.conf").write_text(text)
        os.environ["SLURM_CONF"] = str(self.folder / "slurm.conf")
        self.daemons, self.hastened = {}, 0.0
        self.start("munged", [
            "munged", "--foreground", "--force", f"--socket={self.folder}/munge.socket", f"--key-file={self.folder}/munge.key",
            f"--pid-file={self.folder}/munge.pid", f"--log-file={self.folder}/munge.log", f"--seed-file={self.folder}/munge.seed",
        ])
        while not (self.folder / "munge.socket").exists():
            time.sleep(0.05)
        self.start("slurmctld", ["slurmctld", "-D"])
        for node in ("node1", "node2"):
            self.start(node, ["slurmd", "-D", "-N", node])
        self.wait()

    def start(self, name, command):
        log = open(self.folder / f"{name}.out", "ab")
        self.daemons[name] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def wait(self):
        for _ in range(300):
            states = subprocess.run(["sinfo", "-h", "-N", "-o", "%T"], capture_output=True, text=True).stdout.split()
            if len(states) == 2 and all(state in ("idle", "mixed", "allocated") for state in states):
                return
            time.sleep(0.1)
        sys.exit(f"the Slurm cluster did not start; see {self.folder}")

    def executor(self, **settings):
        return {"kind": "slurm", **settings}

    def strike(self, kind, parent):
        """Kills something of Slurm that works for a process of weft; says whether there was something."""
        if kind == "slurmstepd":
            return scale.kill(parent)
        if kind == "requeue":
            jobs = lines("squeue", "-h", "-t", "R", "-o", "%A")
            return bool(jobs) and subprocess.run(["scontrol", "requeue", self.random.choice(jobs)]).returncode == 0
        node = self.random.choice(["node1", "node2"])
        self.daemons[node].kill()
        self.daemons[node].wait()
        # The controller finds the node dead after SlurmdTimeout; then it comes back.
        time.sleep(self.random.choice([0.5, 25]))
        self.start(node, ["slurmd", "-D", "-N", node])
        return True

    def hasten(self):
        """Starts soon what Slurm would start again two minutes after it lost it."""
        if time.monotonic() < self.hastened + 2:
            return
        self.hastened = time.monotonic()
        for job in lines("squeue", "-h", "-t", "PD", "-o", "%A %r"):
            if job.endswith("BeginTime"):
                subprocess.run(["scontrol", "update", f"JobId={job.split()[0]}", "StartTime=now"], stderr=subprocess.DEVNULL)

    def end(self):
        subprocess.run(["scancel", "--full", "--user=root"], stderr=subprocess.DEVNULL)
        time.sleep(1)
        for daemon in reversed(self.daemons.values()):
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()


def lines(*command):
    """The lines that a command prints."""
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()


def free_ports(count):
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
