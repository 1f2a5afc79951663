"""Addresses of cases: the applicant's pages and the officers' desk."""

from django.urls import path

from .views import desk, desk_acts, desk_case, desk_find, desk_window

app_name = "cases"

apply_urls: list = []
desk_urls = [
    path("desk/", desk.queue, name="desk"),
    path("desk/keys/", desk.keys, name="desk_keys"),
    path("desk/find/", desk_find.find, name="desk_find"),
    path("desk/window/", desk_window.window, name="desk_window"),
    path("desk/accept/", desk.accept_many, name="desk_accept"),
    path("desk/cases/<str:number>/", desk_case.case, name="desk_case"),
    path("desk/cases/<str:number>/papers/<str:key>/", desk_case.paper, name="desk_paper"),
    path("desk/cases/<str:number>/checklist/", desk_case.checklist, name="desk_checklist"),
    path("desk/cases/<str:number>/notes/", desk_case.note, name="desk_note"),
    path("desk/cases/<str:number>/reveal/", desk_case.reveal, name="desk_reveal"),
    path("desk/cases/<str:number>/steps/<uuid:step>/<str:act>/", desk_acts.step, name="desk_step"),
    path("desk/cases/<str:number>/<str:act>/", desk_acts.act, name="desk_act"),
]
urlpatterns = [*apply_urls, *desk_urls]
