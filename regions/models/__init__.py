from regions.models.focus_area import FocusArea
from regions.models.raw_material import RawMaterial, RawMaterialName
from regions.models.region import Region
from regions.models.vocabulary_name import VocabularyName

__all__ = ["FocusArea", "RawMaterial", "RawMaterialName", "Region", "VocabularyName"]
