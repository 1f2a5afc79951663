"""Addresses of a person's messages."""

from django.conf import settings
from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read", views.read_all, name="read_all"),
    path("preferences", views.preferences, name="preferences"),
    path("<uuid:message>", views.follow, name="follow"),
]
if settings.DEMO:
    urlpatterns.append(path("outbox", views.outbox, name="outbox"))
