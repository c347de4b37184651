from knowledge.models.approval import OfficerApproval, OfficerDecision
from knowledge.models.evidence import Evidence
from knowledge.models.instrument import InstrumentMeasure, InstrumentNeed, PolicyInstrumentPage
from knowledge.models.knowledge_page import KnowledgePage, KnowledgePageTag, ReferenceCounter, StageMark
from knowledge.models.media import Picture, Rendition, SourceDocument
from knowledge.models.policy_change import Inspiration, PolicyChange
from knowledge.models.practice import GoodPracticePage, KeyFigure, ResourceItem, TransferCondition
from knowledge.models.provenance import CollectedSource, ImportedRecord
from knowledge.models.section import SectionPage
from knowledge.models.taken_up import CollectedChange, TakenUp
from knowledge.models.validation import Validation

__all__ = [
    "CollectedChange",
    "CollectedSource",
    "Evidence",
    "GoodPracticePage",
    "ImportedRecord",
    "Inspiration",
    "InstrumentMeasure",
    "InstrumentNeed",
    "KeyFigure",
    "KnowledgePage",
    "KnowledgePageTag",
    "OfficerApproval",
    "OfficerDecision",
    "Picture",
    "PolicyChange",
    "PolicyInstrumentPage",
    "ReferenceCounter",
    "Rendition",
    "ResourceItem",
    "SectionPage",
    "SourceDocument",
    "StageMark",
    "TakenUp",
    "TransferCondition",
    "Validation",
]
