"""What `make run` does when a part of the site ends."""

import os

import pytest

from config import run


def test_a_part_that_ends_is_begun_anew_five_times_in_a_minute_and_then_ends_the_site(capsys):
    part = run.Part("The worker", os._exit, 3)

    for _time in range(5):
        part.process.join(10)
        part.look_after()
    part.process.join(10)
    with pytest.raises(SystemExit) as end:
        part.look_after()

    assert capsys.readouterr().out == "The worker ended by itself (3) and is begun anew.\n" * 5
    assert str(end.value) == "The worker ended 6 times within a minute; see the lines above. Adit stops."


def test_what_ends_now_and_then_is_begun_anew_for_ever(monkeypatch, capsys):
    now = [1_000.0]
    monkeypatch.setattr(run.time, "monotonic", lambda: now[0])
    part = run.Part("The worker", os._exit, 0)

    for _time in range(20):
        part.process.join(10)
        now[0] += 13
        part.look_after()
    part.process.join(10)

    assert len(capsys.readouterr().out.splitlines()) == 20
