"""Addresses of people and of the network. ``sign_in`` are allauth's, without those of e-mail, which is not used."""

from allauth.account import views as account
from django.urls import include, path

from .views import calendars, demo, desk, firms, mine, organs, staff

sign_in = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("phone/verify/", account.verify_phone, name="account_verify_phone"),
    path("phone/change/", account.change_phone, name="account_change_phone"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", mine.forgotten, name="account_reset_password"),
    path("2fa/", include("allauth.mfa.urls")),
]

app_name = "people"
urlpatterns = [
    path("me/", mine.me, name="me"),
    path("me/person/", mine.person, name="person"),
    path("me/preferences/", mine.preferences, name="preferences"),
    path("me/password/", mine.new_password, name="new_password"),
    path("me/firms/", firms.firms, name="firms"),
    path("me/firms/new/", firms.firm_new, name="firm_new"),
    path("me/firms/<uuid:identity>/", firms.firm, name="firm"),
    path("me/firms/<uuid:identity>/grant/", firms.mandate_grant, name="mandate_grant"),
    path("me/mandates/<uuid:identity>/revoke/", firms.mandate_revoke, name="mandate_revoke"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.staff_new, name="staff_new"),
    path("staff/posts/<uuid:identity>/", staff.post, name="post"),
    path("staff/posts/<uuid:identity>/add/", staff.post_add, name="post_add"),
    path("staff/posts/<uuid:identity>/end/", staff.post_end, name="post_end"),
    path("staff/posts/<uuid:identity>/password/", staff.password_issue, name="password_issue"),
    path("staff/posts/<uuid:identity>/reset/", staff.reset_ask, name="reset_ask"),
    path("staff/resets/<uuid:identity>/", staff.reset_decide, name="reset_decide"),
    path("persons/", desk.find, name="find"),
    path("persons/new/", desk.walk_in, name="walk_in"),
    path("persons/<str:shard>/<uuid:identity>/", desk.person_desk, name="person_desk"),
    path("persons/<str:shard>/<uuid:identity>/verify/", desk.person_verify, name="person_verify"),
    path("persons/<str:shard>/<uuid:identity>/phone/", desk.person_phone, name="person_phone"),
    path("organs/", organs.organs, name="organs"),
    path("organs/new/", organs.organ_new, name="organ_new"),
    path("organs/<uuid:identity>/", organs.organ, name="organ"),
    path("organs/<uuid:organ_id>/halls/new/", organs.hall_new, name="hall_new"),
    path("network/halls/", organs.halls, name="halls"),
    path("network/halls/<uuid:identity>/", organs.hall, name="hall"),
    path("network/halls/<uuid:identity>/windows/new/", organs.window_new, name="window_new"),
    path("network/windows/<uuid:identity>/", organs.window, name="window"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/new/", calendars.calendar_new, name="calendar_new"),
    path("calendars/<uuid:identity>/", calendars.calendar, name="calendar"),
    path("demo/codes/", demo.codes, name="demo_codes"),
]
