"""A real mail server on this machine that keeps what it takes, and can be told to behave badly."""

import asyncio
import os
import signal
import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailStandIn:
    """Takes letters.

    refusals      answers by address
    hangs_up_on   addresses at which it ends the connection
    is_silent     it takes a letter and does not answer
    victim        the process that it kills once it has a letter, before it says so
    """

    def __init__(self):
        self.taken, self.refusals, self.connections = [], {}, 0
        self.hangs_up_on, self.is_silent, self.victim = set(), False, None
        self.controller = None
        self.port = free_port()

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def letters(self):
        return [message_from_bytes(data, policy=policy.default) for _to, data in self.taken]

    @property
    def addresses(self):
        return [to for to, _data in self.taken]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.hangs_up_on:
            server.transport.abort()
        if answer := self.refusals.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.is_silent:
            await asyncio.sleep(60)
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if self.victim:
            os.kill(self.victim, signal.SIGKILL)
        return "250 OK"
