"""Addresses of the catalogue: find, lists, guides, questions."""

from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("find/suggest/", views.suggest, name="suggest"),
    path("find/offers/<uuid:name>/", views.offers, name="offers"),
    path("services/", views.services, name="services"),
    path("services/topics/<slug:topic>/", views.topic, name="topic"),
    path("services/organs/<slug:organ>/", views.organ, name="organ"),
    path("services/<slug:code>/", views.service, name="service"),
    path("services/<slug:code>/print.pdf", views.service_pdf, name="service_pdf"),
    path("services/<slug:code>/questions/", views.service_question, name="service_question"),
    path("bundles/<slug:region>/<slug:key>/", views.bundle, name="bundle"),
    path("bundles/<slug:region>/<slug:key>/print.pdf", views.bundle_pdf, name="bundle_pdf"),
    path("bundles/<slug:region>/<slug:key>/questions/", views.bundle_question, name="bundle_question"),
]
