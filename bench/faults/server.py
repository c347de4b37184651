"""An Elasticsearch that may be killed: started by FAULTS_ELASTICSEARCH on a port of its own."""

import contextlib
import os
import shlex
import signal
import subprocess
import time
import urllib.request

PORT = 9301
ADDRESS = f"http://127.0.0.1:{PORT}"
HEALTH = f"{ADDRESS}/_cluster/health?wait_for_status=yellow&timeout=1s"
PATIENCE = 240


class Server:
    def __init__(self, folder):
        self.folder = folder / "elasticsearch"
        self.folder.mkdir(parents=True, exist_ok=True)
        # The server may run as somebody else, because it refuses to run as root.
        self.folder.chmod(0o777)
        self.process = None

    @property
    def pid(self):
        return int((self.folder / "pid").read_text())

    def start(self):
        options = " ".join(
            [
                f"-p {self.folder}/pid",
                f"-Ehttp.port={PORT} -Etransport.port={PORT + 100} -Ediscovery.type=single-node",
                f"-Epath.data={self.folder}/data -Epath.logs={self.folder}/logs",
                "-Expack.security.enabled=false",
            ]
        )
        command = os.environ["FAULTS_ELASTICSEARCH"].format(options=options)
        with (self.folder / "out.log").open("ab") as log:
            self.process = subprocess.Popen(
                shlex.split(command), stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(HEALTH, timeout=5).close()  # noqa: S310
                return
            time.sleep(1)
        raise SystemExit(f"Elasticsearch did not start: see {self.folder}/out.log")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=30)

    def hang(self):
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self):
        os.kill(self.pid, signal.SIGCONT)
