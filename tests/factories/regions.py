import factory

from regions.choices import MaterialGroup
from regions.models import FocusArea, RawMaterial, Region

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def three_signs(number):
    """The number as three digits to the base 36: codes stay five signs long in a long run."""
    return "".join(DIGITS[number // 36**place % 36] for place in (2, 1, 0))


class RegionFactory(factory.django.DjangoModelFactory):
    """A region; its level and country follow from its code, its parents are not made."""

    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda number: f"XX{three_signs(number)}")
    level = factory.LazyAttribute(lambda region: len(region.code) - 2)
    name = factory.Sequence("Region {}".format)
    country = factory.LazyAttribute(lambda region: region.code[:2])
    first_edition = 2024


class RawMaterialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RawMaterial
        django_get_or_create = ["code"]

    code = factory.Sequence("material-{}".format)
    name = factory.Sequence("Material {}".format)
    group = MaterialGroup.NON_FERROUS


class FocusAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FocusArea
        django_get_or_create = ["code"]

    code = factory.Sequence("focus-{}".format)
    name = factory.Sequence("Focus area {}".format)
