from network.models.attempt import Attempt
from network.models.letter import Letter
from network.models.organisation import Membership, Organisation
from network.models.project import Partner, Project
from network.models.user import User

__all__ = ["Attempt", "Letter", "Membership", "Organisation", "Partner", "Project", "User"]
