"""Those who take part, and how each of them is run for a row."""

import functools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from typing import Callable, Dict, List, Optional

from rows import Row

PEERS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "peers")
TIMEOUT = 120  # seconds, for a program that should take two


class Failure(Exception):
    """A contender could not do its work."""


def absence_of(program: str) -> str:
    return f"{os.path.basename(program)} is not installed, or could not be built"


def output_of(command: List[str], **options) -> str:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=TIMEOUT, check=False,
                              **options)
    except FileNotFoundError as failure:
        raise Failure(absence_of(command[0])) from failure
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise Failure(str(failure)) from failure
    if done.returncode != 0:
        complaint = done.stderr.strip().splitlines()
        raise Failure(complaint[-1] if complaint else f"exit status {done.returncode}")
    return done.stdout


class GoogleBenchmark:
    """A program of benchmarks that are named by their rows; see measure.h."""

    UNITS = {"ns": ("each", 1e9), "s": ("s", 1), "bytes": ("bytes", 1)}

    def __init__(self, program: str) -> None:
        self.program = program
        names = output_of([program, "--benchmark_list_tests"]).split()
        self.benchmarks = {name.split("/")[0] for name in names}

    def measures(self, benchmark: str) -> bool:
        return benchmark in self.benchmarks

    def measure(self, benchmark: str, unit: str, seconds: float) -> float:
        found = json.loads(output_of([
            self.program, f"--benchmark_filter=^{benchmark}($|/)", "--benchmark_format=json",
            f"--benchmark_min_time={seconds}"]))["benchmarks"][0]
        counter, scale = self.UNITS[unit]
        return found[counter] * scale


class JsonLines:
    """A program that is given a row's name and prints {"row": ..., UNIT: ...}."""

    def __init__(self, *command: str) -> None:
        self.command = list(command)
        self.benchmarks = set(output_of([*self.command, "--list"]).split())

    def measures(self, benchmark: str) -> bool:
        return benchmark in self.benchmarks

    def measure(self, benchmark: str, unit: str, _seconds: float) -> float:
        return json.loads(output_of([*self.command, benchmark]))[unit]


class Server:
    """An echo server that says where it listens."""

    def __init__(self, *command: str) -> None:
        self.command = list(command)

    def __enter__(self) -> "Server":
        with tempfile.TemporaryFile("w+") as errors:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE, stderr=errors, text=True)
            port = re.search(r"127\.0\.0\.1:(\d+)", self.process.stdout.readline())
            if port is None:
                self.__exit__()
                errors.seek(0)
                complaints = errors.read().strip().splitlines()
                raise Failure(complaints[-1] if complaints else "it does not say where it listens")
        self.port = port.group(1)
        return self

    def __exit__(self, *_exception) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def load(self, program: str, row: Row, seconds: float, idle: int = 0,
             core: Optional[int] = None) -> Dict[str, float]:
        def move() -> None:
            if core is not None:
                os.sched_setaffinity(0, {core})

        mode = row.load if row.load in ("closed", "hello") else "lockstep"
        return json.loads(output_of(
            [program, mode, self.port, str(self.process.pid), str(row.connections), str(seconds),
             str(idle)], preexec_fn=move))

    def host_calls(self, program: str, row: Row, seconds: float) -> float:
        """Calls per request, by strace: a slow run, in which only the numbers count."""
        with tempfile.NamedTemporaryFile("r") as counts:
            tracer = subprocess.Popen(
                ["strace", "-f", "-c", "-o", counts.name, "-p", str(self.process.pid)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                time.sleep(0.3)  # until it has attached
                if tracer.poll() is not None:
                    raise Failure("strace may not look into a process here")
                requests = self.load(program, row, seconds)["requests"]
            finally:
                tracer.send_signal(signal.SIGINT)
                tracer.wait()
            total = re.search(r"^100.00\s+\S+\s+(?:\d+\s+)?(\d+)\s.*total$", counts.read(), re.M)
            if total is None:
                raise Failure("strace has counted nothing")
            return int(total.group(1)) / requests


class Nginx(Server):
    """One process, as the others are; it does not say where it listens, but is told."""

    CONFIGURATION = """
        daemon off; master_process off; pid {0}/pid; error_log {0}/error;
        events {{ worker_connections 4096; }}
        http {{
            access_log off; keepalive_requests 1000000000; default_type text/plain;
            client_body_temp_path {0}/1; proxy_temp_path {0}/2; fastcgi_temp_path {0}/3;
            uwsgi_temp_path {0}/4; scgi_temp_path {0}/5;
            server {{
                listen 127.0.0.1:{1} backlog=4096;
                location = /hello {{ return 200 "Hello, world!\\n"; }}
            }}
        }}"""

    def __init__(self, build: str) -> None:
        """nginx is installed, or else only taken out of its package, into the build directory."""
        directories = [os.environ.get("PATH", os.defpath), "/usr/sbin",
                       os.path.join(build, "nginx", "usr", "sbin")]
        super().__init__(shutil.which("nginx", path=os.pathsep.join(directories)) or "nginx")

    def __enter__(self) -> "Nginx":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        self.directory = tempfile.TemporaryDirectory()
        path = os.path.join(self.directory.name, "conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.CONFIGURATION.format(self.directory.name, self.port))
        command = [*self.command, "-p", self.directory.name, "-c", path]
        output_of([*command, "-t"])
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", int(self.port))).close()
                return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise Failure("it does not listen")

    def __exit__(self, *exception) -> None:
        super().__exit__(*exception)
        self.directory.cleanup()


LeaveOut = Callable[[str, str], None]  # is told who is left out, and why


def those_there(makers: Dict[str, Callable[[], object]], kind: str,
                leave_out: LeaveOut) -> Dict[str, object]:
    """Contenders by their names, without those that are not installed or do not run."""
    there = {}
    for name, make in makers.items():
        try:
            there[name] = make()
        except Failure as failure:
            leave_out(f"{name}'s {kind}", str(failure))
    return there


def programs(build: str, leave_out: LeaveOut) -> Dict[str, object]:
    peers = os.path.join(build, "tests", "peers")
    return those_there({
        "yos": lambda: GoogleBenchmark(os.path.join(build, "tests", "bench", "yos_bench")),
        "unobserved": lambda: GoogleBenchmark(
            os.path.join(build, "tests", "bench", "yos_bench_unobserved")),
        "raw": lambda: GoogleBenchmark(os.path.join(peers, "raw_bench")),
        "asio": lambda: GoogleBenchmark(os.path.join(peers, "asio_bench")),
        "fiber": lambda: GoogleBenchmark(os.path.join(peers, "fiber_bench")),
        "go": lambda: JsonLines(os.path.join(peers, "go_bench")),
        "tokio": lambda: JsonLines(os.path.join(peers, "tokio", "release", "tokio_bench")),
        "asyncio": lambda: JsonLines(sys.executable, os.path.join(PEERS, "asyncio_bench.py")),
        "pyos8": lambda: JsonLines(sys.executable, os.path.join(PEERS, "pyos_bench.py")),
    }, "benchmarks", leave_out)


def tried(server: Server) -> Server:
    try:
        with server:
            return server
    except FileNotFoundError as failure:
        raise Failure(absence_of(server.command[0])) from failure
    except OSError as failure:
        raise Failure(str(failure)) from failure


def running(kind: str, servers: Dict[str, Server], leave_out: LeaveOut) -> Dict[str, Server]:
    makers = {name: functools.partial(tried, server) for name, server in servers.items()}
    return those_there(makers, kind, leave_out)


def yos_serving(build: str, program: str) -> Dict[str, Server]:
    yos = os.path.join(build, "yos")
    serve = ["-c", program]
    if "--io" not in output_of([yos, "--help"]):
        return {"yos": Server(yos, *serve)}
    return {"yos": Server(yos, "--io", "epoll", *serve),
            "yos uring": Server(yos, "--io", "uring", *serve)}


def servers(build: str, leave_out: LeaveOut) -> Dict[str, Server]:
    peers = os.path.join(build, "tests", "peers")
    return running("echo server", {
        **yos_serving(build, "echo-server 0"),
        "raw": Server(os.path.join(peers, "echo_epoll")),
        "raw uring": Server(os.path.join(peers, "echo_uring")),
        "raw multishot": Server(os.path.join(peers, "echo_uring"), "--multishot"),
        "asio": Server(os.path.join(peers, "echo_asio")),
        "libuv": Server(os.path.join(peers, "echo_uv")),
        "go": Server(os.path.join(peers, "echo_go")),
        "tokio": Server(os.path.join(peers, "tokio", "release", "echo_tokio")),
        "asyncio": Server(sys.executable, os.path.join(PEERS, "echo_python.py")),
        "uvloop": Server(sys.executable, os.path.join(PEERS, "echo_python.py"), "--uvloop"),
    }, leave_out)


def web_servers(build: str, leave_out: LeaveOut) -> Dict[str, Server]:
    """With a page /hello."""
    return running("HTTP server", {
        **yos_serving(build, "http-server 0"),
        "nginx": Nginx(build),
        "go": Server(os.path.join(build, "tests", "peers", "http_go")),
    }, leave_out)
