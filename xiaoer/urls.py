"""Addresses of the whole platform: each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from xiaoer.api import api
from xiaoer.licences.urls import verify
from xiaoer.people.urls import sign_in

urlpatterns = [
    path("", include("xiaoer.portal.urls")),
    path("messages/", include("xiaoer.notices.urls")),
    path("licences/", include("xiaoer.licences.urls")),
    path("verify/", include(verify)),
    path("", include("xiaoer.cases.urls")),
    path("design/", include("xiaoer.design.urls")),
    path("", include("xiaoer.oversight.urls")),
    path("rate/", include("xiaoer.evaluation.urls")),
    path("api/", api.urls),
    path("account/", include(sign_in)),
    path("", include("xiaoer.people.urls")),
    path("", include("xiaoer.catalogue.urls")),
    path("admin/", admin.site.urls),
]

handler404 = "xiaoer.api.missing"
handler500 = "xiaoer.api.broken"
