"""Synthetic practices to measure search with: made-up texts about real regions and real raw materials.

Item i is the same whatever the size, so a collection is the beginning of a larger one. Words are as uneven
as in real texts (Zipf and Mandelbrot: the k-th most frequent word stands 1/(k + 2.7)^1.05 times as often),
with a tail of thirty thousand made-up words, so that the vocabulary grows with the collection. Needs only
Python, so that the same items can be loaded into another system to compare with.
"""

import csv
import random
from itertools import accumulate
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "regions" / "data"
SEED = 2026
MADE_UP_WORDS = 30_000
THEMES = 40
STAGES = ("exploration", "extraction", "processing", "manufacturing", "use", "recycling", "post-mining")
EVIDENCE = ("verified", "in-review", "self-reported")

COMMON = """\
the of and to in a is for that with on as are by be from at it this was which or an have not has can
will more than their its our they when where after before between through under most all other some
each how out first two new same while during both into over only may should must been were had
there""".split()  # noqa: SIM905
FIELD = """\
mine mining miner ore tailings waste rock dump pond dam quarry aggregate sand gravel pit shaft adit
gallery drift seam deposit reserve resource exploration drilling core sample geology geophysics
survey map cadastre concession licence permit permitting authority ministry municipality county
council region plan planning land zoning landscape impact assessment environment water groundwater
river drainage acid treatment dust noise blasting vibration safety health worker training school
university skills apprentice women youth transition closure aftercare bond rehabilitation
restoration reclamation biodiversity habitat forest lake wetland soil slope stability monitoring
sensor satellite drone model digital data archive open portal standard register inspection audit
report smelter refinery slag ash dust residue leaching flotation separation concentrate metal alloy
battery magnet motor turbine cell panel glass ceramic cement brick recycling reuse repair
dismantling collection sorting shredder scrap market price demand supply chain import investor fund
grant loan budget cost royalty tax revenue compensation community village citizen hearing dialogue
agreement trust conflict heritage museum tourism trail geothermal heat pump energy solar wind
hydrogen storage grid park business incubator cluster partnership network exchange visit workshop
lesson practice policy instrument strategy measure indicator target result success barrier transfer""".split()  # noqa: SIM905
PHRASES = (
    "critical raw materials",
    "mine water treatment",
    "social licence to operate",
    "one desk for permits",
    "land use planning",
    "bauxite residue",
    "acid mine drainage",
    "rare earth elements",
    "urban mining",
    "just transition",
    "tailings register",
    "digital twin",
)
# What is asked: from words most items have to words that hardly any has.
QUERIES = (
    "mining",
    "policy",
    "water",
    "tailings",
    "lithium",
    "biodiversity",
    "cobalt recycling",
    "Andalucía",
    "Norrbotten",
    "drone survey",
    "critical raw materials",
    "social licence to operate",
    "acid mine drainage treatment",
    "battery magnet recycling",
    '"urban mining" -gold',
    "tungsten Extremadura",
    "geothermal heat village",
    "land use planning hearing",
    "beryllium",
    "zinnwaldite",
)
PREFIXES = (
    "li",
    "ta",
    "tail",
    "min",
    "cob",
    "and",
    "norr",
    "rec",
    "wat",
    "geo",
    "cri",
    "bio",
    "per",
    "sla",
    "θ",
    "zz",
)


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Corpus:
    """`item(i)` gives the i-th practice as plain values; `regions` and `materials` are (code, name)."""

    def __init__(self):
        chance = random.Random(SEED)
        self.regions = [(row["code"], row["name"]) for row in rows("nuts_2024.csv") if row["level"] == "2"]
        self.materials = [
            (row["code"], row["name"]) for row in rows("raw_materials.csv") if row["kind"] == "material"
        ]
        self.tail = made_up(chance, MADE_UP_WORDS)
        field = list(FIELD)
        chance.shuffle(field)
        self.words = [*COMMON, *dict.fromkeys(field), *self.tail]
        self.weights = list(accumulate((rank + 2.7) ** -1.05 for rank in range(len(self.words))))
        self.themes = [chance.sample(field, 12) for _ in range(THEMES)]

    def item(self, number):
        chance = random.Random(SEED * 1_000_003 + number)
        theme = self.themes[min(int(chance.expovariate(0.1)), THEMES - 1)]
        code, place = self.regions[min(int(chance.expovariate(0.02)), len(self.regions) - 1)]
        count = chance.choice((1, 1, 2, 2, 3))
        last = len(self.materials) - 1
        materials = list(dict.fromkeys(min(int(chance.expovariate(0.08)), last) for _ in range(count)))
        topical = [
            *theme,
            *(self.materials[m][1].lower() for m in materials),
            *PHRASES[number % 12 : number % 12 + 1],
        ]
        subject = self.materials[materials[0]][1]
        title = f"{subject}: {' '.join(chance.sample(theme, 2))} in {place}"
        if chance.random() < 0.5:
            title += f", {' '.join(self.draw(chance, chance.randint(1, 4)))}"
        length = max(60, min(1600, int(chance.lognormvariate(5.7, 0.5))))
        return {
            "number": number,
            "title": title[:100],
            "summary": self.text(chance, topical, chance.randint(25, 55)),
            "body": self.text(chance, topical, length),
            "region": code,
            "materials": [self.materials[m][0] for m in materials],
            "stages": chance.sample(STAGES, chance.choice((1, 1, 2, 3))),
            "year": 2008 + int(chance.betavariate(4, 2) * 18),
            "cost": int(chance.lognormvariate(13, 2)) if chance.random() < 0.6 else None,
            "evidence": chance.choice(EVIDENCE),
        }

    def draw(self, chance, count):
        return chance.choices(self.words, cum_weights=self.weights, k=count)

    def text(self, chance, topical, count):
        """About `count` words in sentences, every sixth of them about what the item is about."""
        words = self.draw(chance, count)
        for place in range(0, count, 6):
            words[place] = chance.choice(topical)
        sentences = [" ".join(words[start : start + 16]).capitalize() for start in range(0, count, 16)]
        return ". ".join(sentences) + "."


def made_up(chance, count):
    """Words that no language has but could have."""
    beginnings = (
        "b",
        "d",
        "f",
        "g",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "br",
        "gr",
        "pl",
        "st",
        "tr",
    )
    middles, ends = ("a", "e", "i", "o", "u", "ai", "ei", "ou"), ("", "", "n", "r", "s", "l", "nt", "rd")
    words = {}
    while len(words) < count:
        syllables = chance.choice((2, 3, 3, 4))
        words[
            "".join(
                chance.choice(beginnings) + chance.choice(middles) + chance.choice(ends)
                for _ in range(syllables)
            )
        ] = None
    return list(words)
