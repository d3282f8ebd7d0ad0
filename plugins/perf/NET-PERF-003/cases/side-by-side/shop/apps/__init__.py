from shop.apps.api.app import app as api
from shop.apps.pages.app import app as pages

__all__ = ["api", "pages"]
