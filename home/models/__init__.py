from home.models.operator import Operator
from home.models.pages import HomePage, TextPage
from home.models.site_identity import SiteIdentity

__all__ = ["HomePage", "Operator", "SiteIdentity", "TextPage"]
