"""Addresses of ratings."""

from django.urls import path

from . import views

app_name = "evaluation"
urlpatterns = [
    path("case/<str:number>/", views.rate_case, name="rate_case"),
    path("services/<str:code>/", views.of_service, name="of_service"),
    path("organ/", views.of_organ, name="of_organ"),
    path("<str:token>/", views.rate, name="rate"),
]
