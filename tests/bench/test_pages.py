import pytest
from django.core.management import call_command

from bench.page_loads import sizes_of, speed_in_words
from bench.page_rows import write_rows
from bench.page_server import Load, read_wrk
from bench.page_site import addresses, build_index

WRK = """\
Running 3s test @ http://localhost:8395/
  1 threads and 16 connections
  6190 requests in 3.01s, 140.20MB read
Requests/sec:   2056.74
Transfer/sec:     46.58MB
"""


def test_what_wrk_says_is_read():
    assert read_wrk(WRK) == (6190, 2056.74)


def test_a_run_in_which_an_answer_was_no_page_ends():
    with pytest.raises(SystemExit, match="Non-2xx or 3xx responses: 7"):
        read_wrk(WRK + "  Non-2xx or 3xx responses: 7\n")


def test_the_markup_of_maps_is_named():
    page = b'<p>Before</p><figure class="map map--s">\n<svg></svg></figure><figure class="picture"></figure>'

    assert sizes_of(page) == (len(page), len(b'<figure class="map map--s">\n<svg></svg></figure>'))


def test_each_round_is_compared_with_the_reference_of_its_own_round():
    kept = [Load(600, 1), Load(1200, 1), Load(1000, 1)]
    stock = [Load(speed, 10) for speed in (90, 110, 200, 200, 100, 100)]

    assert speed_in_words(kept, stock) == "1,000 (6.0 x)"


@pytest.mark.django_db
def test_every_page_that_is_measured_shows_its_item(client):
    call_command("import_nuts", verbosity=0)
    call_command("import_vocabulary", verbosity=0)
    write_rows(20)
    build_index(20)

    answers = {name: client.get(path) for name, path in addresses().items()}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert "20 good practices" in answers["front page"].content.decode()
    assert "Call 18 for re-mining was opened" in answers["practice"].content.decode()
