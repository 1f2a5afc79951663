"""Addresses of the whole platform: each app brings its own."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from xiaoer.api import api
from xiaoer.licences.urls import verify
from xiaoer.people.queries import may_administer
from xiaoer.people.urls import sign_in

# The admin's own sign-in counts no tries and asks for no second factor: it is the platform's.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.has_permission = may_administer  # type: ignore[method-assign]

urlpatterns = [
    path("api/", api.urls),  # first, since programs ask often and every address above would be tried before
    path("", include("xiaoer.catalogue.urls")),
    path("", include("xiaoer.portal.urls")),
    path("messages/", include("xiaoer.notices.urls")),
    path("licences/", include("xiaoer.licences.urls")),
    path("verify/", include(verify)),
    path("", include("xiaoer.cases.urls")),
    path("design/", include("xiaoer.design.urls")),
    path("", include("xiaoer.oversight.urls")),
    path("rate/", include("xiaoer.evaluation.urls")),
    path("account/", include(sign_in)),
    path("", include("xiaoer.people.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "xiaoer.api.unreadable"
handler404 = "xiaoer.api.missing"
handler500 = "xiaoer.api.broken"
