from tests.factories.events import (
    AttendanceFactory,
    LearningEventPageFactory,
    ParticipantFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
)
from tests.factories.knowledge import (
    CollectedChangeFactory,
    CollectedSourceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    TakenUpFactory,
    complete_practice,
)
from tests.factories.network import (
    LetterFactory,
    MembershipFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
)
from tests.factories.regions import FocusAreaFactory, RawMaterialFactory, RegionFactory

__all__ = [
    "AttendanceFactory",
    "CollectedChangeFactory",
    "CollectedSourceFactory",
    "EvidenceFactory",
    "FocusAreaFactory",
    "GoodPracticePageFactory",
    "LearningEventPageFactory",
    "LetterFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "ParticipantFactory",
    "PolicyChangeFactory",
    "PolicyInstrumentPageFactory",
    "ProjectFactory",
    "RawMaterialFactory",
    "RegionFactory",
    "RegistrationFactory",
    "SurveyAnswerFactory",
    "TakenUpFactory",
    "UserFactory",
    "complete_practice",
]
