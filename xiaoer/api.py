"""The API under /api/, described at /api/openapi.json: each app brings a router, they are joined here."""

from ninja import NinjaAPI

from xiaoer.cases import api_errors
from xiaoer.cases.api_desk import router as desk
from xiaoer.cases.api_mine import router as applications
from xiaoer.catalogue.api import router as catalogue
from xiaoer.licences.api import router as licences
from xiaoer.oversight.api import router as journal

api = NinjaAPI(title="Xiaoer 小二", version="1", docs_url=None)
api.add_router("", licences)
api.add_router("/journal", journal)
api.add_router("/catalogue", catalogue)
api.add_router("/desk", desk)
api.add_router("", applications)
api_errors.install(api)
