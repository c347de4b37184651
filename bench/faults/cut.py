"""A line to a server that can be cut: a proxy on loopback between the site and what it needs."""

import contextlib
import select
import socket
import threading


class Line:
    """Hands on every connection from a port of its own to `host`:`port`, until it is cut."""

    def __init__(self, host, port):
        self.target = (host, port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.is_cut = False
        self.open = set()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            here, _ = self.listener.accept()
            if self.is_cut:
                here.close()
                continue
            with contextlib.suppress(OSError):
                there = socket.create_connection(self.target)
                self.open |= {here, there}
                threading.Thread(target=self.hand_on, args=(here, there), daemon=True).start()

    def hand_on(self, here, there):
        with contextlib.suppress(OSError, ValueError):
            while ready := select.select([here, there], [], [])[0]:
                for side in ready:
                    data = side.recv(1 << 16)
                    if not data:
                        return
                    (there if side is here else here).sendall(data)
        for side in (here, there):
            side.close()
            self.open.discard(side)

    def cut(self):
        """End every connection and take no new one."""
        self.is_cut = True
        for side in list(self.open):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self.is_cut = False
