"""Addresses of ratings."""

from django.urls import path

from . import views

app_name = "evaluation"
urlpatterns = [
    path("case/<str:number>/", views.rate_case, name="rate_case"),
    path("<str:token>/", views.rate, name="rate"),
]
