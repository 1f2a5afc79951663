"""Addresses of cases: the applicant's pages and the officers' desk."""

from django.urls import path

from .views import (
    desk,
    desk_acts,
    desk_bill,
    desk_case,
    desk_find,
    desk_talk,
    desk_window,
    mine_acts,
    mine_case,
    mine_check,
    mine_draft,
    mine_papers,
    mine_pay,
    mine_talk,
    pay_demo,
)

app_name = "cases"

apply_urls = [
    path("apply/bundle/<str:region>/<slug:key>/", mine_draft.start, {"kind": "bundle"}, name="start"),
    path("apply/service/<str:key>/", mine_draft.start, {"kind": "service"}, name="start"),
    path("drafts/<uuid:draft>/", mine_draft.resume, name="draft"),
    path("drafts/<uuid:draft>/who/", mine_draft.who, name="who"),
    path("drafts/<uuid:draft>/questions/<slug:key>/", mine_draft.question, name="question"),
    path("drafts/<uuid:draft>/papers/", mine_papers.papers, name="papers"),
    path("drafts/<uuid:draft>/papers/<slug:key>/", mine_papers.paper, name="paper"),
    path("drafts/<uuid:draft>/papers/<slug:key>/file/", mine_papers.paper_file, name="paper_file"),
    path("drafts/<uuid:draft>/delivery/", mine_check.delivery, name="delivery"),
    path("drafts/<uuid:draft>/check/", mine_check.check, name="check"),
    path("drafts/<uuid:draft>/discard/", mine_draft.discard, name="discard"),
    path("my/", mine_case.mine, name="mine"),
    path("my/applications/<str:number>/", mine_case.application, name="application"),
    path("my/applications/<str:number>/received/", mine_case.received, name="received"),
    path("my/applications/<str:number>/papers/<slug:key>/", mine_case.own_paper, name="own_paper"),
    path("my/applications/<str:number>/documents/<uuid:document>/", mine_case.document, name="document"),
    path("my/cases/<str:number>/supplement/", mine_acts.supplement, name="supplement"),
    path("my/cases/<str:number>/withdraw/", mine_acts.withdraw, name="withdraw"),
    path("my/cases/<str:number>/questions/", mine_talk.ask, name="ask"),
    path("my/cases/<str:number>/questions/<uuid:question>/", mine_talk.answer, name="answer"),
    path("my/cases/<str:number>/questions/<uuid:question>/withdraw/", mine_talk.take_back, name="take_back"),
    path("my/bills/<str:number>/", mine_pay.bill, name="bill"),
    path("my/bills/<str:number>/pay/", mine_pay.pay, name="pay"),
    path("my/bills/<str:number>/back/", mine_pay.back, name="paid"),
    path("payments/<str:reference>/", mine_pay.notified, name="payment_notice"),
    path("demo/pay/<str:reference>/", pay_demo.page, name="demo_pay"),
]
desk_urls = [
    path("desk/", desk.queue, name="desk"),
    path("desk/keys/", desk.keys, name="desk_keys"),
    path("desk/find/", desk_find.find, name="desk_find"),
    path("desk/window/", desk_window.window, name="desk_window"),
    path("desk/window/begin/", desk_window.begin, name="desk_window_begin"),
    path("desk/window/received/<str:number>/", desk_window.received, name="desk_window_received"),
    path("desk/window/<uuid:draft>/", desk_window.fill, name="desk_window_fill"),
    path("desk/bills/<str:number>/", desk_bill.bill, name="desk_bill"),
    path("desk/accept/", desk.accept_many, name="desk_accept"),
    path("desk/cases/<str:number>/", desk_case.case, name="desk_case"),
    path("desk/cases/<str:number>/papers/<str:key>/", desk_case.paper, name="desk_paper"),
    path("desk/cases/<str:number>/checklist/", desk_case.checklist, name="desk_checklist"),
    path("desk/cases/<str:number>/notes/", desk_case.note, name="desk_note"),
    path("desk/cases/<str:number>/reveal/", desk_case.reveal, name="desk_reveal"),
    path("desk/cases/<str:number>/questions/", desk_talk.ask, name="desk_ask"),
    path("desk/cases/<str:number>/questions/<uuid:question>/answer/", desk_talk.answer, name="desk_answer"),
    path("desk/cases/<str:number>/questions/<uuid:question>/withdraw/", desk_talk.take_back, name="desk_take_back"),
    path("desk/cases/<str:number>/steps/<uuid:step>/<str:act>/", desk_acts.step, name="desk_step"),
    path("desk/cases/<str:number>/<str:act>/", desk_acts.act, name="desk_act"),
]
urlpatterns = [*apply_urls, *desk_urls]
