"""Addresses of the pages that look across everything."""

from django.urls import path

from .views import home, pages, places, site

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("check/", pages.verify, name="verify"),
    path("places/", places.halls, name="halls"),
    path("places/organs/", places.organs, name="organs"),
    path("site/", site.site, name="site"),
    path("help/", pages.help_page, name="help"),
    path("contact/", pages.contact, name="contact"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
