"""How each component is written in a template, and which keys work it: shown beside it at /design/."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LINK_KEYS = _("Tab 到达，回车打开。")
FORM_KEYS = _("Tab 换栏，空格选中，方向键在一组单选里移动。")

USAGE: dict[str, tuple[str, str | Promise]] = {
    "now": (
        '{% include "design/now.html" with sentences=… left=3 of=8 state="running" words=… why_url=… why=… %}',
        LINK_KEYS,
    ),
    "metro": (
        "{% load drawings %}{% metro_map metro %}\n"
        "Metro((Line(key, name, organ, stations, after='line/station', url), …), joints)  Joint(key, name, note)\n"
        "Station(key, name, state, note, joint)   state: done working ready waiting waived refused",
        LINK_KEYS,
    ),
    "calendar": (
        "{% load drawings %}{% term_calendar days marks 'calendar' %}   days: those of clock explain\n"
        "Marks(accepted_on, today, statutory_due_on, promised_due_on, words={date: …}, sources={date: …}, provisional)",
        _("Tab 到一天，回车打开或合上，Esc 合上。窄屏上方向键换月。"),
    ),
    "buttons": (
        '<button class="button primary|warning|small">…<kbd>V</kbd></button>   <div class="buttons">…</div>',
        _("Tab 到达，空格或回车按下。"),
    ),
    "notices": ('{% notice "info|success|warning|error" title="" %}<p>…</p>{% endnotice %}', ""),
    "tags": ('{% tag word "running|done|todo|near|overdue|refused|paused|waiting" %}', ""),
    "remaining": (
        "{% remaining left of state words %}   {% bar left of state %}\nstate: running near overdue paused done",
        "",
    ),
    "summary": (
        '{% include "design/summary_list.html" with rows=… %}   rows: {key, value, source, change_url}',
        LINK_KEYS,
    ),
    "tasks": ('{% include "design/task_list.html" with tasks=… %}   tasks: {name, url, hint, tone, word}', LINK_KEYS),
    "tabs": ('{% include "design/tabs.html" with label=… tabs=… %}   tabs: {label, url, current, count}', LINK_KEYS),
    "table": (
        '{% table caption head rows %}   <table class="table cards"> … <td data-label="…">\n'
        '{% include "design/pager.html" with newer_url=… older_url=… words=… %}\n'
        '{% include "design/filter_bar.html" with form=… chips=… clear_url=… %}   chips: {label, remove_url}',
        LINK_KEYS,
    ),
    "timeline": ('{% include "design/timeline.html" with events=… %}   events: {on, sentence, detail, todo}', ""),
    "empty": ('{% include "design/empty.html" with title=… text=… action_url=… action=… %}', LINK_KEYS),
    "charts": (
        "{% load drawings %}{% chart_frame figure %}   Point(label, value, shown, pointed)\n"
        "Chart(finding, question, points, unit, kind='bars|line', goal, definition_url, source)",
        "",
    ),
    "seals": (
        '{% seal name use "round|square" %}   {% qr url words %}\n'
        '{% include "design/print_footer.html" with code=… verify_url=… printed_at=… %}',
        "",
    ),
    "forms": (
        '<form method="post" novalidate>{% csrf_token %}{{ form }}<div class="buttons">…</div></form>\n'
        "{{ form.field.as_field_group }}\n"
        "from xiaoer.design.fields import TypedDateField, IdNumberField, UploadField, PlaceField",
        FORM_KEYS,
    ),
    "errors": ('{% include "design/error_summary.html" with form=form %}   ({{ form }} brings it)', LINK_KEYS),
}
