"""Pages of people, firms, staff, desk, organs and calendars, as those who use them meet them."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.journal.models import Entry
from xiaoer.kernel import codes
from xiaoer.network import queries as network_queries
from xiaoer.network.models import Hall, Organ, Window
from xiaoer.network.tests import make as network
from xiaoer.people import queries
from xiaoer.people.models import Account, FactorReset, Firm, Mandate, Person, Post

from . import make

pytestmark = pytest.mark.django_db
SERVICES = ["11360481MB0E10025A4360117901000", "11360481MB0E10017F4000131024000"]
NUMBER = codes.make_resident_id("360481", born=date(1990, 5, 1), sequence=31)


def citizen(name: str = "王小明"):
    person = make.person(name)
    return person, signed_in(Account.objects.get(id=person.account_id))


def test_details_are_entered_once_and_lead_on_to_where_one_wanted_to_go():
    network.regions()
    visitor = signed_in(make.account())
    page = visitor.get(reverse("people:firms"))
    assert page.url == f"{reverse('people:person')}?next=%2Fme%2Ffirms%2F"
    said = {
        "name": "王小明",
        "id_kind": "resident",
        "id_number": NUMBER,
        "phone": "13900139000",
        "county": network.COUNTY,
    }
    wrong = visitor.post(page.url, {**said, "id_number": NUMBER[:-1]})
    assert wrong.status_code == 422 and "18" in wrong.content.decode() and "王小明" in wrong.content.decode()
    assert visitor.post(page.url, said).url == reverse("people:firms")
    mine = visitor.get(reverse("people:me")).content.decode()
    assert "王小明" in mine and NUMBER not in mine and codes.mask_id(NUMBER) in mine


def test_a_link_to_elsewhere_is_not_followed():
    network.regions()
    visitor = signed_in(make.account())
    said = {"name": "王", "id_kind": "resident", "id_number": NUMBER, "phone": "13900139000", "county": network.COUNTY}
    answer = visitor.post(f"{reverse('people:person')}?next=https://evil.example/", said)
    assert answer.url == reverse("people:me")


def test_another_ones_number_is_refused_at_its_field():
    network.regions()
    person, _ = citizen()
    said = {
        "name": "冒名", "id_kind": "resident", "id_number": person.id_number, "phone": "13900139000",
        "county": person.shard,
    }  # fmt: skip
    page = signed_in(make.account()).post(reverse("people:person"), said)
    assert page.status_code == 422 and "已经登记过" in page.content.decode() and Person.objects.count() == 1


def test_name_and_phone_are_corrected_and_the_number_is_not():
    person, visitor = citizen()
    visitor.post(reverse("people:person"), {"name": "王晓明", "phone": "13700137000", "id_number": NUMBER, "seen": 1})
    kept = Person.objects.get()
    assert (kept.name, kept.phone, kept.id_number) == ("王晓明", "+8613700137000", person.id_number)


def test_language_and_type_size_are_kept_for_the_account_and_on_the_device():
    account = make.account()
    answer = signed_in(account).post(reverse("people:preferences"), {"language": "en", "type_size": "large"})
    account.refresh_from_db()
    assert (account.language, account.type_size, answer.cookies["type"].value) == ("en", "large", "large")


def test_a_firm_is_entered_and_a_mandate_given_and_taken_back():
    _boss, visitor = citizen("张三")
    agent, other = citizen("李四光")
    code = network.uscc("91360481")
    answer = visitor.post(reverse("people:firm_new"), {"name": "小二餐饮", "uscc": f" {code} ", "kind": "company"})
    firm = Firm.objects.get()
    assert answer.url == reverse("people:firm", args=[firm.id])
    grant = reverse("people:mandate_grant", args=[firm.id])
    said = {"name": "李四", "id_kind": "resident", "id_number": agent.id_number, "valid_from": "2026-01-01"}
    page = visitor.post(grant, said)
    assert "没有找到这个人" in page.content.decode() and agent.id_number in page.content.decode()
    visitor.post(grant, {**said, "name": "李四光", "services": "\n".join(SERVICES)})
    mandate = Mandate.objects.get(kind="agent")
    assert mandate.services == SERVICES and "李四光" not in visitor.get(answer.url).content.decode()
    assert other.get(reverse("people:firm", args=[firm.id])).status_code == 200
    assert other.get(grant).status_code == 404
    visitor.post(reverse("people:mandate_revoke", args=[mandate.id]), {"reason": "离职", "seen": mandate.version})
    assert other.get(reverse("people:firm", args=[firm.id])).status_code == 404
    entry = Entry.objects.get(name="mandate.revoked")
    assert entry.on_behalf_of == str(firm.id)


def test_a_wrong_credit_code_is_explained_and_stays():
    _, visitor = citizen()
    page = visitor.post(reverse("people:firm_new"), {"name": "店", "uscc": "9136048100000001", "kind": "company"})
    assert page.status_code == 422 and 'value="9136048100000001"' in page.content.decode()


def test_an_administrator_adds_staff_with_a_password_shown_once():
    organ = network.organ()
    visitor = signed_in(make.officer("organ_admin", organ))
    said = {"username": "rc1001", "name": "周新", "role": "clerk", "organ": str(organ.id), "valid_from": "2026-01-01"}
    page = visitor.post(reverse("people:staff_new"), said).content.decode()
    account = Account.objects.get(username="rc1001")
    password = page.split("<code>")[1].split("</code>")[0]
    assert account.check_password(password) and account.password_expired
    assert Post.objects.get(account=account).role == "clerk"
    again = visitor.post(reverse("people:staff_new"), said)
    assert "已经有人使用" in again.content.decode()


def test_staff_are_found_by_name_or_login_and_paged_with_what_was_asked():
    organ = network.organ()
    visitor = signed_in(make.officer("organ_admin", organ, name="欧阳"))
    made = [make.officer("clerk", organ, name=f"诸葛{number:02d}") for number in range(51)]
    page = visitor.get(reverse("people:staff"), {"q": "诸葛"})
    assert "诸葛49" in page.content.decode() and "诸葛50" not in page.content.decode()
    rest = visitor.get(reverse("people:staff") + page.context["older_url"]).content.decode()
    assert "诸葛50" in rest and "欧阳" not in rest.partition("<main")[2]
    assert "诸葛07" in visitor.get(reverse("people:staff"), {"q": made[7].username.upper()}).content.decode()
    assert "没有找到" in visitor.get(reverse("people:staff"), {"q": "诸葛亮"}).content.decode()


def test_an_administrator_cannot_make_an_operator_nor_staff_of_another_organ():
    organ, other = network.organ(), network.organ("共青城局", region_code=network.OTHER_COUNTY)
    visitor = signed_in(make.officer("organ_admin", organ))
    said = {"username": "x1", "name": "周", "role": "operator", "organ": str(organ.id), "valid_from": "2026-01-01"}
    for wrong in ({}, {"role": "clerk", "organ": str(other.id)}):
        assert visitor.post(reverse("people:staff_new"), {**said, **wrong}).status_code == 422
    assert not Account.objects.filter(username="x1").exists()


def test_a_post_is_added_and_ended():
    organ = network.organ()
    visitor, clerk = signed_in(make.officer("organ_admin", organ)), make.officer("clerk", organ)
    (post,) = queries.posts_of(clerk.id, on=make.TODAY)
    said = {"role": "reviewer", "organ": str(organ.id), "valid_from": "2026-01-01"}
    visitor.post(reverse("people:post_add", args=[post.id]), said)
    assert {one.role for one in queries.posts_of(clerk.id, on=make.TODAY)} == {"clerk", "reviewer"}
    end = reverse("people:post_end", args=[post.id])
    stale = visitor.post(end, {"on": "2026-02-01", "reason": "调离", "seen": 7})
    assert stale.status_code == 422 and "已经有人先办了一步" in stale.content.decode()
    visitor.post(end, {"on": "2026-02-01", "reason": "调离", "seen": 1})
    assert [one.role for one in queries.posts_of(clerk.id, on=make.TODAY)] == ["reviewer"]


def test_a_lost_second_factor_is_reset_by_two_administrators():
    organ = network.organ()
    first, second = (signed_in(make.officer("organ_admin", organ)) for _ in range(2))
    clerk = make.officer("clerk", organ)
    Authenticator.objects.create(user=clerk, type="totp", data={"secret": ""})
    (post,) = queries.posts_of(clerk.id, on=make.TODAY)
    first.post(reverse("people:reset_ask", args=[post.id]), {"reason": "手机丢失", "seen": post.version})
    decide = reverse("people:reset_decide", args=[FactorReset.objects.get().id])
    assert "申请和审定必须是两个人" in first.post(decide, {"outcome": "done"}, follow=True).content.decode()
    assert Authenticator.objects.exists()
    second.post(decide, {"outcome": "done"})
    assert not Authenticator.objects.exists()


def test_a_new_first_password_replaces_a_forgotten_one():
    organ = network.organ()
    clerk = make.officer("clerk", organ)
    (post,) = queries.posts_of(clerk.id, on=make.TODAY)
    page = signed_in(make.officer("organ_admin", organ)).post(
        reverse("people:password_issue", args=[post.id]), {"reason": "本人来办公室", "seen": post.version}
    )
    clerk.refresh_from_db()
    assert clerk.password_expired and clerk.check_password(page.content.decode().split("<code>")[1].split("</code>")[0])
    assert Entry.objects.filter(name="post.password_issued").exists()


def test_a_clerk_opens_a_person_only_by_the_whole_number_and_sees_it_whole_against_a_reason():
    person, _ = citizen()
    clerk = signed_in(make.officer("clerk", network.organ()))
    page = reverse("people:person_desk", args=[person.shard, person.id])
    assert clerk.get(page).status_code == 404
    found = clerk.post(reverse("people:find"), {"id_kind": "resident", "id_number": person.id_number})
    assert found.url == page and person.id_number not in clerk.get(page).content.decode()
    refused = clerk.post(page, {"what": "id_number", "reason": ""})
    assert refused.status_code == 422 and person.id_number not in refused.content.decode()
    assert person.id_number in clerk.post(page, {"what": "id_number", "reason": "核对执照"}).content.decode()
    assert Entry.objects.filter(name="person.revealed").count() == 1


def test_somebody_without_account_is_entered_at_the_window_and_verified():
    clerk = signed_in(make.officer("clerk", network.organ()))
    said = {"name": "老人家", "id_kind": "resident", "id_number": NUMBER, "phone": ""}
    page = clerk.post(reverse("people:walk_in"), said, follow=True)
    person = Person.objects.get()
    assert (person.assurance, person.account_id, person.shard) == (3, None, network.COUNTY)
    assert "老人家" in page.content.decode()


def test_who_lost_phone_and_password_gets_a_new_number_at_the_window():
    person, _ = citizen()
    clerk = signed_in(make.officer("clerk", network.organ()))
    clerk.post(reverse("people:find"), {"id_kind": "resident", "id_number": person.id_number})
    change = reverse("people:person_phone", args=[person.shard, person.id])
    taken = make.account().phone.removeprefix("+86")
    assert "另一个账号" in clerk.post(change, {"phone": taken}).content.decode()
    clerk.post(change, {"phone": "13700137000"})
    account = Account.objects.get(id=person.account_id)
    assert account.phone == "+8613700137000" and account.phone_verified


def test_an_operator_sets_up_organ_hall_and_window():
    network.regions()
    visitor = signed_in(make.officer("operator", network.organ()))
    said = {
        "name": "瑞昌市水利局", "short_name": "水利局", "uscc": network.uscc(), "region_code": network.COUNTY,
        "kind": "department", "valid_from": "2026-01-01",
    }  # fmt: skip
    elsewhere = visitor.post(reverse("people:organ_new"), {**said, "region_code": network.OTHER_COUNTY})
    assert elsewhere.status_code == 422 and "不归您管" in elsewhere.content.decode()
    visitor.post(reverse("people:organ_new"), said)
    organ = Organ.objects.get(short_name="水利局")
    visitor.post(
        reverse("people:organ", args=[organ.id]), {"name": "瑞昌市水利局", "short_name": "市水利局", "seen": 1}
    )
    organ.refresh_from_db()
    assert organ.short_name == "市水利局"
    hall = {"name": "水利大厅", "address": "人民路1号", "hours": "工作日"}
    visitor.post(reverse("people:hall_new", args=[organ.id]), hall)
    made = Hall.objects.get()
    visitor.post(reverse("people:hall", args=[made.id]), {**hall, "name": "水利服务大厅", "seen": 1})
    window = {"number": "1", "name": "综合", "classes": "水利 取水"}
    visitor.post(reverse("people:window_new", args=[made.id]), window)
    twice = visitor.post(reverse("people:window_new", args=[made.id]), window)
    assert twice.status_code == 422 and "已有1号窗口" in twice.content.decode()
    one = Window.objects.get()
    visitor.post(reverse("people:window", args=[one.id]), {**window, "closed": "on", "seen": 1})
    one.refresh_from_db()
    assert one.closed and one.classes == ["水利", "取水"]
    assert "水利服务大厅" in visitor.get(reverse("people:halls")).content.decode()


def test_a_notice_is_previewed_and_only_what_was_previewed_is_published():
    visitor = signed_in(make.officer("operator", network.organ()))
    network.calendars()
    page = reverse("people:calendar_new")
    said = {
        "title": "2027年", "notice": "国办发明电〔2026〕9号", "published_on": "2026-11-20",
        "days": "2027-01-01 放假 元旦",
    }  # fmt: skip
    mark = visitor.post(page, said).context["mark"]
    changed = visitor.post(page, {**said, "days": "2027-01-04 放假 元旦", "publish": mark})
    assert changed.status_code == 200 and not network_queries.notices().filter(notice=said["notice"]).exists()
    visitor.post(page, {**said, "publish": mark})
    assert not network_queries.calendar_for(network.COUNTY).is_working(date(2027, 1, 1))
    wrong = visitor.post(page, {**said, "days": "明天 放假"})
    assert wrong.status_code == 422 and "第1行" in wrong.content.decode() and "明天 放假" in wrong.content.decode()


def test_the_staff_list_costs_the_same_for_one_and_for_ten(django_assert_num_queries):
    organ = network.organ()
    visitor = signed_in(make.officer("organ_admin", organ))
    for _ in range(10):
        make.officer("clerk", organ)
    with django_assert_num_queries(5):
        visitor.get(reverse("people:staff"))


def test_the_pages_speak_english():
    network.regions()
    visitor = signed_in(make.officer("organ_admin", network.organ(), name="Li"))
    page = visitor.get(reverse("people:staff"), headers={"accept-language": "en"}).content.decode()
    assert "Second step" in page and "organ administrator" in page


def test_nul_in_an_address_or_cookie_is_nobody_s():
    client = Client()
    client.cookies["sessionid"] = '"\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'
    assert client.get("/find/", {"q": "餐饮"}).status_code == 200
    assert client.get("/find/?q=%00").status_code == 404
    assert client.get("/verify/%00/").status_code == 404
    gone = client.get("/api/verify/sha256/%00")
    assert gone.status_code == 404 and gone.json()["code"] == "not_found"
