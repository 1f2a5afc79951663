"""Addresses of the design system: the components with their states, and the reader's display choices."""

from django.urls import path

from . import views

app_name = "design"
urlpatterns = [
    path("", views.components, name="components"),
    path("desk/", views.desk, name="desk"),
    path("choose/", views.choose, name="choose"),
]
