"""Chinese sentences have Chinese punctuation, in msgids and in the tables that stand beside their English."""

from tests.shape.test_untranslated import ROOT, all_msgids
from tools.fullwidth import in_literals, literals, sources, widened


def test_no_msgid_has_half_width_punctuation():
    assert [one for one in all_msgids() if widened(one) != one] == []


def test_no_sentence_of_a_table_or_an_event_has_half_width_punctuation():
    # The kernel is left out: "法律依据:" is what its command line reads.
    apps = [path for path in ROOT.iterdir() if path.is_dir() and path.name != "kernel"]
    found = {
        f"{path.relative_to(ROOT)}:{row}": text
        for app in apps for path in sources(app) for text, row, _ in literals(path.read_text()) if widened(text) != text
    }  # fmt: skip
    assert found == {}


def test_citations_english_placeholders_times_and_docstrings_stay():
    source = '"""收件,登记"""\nx = ["收件,{at:%H:%M}起", "行政许可法 32(4)", "a word: 收件", "9:00 开门;下午休息"]\n'
    assert in_literals(source) == source.replace("收件,{", "收件，{").replace("门;", "门；")
