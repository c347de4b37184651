from network.models.attempt import Attempt
from network.models.content_version import ContentVersion
from network.models.duty import DutyDone
from network.models.letter import Letter
from network.models.organisation import Membership, Organisation
from network.models.project import Partner, Project
from network.models.setback import Setback
from network.models.user import User

__all__ = [
    "Attempt",
    "ContentVersion",
    "DutyDone",
    "Letter",
    "Membership",
    "Organisation",
    "Partner",
    "Project",
    "Setback",
    "User",
]
