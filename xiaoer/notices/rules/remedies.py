"""What an adverse paper says about remedies: rows superseded from a date, never edited.  # bilingual"""

from datetime import date

REMEDIES = (
    # 行政复议法 (2017 修正) art 9, 12; 行政诉讼法 (2017 修正) art 46
    (
        date(2017, 9, 1),
        "本级人民政府或者上一级主管部门",
        "如不服本决定，可以自收到本决定书之日起六十日内向{review_body}申请行政复议，"
        "也可以自收到本决定书之日起六个月内依法向{court}提起行政诉讼。",
    ),
    # 行政复议法 (2023 修订,自 2024-01-01) art 20, 24; 行政诉讼法 art 46
    (
        date(2024, 1, 1),
        "本级人民政府",
        "如不服本决定，可以自收到本决定书之日起六十日内向{review_body}申请行政复议，"
        "也可以自收到本决定书之日起六个月内依法向{court}提起行政诉讼。",
    ),
)
COURT = "有管辖权的人民法院"


def remedies(on: date, *, review_body: str = "", court: str = "") -> str:
    """Return the sentence in force on a day; organs under vertical management name their own review body (art 27).

    Raises ValueError for a day before the first row.
    """
    rows = [(body, text) for since, body, text in REMEDIES if since <= on]
    if not rows:
        raise ValueError(f"no remedies are known for {on}")
    body, text = rows[-1]
    return text.format(review_body=review_body or body, court=court or COURT)
