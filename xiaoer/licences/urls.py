"""Addresses of a holder's licences, and of the public verification page."""

from django.urls import path

from . import views

app_name = "licences"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<str:code>/", views.licence, name="licence"),
    path("<str:code>/file", views.file, name="file"),
]
verify = (
    [
        path("", views.look_up, name="page"),
        path("authority.pem", views.authority, name="authority"),
        path("<str:code>", views.paper, name="paper"),
    ],
    "verify",
)
