"""Starts, stops and kills the real binary, and finds out from its output where it listens."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

ENDPOINT = re.compile(r"\b(https?)://(\[[^\]]+\]|[A-Za-z0-9.-]+):(\d+)")
CA_BUNDLE = re.compile(r"AWS_CA_BUNDLE=[\"']?([^\s\"']+)")
START_DEADLINE_S = 20


def clean_environment(home):
    """The environment without anything of this machine that an S3 client or server would read."""
    foreign = ("AWS_", "PAIL_", "S3_", "MINIO_", "BOTO_")
    proxies = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(foreign) and name.lower() not in proxies
    }
    environment.update(
        HOME=str(home),
        AWS_CONFIG_FILE=str(Path(home) / "no-config"),
        AWS_SHARED_CREDENTIALS_FILE=str(Path(home) / "no-credentials"),
        AWS_EC2_METADATA_DISABLED="true",
        AWS_PAGER="",
        NO_PROXY="*",
    )
    return environment


def free_port():
    """A port that was free a moment ago: for a server whose address must be known beforehand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PailServer:
    """One `pail serve`, which can be stopped, killed and started again on its data."""

    def __init__(self, binary, home, arguments, environment=None, tls=False, ca_bundle=None):
        self.binary = str(binary)
        self.home = Path(home)
        self.arguments = [str(argument) for argument in arguments]
        self.environment = {**clean_environment(home), **(environment or {})}
        self.tls = tls
        self.process = None
        self.output = ""
        self.scheme = "https" if tls else "http"
        self.host = "127.0.0.1"
        self.port = None
        self.ca_bundle = ca_bundle  # found in the output if pail makes its own

    @property
    def endpoint(self):
        return f"{self.scheme}://{self.host}:{self.port}"

    def url(self, host):
        """The endpoint under another name of the same machine."""
        return f"{self.scheme}://{host}:{self.port}"

    def start(self):
        self.output = ""
        self.process = subprocess.Popen(
            [self.binary, "serve", *self.arguments],
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        # A thread reads for as long as the server lives: a full pipe would stop it.
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        self._await_endpoint()
        return self

    def _read(self, process):
        for line in process.stdout:
            self.output += line

    def _await_endpoint(self):
        deadline = time.monotonic() + START_DEADLINE_S
        while time.monotonic() < deadline:
            if self._find_endpoint() and self._accepts():
                return
            if self.process.poll() is not None:
                self._reader.join(5)
                raise RuntimeError(
                    f"pail ended with {self.process.returncode} at its start:\n{self.output}"
                )
            time.sleep(0.01)
        self.kill()
        raise RuntimeError(f"pail printed no {self.scheme} endpoint that accepts:\n{self.output}")

    def _find_endpoint(self):
        found = [match for match in ENDPOINT.finditer(self.output) if match[1] == self.scheme]
        if not found:
            return False
        self.port = int(found[0][3])
        if self.tls and not self.ca_bundle:
            bundle = CA_BUNDLE.search(self.output)
            if not bundle:
                return False
            self.ca_bundle = str((self.home / bundle[1]).resolve())
        return True

    def _accepts(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def stop(self):
        """SIGTERM; returns the exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
                raise RuntimeError("pail did not stop within 15 s of SIGTERM") from None
        return self.process.returncode

    def kill(self):
        """kill -9: no chance to finish anything."""
        self.process.kill()
        self.process.wait()

    def restart(self):
        self.stop()
        return self.start()


class ForeignServer:
    """Some other S3 server that already runs, to compare with. It cannot be killed or restarted."""

    def __init__(self, endpoint, ca_bundle):
        parts = urllib.parse.urlsplit(endpoint)
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port
        self.tls = parts.scheme == "https"
        self.ca_bundle = ca_bundle
        self.endpoint = endpoint

    def url(self, host):
        return f"{self.scheme}://{host}:{self.port}"
