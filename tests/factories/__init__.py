from tests.factories.events import (
    AttendanceFactory,
    LearningEventPageFactory,
    ParticipantFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
)
from tests.factories.knowledge import GoodPracticePageFactory, PolicyInstrumentPageFactory
from tests.factories.network import MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory
from tests.factories.regions import FocusAreaFactory, RawMaterialFactory, RegionFactory

__all__ = [
    "AttendanceFactory",
    "FocusAreaFactory",
    "GoodPracticePageFactory",
    "LearningEventPageFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "ParticipantFactory",
    "PolicyInstrumentPageFactory",
    "ProjectFactory",
    "RawMaterialFactory",
    "RegionFactory",
    "RegistrationFactory",
    "SurveyAnswerFactory",
    "UserFactory",
]
