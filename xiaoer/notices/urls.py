"""Addresses of a person's messages."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read", views.read_all, name="read_all"),
    path("preferences", views.preferences, name="preferences"),
    path("<uuid:message>", views.follow, name="follow"),
    path("outbox", views.outbox, name="outbox"),  # of the demonstration; not found anywhere else
]
