"""Addresses of oversight, of the public check of receipts, and of the health of the platform."""

from django.urls import path

from . import views

app_name = "oversight"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("verify/receipt/", views.receipt, name="receipt"),
    path("oversight/deliveries/", views.deliveries, name="deliveries"),
    path("oversight/deliveries/retry/", views.retry, name="retry"),
    path("oversight/condition/", views.condition, name="condition"),
    path("oversight/feed/", views.feed, name="feed"),
]
