#!/usr/bin/env python3
"""Measures pail beside another S3 server in the same run and prints ratios.

    tests/bench/compare.py --pail build/server/pail            # all measurements
    tests/bench/compare.py --pail build/server/pail --only get,put --seconds 5 --rounds 3

Needs python3, wrk, curl, rclone (the server beside) and nginx (the plain file server), all from the
distribution. Every request carries a SigV4 presigned signature, made here, not by pail's code. The two servers
are measured in alternation, so that a machine that changes its speed changes both; quote the ratios.
"""

import argparse
import concurrent.futures
import datetime
import hashlib
import hmac
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ACCESS_KEY = "benchmark"
SECRET_KEY = "benchmark-secret"
REGION = "us-east-1"
BUCKET = "bench"
OBJECTS = 2000
SCRIPT = pathlib.Path(__file__).with_name("urls.lua")


def presign(method, port, path, query=None, expires_s=86400):
    now = datetime.datetime.now(datetime.timezone.utc)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    scope = f"{day}/{REGION}/s3/aws4_request"
    host = f"127.0.0.1:{port}"
    fields = dict(query or {})
    fields |= {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"{ACCESS_KEY}/{scope}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(expires_s),
        "X-Amz-SignedHeaders": "host",
    }
    quote = lambda text: urllib.parse.quote(text, safe="-_.~")
    canonical_query = "&".join(f"{quote(k)}={quote(v)}" for k, v in sorted(fields.items()))
    request = "\n".join([method, path, canonical_query, f"host:{host}", "", "host", "UNSIGNED-PAYLOAD"])
    to_sign = "\n".join(
        ["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()]
    )
    key = ("AWS4" + SECRET_KEY).encode()
    for part in (day, REGION, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{path}?{canonical_query}&X-Amz-Signature={signature}"


def send(method, port, target, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{target}", data=body, method=method)
    with urllib.request.urlopen(request, timeout=600) as answer:
        return answer.read()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server process that is ready when the constructor returns."""

    def __init__(self, name, command, port, environment=None):
        self.name, self.port = name, port
        started = time.monotonic()
        self.process = subprocess.Popen(
            command, env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    if connection.recv(1):
                        break
            except OSError:
                pass
            if self.process.poll() is not None:
                sys.exit(f"{name} ended at once: {' '.join(map(str, command))}")
            if time.monotonic() - started > 30:
                sys.exit(f"{name} did not answer within 30 s")
            time.sleep(0.0005)
        self.start_ms = (time.monotonic() - started) * 1000

    def rss_mib(self, field="VmRSS"):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+)", status).group(1)) / 1024

    def cpu_s(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def start_pail(binary, directory):
    port = free_port()
    command = [binary, "serve", "--data", directory / "pail", "--listen", f"127.0.0.1:{port}",
               "--bucket", BUCKET, "--credential", f"{ACCESS_KEY}:{SECRET_KEY}", "--log", "off"]
    return Server("pail", command, port)


def start_rclone(binary, directory):
    if not shutil.which(binary):
        return None
    help_text = subprocess.run([binary, "serve", "s3", "--help"], capture_output=True, text=True).stdout
    if "--auth-key" not in help_text:
        return None
    port = free_port()
    (directory / "rclone" / BUCKET).mkdir(parents=True, exist_ok=True)
    command = [binary, "serve", "s3", directory / "rclone", "--addr", f"127.0.0.1:{port}",
               "--auth-key", f"{ACCESS_KEY},{SECRET_KEY}", "--log-level", "ERROR", "--config", "/dev/null"]
    return Server("rclone", command, port)


def start_nginx(directory):
    binary = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if not binary:
        return None
    port = free_port()
    root = directory / "nginx"
    root.mkdir(exist_ok=True)
    configuration = root / "nginx.conf"
    configuration.write_text(
        f"worker_processes 2; daemon off; pid {root}/pid; error_log /dev/null; user root;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; sendfile on; keepalive_requests 1000000000;\n"
        f" server {{ listen 127.0.0.1:{port}; location / {{ root {root}; }} }} }}\n")
    return Server("nginx", [binary, "-c", configuration, "-p", root], port)


def wrk(port, targets, method, body_bytes, seconds, connections, directory):
    """Requests per second and share of answers that were not 2xx."""
    listing = directory / "targets.txt"
    listing.write_text("\n".join(targets) + "\n")
    environment = {**os.environ, "BENCH_TARGETS": str(listing), "BENCH_METHOD": method,
                   "BENCH_BODY_BYTES": str(body_bytes)}
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", SCRIPT,
         f"http://127.0.0.1:{port}"], env=environment, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if wrong:
        print(f"    warning: {wrong.group(1)} answers were errors")
    tail = re.search(r"99%\s+(\S+)", output).group(1)
    return rate, tail


def alternate(label, servers, targets_of, method, body_bytes, options, directory, connections=16):
    rates = {server.name: [] for server in servers}
    tails, cpu_us = {}, {}
    for _ in range(options.rounds):
        for server in servers:
            before = server.cpu_s()
            rate, tail = wrk(server.port, targets_of(server), method, body_bytes, options.seconds,
                             connections, directory)
            cpu_us[server.name] = (server.cpu_s() - before) / (rate * options.seconds) * 1e6
            rates[server.name].append(rate)
            tails[server.name] = tail
    line = f"{label:34}"
    for server in servers:
        median = statistics.median(rates[server.name])
        line += (f"  {server.name} {median:9.0f}/s p99 {tails[server.name]:>8}"
                 f" {cpu_us[server.name]:6.1f} us cpu")
    if len(servers) > 1:
        line += f"  {ratio_of(rates[servers[0].name], rates[servers[1].name])}"
    print(line, flush=True)


def fill(server, count, size_bytes, prefix, name=lambda index: f"{index:07d}"):
    """Puts objects; an answer of 5xx is asked again, for no measurement depends on how the fill went."""
    def put(index):
        path = f"/{BUCKET}/{prefix}{name(index)}"
        for attempt in range(5):
            try:
                send("PUT", server.port, presign("PUT", server.port, path), b"x" * size_bytes)
                return
            except urllib.error.HTTPError as error:
                if error.code < 500 or attempt == 4:
                    raise
                time.sleep(0.1 * 2 ** attempt)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(count)))


def measure_get(servers, options, directory):
    for server in servers:
        fill(server, OBJECTS, 1024, "get/")
    targets = lambda server: [presign("GET", server.port, f"/{BUCKET}/get/{i:07d}")
                              for i in range(OBJECTS)]
    alternate("GET 1 KiB, 16 connections", servers, targets, "GET", 0, options, directory)
    alternate("GET 1 KiB, 256 connections", servers, targets, "GET", 0, options, directory, 256)


def measure_put(servers, options, directory):
    targets = lambda server: [presign("PUT", server.port, f"/{BUCKET}/put/{i:07d}")
                              for i in range(OBJECTS * 10)]
    alternate("PUT 1 KiB, 16 connections", servers, targets, "PUT", 1024, options, directory)


def measure_list(servers, options, directory):
    for server in servers:
        fill(server, 1000, 16, "list/")
    query = {"list-type": "2", "max-keys": "1000", "prefix": "list/"}
    targets = lambda server: [presign("GET", server.port, f"/{BUCKET}", query)]
    alternate("ListObjectsV2 of 1,000 keys", servers, targets, "GET", 0, options, directory)


def measure_scale(pail, options, directory):
    """A page costs the same in a small and in a large bucket, with and without a delimiter."""
    count = options.scale // 1000 * 1000  # as many below each of 1,000 prefixes
    last_key = count - 1
    fill(pail, 1000, 16, "small/")
    fill(pail, 1000, 16, "own/", name=lambda index: f"{index:03d}/object")
    print(f"  filling a bucket with {count:,} objects ...", flush=True)
    targets = [presign("PUT", pail.port, f"/{BUCKET}/scale/{i % 1000:03d}/{i:07d}") for i in range(count)]
    done, began = 0, time.monotonic()
    while done < count:  # wrk walks the list in order, so this covers it
        rate, _ = wrk(pail.port, targets[done:] or targets, "PUT", 16, 10, 16, directory)
        done += int(rate * 10)
    print(f"  filled in {time.monotonic() - began:.0f} s")
    for label, small, large in (
            ("page of 1,000 keys", {"prefix": "small/"}, {"prefix": "scale/"}),
            ("page of 1,000 common prefixes", {"prefix": "own/", "delimiter": "/"},
             {"prefix": "scale/", "delimiter": "/"}),
            # The last ten keys: what a client reads at the end of a long listing.
            ("last page", {"prefix": "small/", "start-after": f"small/{989:07d}"},
             {"prefix": "scale/", "start-after": f"scale/999/{max(0, last_key - 10 * 1000):07d}"}),
    ):
        compare_pages(pail, label, [("small", small), ("large", large)], options, directory)


def compare_pages(pail, label, pages, options, directory):
    """The same kind of page in two places, in alternation: rates, and the second as a ratio of the first."""
    rates = {name: [] for name, _ in pages}
    entries = {}
    targets = {}
    for name, query in pages:
        targets[name] = presign("GET", pail.port, f"/{BUCKET}", {"list-type": "2", "max-keys": "1000", **query})
        page = send("GET", pail.port, targets[name])
        entries[name] = int(re.search(rb"<KeyCount>(\d+)</KeyCount>", page).group(1))
    for _ in range(options.rounds):
        for name, _ in pages:
            rates[name].append(wrk(pail.port, [targets[name]], "GET", 0, options.seconds, 16, directory)[0])
    line = f"{label:34}"
    for name, _ in pages:
        line += f"  {name} {statistics.median(rates[name]):7.0f}/s ({entries[name]} entries)"
    first, second = (rates[name] for name, _ in pages)
    print(f"{line}  {ratio_of(second, first)}", flush=True)


def ratio_of(rates, other_rates):
    ratios = [a / b for a, b in zip(rates, other_rates)]
    return f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f})"


def measure_large(pail, nginx, options, directory):
    """A large upload beside one MD5 of the same file, a download beside a plain file server: each round
    measures all of them, one after the other."""
    size = options.large_mib * 1024 * 1024
    source = directory / "large.bin"
    with source.open("wb") as stream:
        for _ in range(options.large_mib):
            stream.write(os.urandom(1024 * 1024))
    path = f"/{BUCKET}/large.bin"
    url = lambda method: f"http://127.0.0.1:{pail.port}" + presign(method, pail.port, path)
    commands = {
        "md5": ["openssl", "dgst", "-md5", source],
        "put": ["curl", "-sSf", "-T", source, "-o", "/dev/null", url("PUT")],
        "get": ["curl", "-sSf", "-o", "/dev/null", url("GET")],
    }
    if nginx:
        shutil.copy(source, directory / "nginx" / "large.bin")
        commands["plain"] = ["curl", "-sSf", "-o", "/dev/null", f"http://127.0.0.1:{nginx.port}/large.bin"]
    rates = {name: [] for name in commands}
    for _ in range(max(5, options.rounds)):
        for name, command in commands.items():
            rates[name].append(size / seconds_of(command) / 1e6)
    median = {name: statistics.median(values) for name, values in rates.items()}
    print(f"PUT {options.large_mib} MiB  {median['put']:6.0f} MB/s  of openssl md5 {median['md5']:6.0f} MB/s:"
          f" {ratio_of(rates['put'], rates['md5'])}", flush=True)
    line = f"GET {options.large_mib} MiB  {median['get']:6.0f} MB/s"
    if nginx:
        line += f"  of nginx {median['plain']:6.0f} MB/s: {ratio_of(rates['get'], rates['plain'])}"
    print(f"{line};  peak memory {pail.rss_mib('VmHWM'):.0f} MiB", flush=True)


def seconds_of(command):
    began = time.monotonic()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pail", required=True, help="the binary to measure (a Release build)")
    parser.add_argument("--rclone", default="rclone", help="the rclone to measure beside it")
    parser.add_argument("--seconds", type=int, default=5, help="length of one run")
    parser.add_argument("--rounds", type=int, default=3, help="alternations")
    parser.add_argument("--only", default="start,get,put,list,large,scale")
    parser.add_argument("--scale", type=int, default=200_000, help="objects in the large bucket")
    parser.add_argument("--large-mib", type=int, default=1024)
    parser.add_argument("--directory", help="where the data lies; default: a temporary directory")
    options = parser.parse_args()
    wanted = set(options.only.split(","))
    with tempfile.TemporaryDirectory(dir=options.directory, prefix="pail-bench-") as name:
        directory = pathlib.Path(name)
        pail = start_pail(options.pail, directory)
        others = [server for server in [start_rclone(options.rclone, directory)] if server]
        nginx = start_nginx(directory) if "large" in wanted else None
        if not others:
            print("no `rclone serve s3` on this machine (needs 1.65 or newer): pail alone, no ratios")
        try:
            if "start" in wanted:
                print(f"start to first answer {pail.start_ms:.0f} ms, idle memory {pail.rss_mib():.1f} MiB")
            servers = [pail, *others]
            if "get" in wanted:
                measure_get(servers, options, directory)
            if "put" in wanted:
                measure_put(servers, options, directory)
            if "list" in wanted:
                measure_list(servers, options, directory)
            if "large" in wanted:
                measure_large(pail, nginx, options, directory)
            if "scale" in wanted:
                measure_scale(pail, options, directory)
            print(f"memory at the end {pail.rss_mib():.1f} MiB")
        finally:
            for server in [pail, *others, *([nginx] if nginx else [])]:
                server.stop()


if __name__ == "__main__":
    main()
