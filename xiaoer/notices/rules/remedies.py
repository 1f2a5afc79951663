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
ONLINE = (
    # 行政复议法 (2023 修订) art 22(2): a decision served over the internet names the channel to apply by
    (date(2024, 1, 1), "行政复议也可以在 {url} 网上申请。"),
)
SILENCE = (
    # 行政复议法 (2023 修订) art 11(3), 20, 23(1)(3): an organ that does not answer is reviewed before it is sued
    (
        date(2024, 1, 1),
        "超过法定期限没有作出决定的，您可以自期限届满之日起六十日内向{review_body}申请行政复议；对复议决定不服的，再向人民法院起诉。",
        "No decision came within the statutory limit: within sixty days of its end you may ask {review_body} for "
        "reconsideration, and go to court against its answer.",
    ),
)
REVIEW_BODY = ("本级人民政府", "the government of the same level")


def remedies(on: date, *, review_body: str = "", court: str = "", online: str = "") -> str:
    """Return the sentence in force on a day; organs under vertical management name their own review body (art 27).

    online: where reconsideration is applied for on the internet. Raises ValueError for a day before the first row.
    """
    rows = [(body, text) for since, body, text in REMEDIES if since <= on]
    if not rows:
        raise ValueError(f"no remedies are known for {on}")
    body, text = rows[-1]
    channels = [words for since, words in ONLINE if since <= on and online]
    return text.format(review_body=review_body or body, court=court or COURT) + "".join(channels[-1:]).format(
        url=online
    )


def remedies_of_silence(on: date, *, english: bool) -> str:
    """Return what may be done against an organ that has not decided in time; empty for a day before the rule."""
    rows = [(zh, en) for since, zh, en in SILENCE if since <= on]
    return rows[-1][english].format(review_body=REVIEW_BODY[english]) if rows else ""
