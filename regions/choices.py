"""Closed lists about places and raw materials. Their order is the order on every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Values that a raw material counts as, beside its own code.
ANY_CRITICAL, ANY_STRATEGIC = "any-critical", "any-strategic"


class Stage(models.TextChoices):
    """The seven stages of the value chain, from the ground back to the ground."""

    EXPLORATION = "exploration", _("Exploration")
    EXTRACTION = "extraction", _("Extraction")
    PROCESSING = "processing", _("Processing")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    USE = "use", _("Use")
    RECYCLING = "recycling", _("Recycling")
    POST_MINING = "post-mining", _("Post-mining")


class Level(models.IntegerChoices):
    """Levels of the NUTS classification."""

    COUNTRY = 0, _("Country")
    NUTS_1 = 1, _("NUTS 1")
    NUTS_2 = 2, _("NUTS 2")
    NUTS_3 = 3, _("NUTS 3")


class PointPrecision(models.TextChoices):
    """How a region's point on the map was found."""

    OUTLINE = "outline", _("Inside its outline")
    COUNTRY = "country", _("At its country's place")


class MaterialKind(models.TextChoices):
    """What a row of the raw-material vocabulary stands for."""

    MATERIAL = "material", _("Raw material")
    ELEMENT = "element", _("Single element")
    GROUP = "group", _("Group")


class MaterialGroup(models.TextChoices):
    """Families of raw materials, after the EU criticality screening."""

    INDUSTRIAL = "industrial", _("Industrial and construction minerals")
    FERRO_ALLOY = "ferro-alloy", _("Iron and ferro-alloy metals")
    PRECIOUS = "precious", _("Precious metals")
    RARE_EARTHS = "rare-earths", _("Rare earths")
    NON_FERROUS = "non-ferrous", _("Other non-ferrous metals")
    ENERGY = "energy", _("Energy minerals")
    OTHER = "other", _("Bio-based and other")


class NameKind(models.TextChoices):
    """What another name of a raw material is."""

    NAME = "name", _("Name")
    ALIAS = "alias", _("Other word for it")
    SYMBOL = "symbol", _("Symbol or formula")


class NamedFacet(models.TextChoices):
    """What has names in many languages. Single raw materials have theirs in RawMaterialName."""

    MATERIAL = "material", _("kind of raw material")
    STAGE = "stage", _("value-chain stage")
    FOCUS = "focus", _("focus area")
    REGION = "region", _("region")


class Language(models.TextChoices):
    """Languages of texts and names: the 24 official EU languages, Norwegian, Ukrainian and Sámi."""

    BG = "bg", "Български"
    CS = "cs", "Čeština"
    DA = "da", "Dansk"
    DE = "de", "Deutsch"
    EL = "el", "Ελληνικά"
    EN = "en", "English"
    ES = "es", "Español"
    ET = "et", "Eesti"
    FI = "fi", "Suomi"
    FR = "fr", "Français"
    GA = "ga", "Gaeilge"
    HR = "hr", "Hrvatski"
    HU = "hu", "Magyar"
    IT = "it", "Italiano"
    LT = "lt", "Lietuvių"
    LV = "lv", "Latviešu"
    MT = "mt", "Malti"
    NL = "nl", "Nederlands"
    NO = "no", "Norsk"
    PL = "pl", "Polski"
    PT = "pt", "Português"
    RO = "ro", "Română"
    SE = "se", "Davvisámegiella"
    SK = "sk", "Slovenčina"
    SL = "sl", "Slovenščina"
    SV = "sv", "Svenska"
    UK = "uk", "Українська"
