from tests.factories.knowledge import GoodPracticePageFactory, PolicyInstrumentPageFactory
from tests.factories.network import MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory
from tests.factories.regions import FocusAreaFactory, RawMaterialFactory, RegionFactory

__all__ = [
    "FocusAreaFactory",
    "GoodPracticePageFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "PolicyInstrumentPageFactory",
    "ProjectFactory",
    "RawMaterialFactory",
    "RegionFactory",
    "UserFactory",
]
