"""A warehouse directory → a running `grebe serve`, its address, and ways to end it."""
import os
import re
import select
import signal
import subprocess
import time

from places import grebe

READY_SECONDS = 20


class Server:
    """One Grebe server on a free port of 127.0.0.1; use it in a `with` block."""

    def __init__(self, directory, *arguments, environment=None, limits=None):
        self.directory = str(directory)
        self.warehouse = os.path.join(self.directory, "warehouse")
        self.log_path = os.path.join(self.directory, "server.log")
        command = [grebe(), "serve", "--port", "0", "--warehouse", self.warehouse, *map(str, arguments)]
        self.log = open(self.log_path, "ab")
        self.process = subprocess.Popen(
            command,
            cwd=self.directory,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=self.log,
            preexec_fn=limits,
        )
        self.ready_line = self.read_ready_line()
        found = re.search(r"(?:sc://)?([\w.]+):(\d+)", self.ready_line)
        if not found:
            self.kill()
            raise RuntimeError(f"no address in the ready line {self.ready_line!r}; log: {self.logged()}")
        self.address = f"{found.group(1)}:{found.group(2)}"
        self.port = int(found.group(2))
        self.remote = f"sc://{self.address}"

    def read_ready_line(self):
        deadline = time.monotonic() + READY_SECONDS
        seen = b""
        while b"\n" not in seen:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                self.kill()
                raise RuntimeError(f"grebe was not ready after {READY_SECONDS} s; log: {self.logged()}")
            got = os.read(self.process.stdout.fileno(), 4096)
            if not got:
                raise RuntimeError(f"grebe ended with {self.process.wait()}; log: {self.logged()}")
            seen += got
        return seen.decode().split("\n")[0]

    def logged(self):
        with open(self.log_path, errors="replace") as file:
            return file.read()[-2000:]

    def is_alive(self):
        return self.process.poll() is None

    def cpu_seconds(self):
        """Gives the CPU time that all threads of the server have used."""
        total = 0
        for thread in os.listdir(f"/proc/{self.process.pid}/task"):
            try:
                with open(f"/proc/{self.process.pid}/task/{thread}/schedstat") as file:
                    total += int(file.read().split()[0])
            except OSError:
                continue
        return total / 1e9

    def stop(self, seconds=20):
        """Asks the server to end (SIGTERM) and gives its exit code."""
        if self.is_alive():
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self):
        if self.is_alive():
            self.process.kill()
        return self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_alive():
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                pass
        self.log.close()
