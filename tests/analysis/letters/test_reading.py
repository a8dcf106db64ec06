"""Wording found in a letter, what takes it back, what is never read, and whose it is."""

from __future__ import annotations

import pytest

from analysis.letters.reading import gathered
from analysis.model.letters import Paragraph

CLOSED = "We consider the matter closed."
LIFESTYLE = "The damp is due to your lifestyle."


def told(read):
    return [(each.kind, each.phrase) for each in read.findings]


def aside(read):
    return [(each.kind, each.aside) for each in read.asides]


def test_a_finding_says_the_phrase_its_place_why_what_to_say_instead_and_whose_it_is(read):
    (found,) = read("Thank you.", f"We came. {CLOSED}").findings
    assert (found.kind, found.rule, found.place) == ("dismisses", "matter_closed", "paragraph 2")
    assert found.sentence == CLOSED and found.sentence[found.start : found.end] == "consider the matter closed"
    assert found.why and found.source and found.plainer and found.action
    assert found.owner == "complaints manager"
    assert read(CLOSED, owner="head of repairs").findings[0].owner == "head of repairs"
    assert read(CLOSED, kind="template").findings[0].owner == "customer communications lead"


def test_findings_stand_in_the_order_of_the_letter_and_a_rule_is_told_once_a_sentence(read):
    found = read(
        f"{LIFESTYLE} Please open the windows, air your home and ventilate the bathroom.", CLOSED, "Be grateful."
    )
    assert [each.rule for each in found.findings] == ["lifestyle", "open_windows", "matter_closed", "privilege"]


@pytest.mark.parametrize(
    "text, why",
    [
        ("This is not because of how you live.", "denied"),
        ("You do not need to open the windows.", "denied"),
        ("That does not mean we consider the matter closed.", "denied"),
        ('The officer wrote "we consider the matter closed".', "quoted"),
        ("The officer wrote 'we consider the matter closed'.", "quoted"),
        ("You told us that staff said the damp was due to your lifestyle.", "quoted"),
        ("You say that we keep telling you to open the windows.", "quoted"),
        ("Under the Housing Act 1988, section 8, the court may make an order for possession.", "statutory"),
    ],
)
def test_what_is_denied_quoted_or_prescribed_does_not_count_and_says_so(read, text, why):
    found = read(text)
    assert not found.findings and {each.aside for each in found.asides} == {why}


@pytest.mark.parametrize(
    "text",
    [
        'Your so-called "lifestyle" is to blame.',  # our own irony
        "You said nobody came, but we consider the matter closed.",  # ours again after the turn
        "We will not hesitate to take legal action.",
        "If you are not in we may start legal proceedings.",
        "Do not dry clothes on radiators.",
        "Open the door and do not dry clothes on radiators.",
        "Please never leave wet washing indoors.",
    ],
)
def test_our_own_words_count_whatever_stands_beside_them(read, text):
    assert read(text).findings


def test_a_notice_told_by_its_title_has_prescribed_wording_throughout_and_blame_in_it_still_counts(read):
    notice = read("NOTICE SEEKING POSSESSION", "You may be evicted.", LIFESTYLE)
    assert set(aside(notice)) == {("threatens", "statutory")}
    assert told(notice) == [("blames", "your lifestyle")]


def test_what_a_file_marks_as_quoted_is_not_ours_and_not_scored(read):
    found = read(Paragraph("line 1", LIFESTYLE, quoted=True), "We are sorry.")
    assert aside(found) == [("blames", "quoted")]
    assert found.age.sentences == 1


# ── What is never read ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "WITHOUT PREJUDICE save as to costs",
        "This e-mail is legally privileged.",
        "Our legal advice is that the claim is weak.",
        "We act for Acorn Homes.",
        "Our client denies the claim.",
        "Thank you for your letter of claim.",
    ],
)
def test_a_letter_that_may_be_privileged_is_not_read_and_says_so(read, text):
    found = read("Dear tenant", text, LIFESTYLE)
    assert (found.findings, found.asides, found.age.value) == ((), (), None)
    assert found.skipped.startswith("it may be legally privileged: '")


@pytest.mark.parametrize(
    "text",
    [
        "You may want to get free legal advice.",
        "This is without prejudice to your rights.",
        "We feel privileged to help.",
    ],
)
def test_telling_a_tenant_of_legal_advice_is_no_privilege(read, text):
    assert read(text, LIFESTYLE).findings


@pytest.mark.parametrize(
    "closing",
    [
        ("Yours sincerely", "Jane Whitlock", "Complaints Officer"),
        ("Yours sincerely, Jane Whitlock, Complaints Officer",),
        ("Thank you. Kind regards Jane Whitlock Complaints Officer",),
        ("Case officer: Jane Whitlock",),
    ],
)
def test_nobody_who_signed_is_named_anywhere(read, closing):
    found = read(f"{CLOSED} ", *closing)
    assert "Whitlock" not in repr(found) and "Jane" not in repr(found) and "Complaints Officer" not in repr(found)
    assert told(found) == [("dismisses", "consider the matter closed")]


def test_what_follows_a_signature_is_read_again(read):
    more = "If you are unhappy with this you must understand that no further action will be taken by any of us here."
    assert read("Yours sincerely", "Jo Lee", more).findings


def test_personal_details_are_taken_out_of_what_is_shown_the_name_of_the_file_too(read):
    found = read("Dear Mrs Okafor of 14 Ash Court, LS1 4AP,", "Mrs Okafor, we consider the matter closed.",
                 name="Reply_to_Mrs_Okafor.docx")  # fmt: skip
    assert "Okafor" not in repr(found) and "LS1" not in repr(found)
    assert found.findings[0].phrase == "consider the matter closed" and "[name]" in found.findings[0].sentence


def test_merge_fields_are_shown_and_neither_found_in_nor_scored(read):
    found = read("«Title» «EvictionDate», we consider {{the matter}} closed; we consider the matter closed, «Title».")
    (finding,) = found.findings
    assert finding.phrase == "consider the matter closed" and finding.sentence.endswith("closed, «Title».")
    assert found.age.words == 8  # we consider closed we consider the matter closed


def test_a_personal_detail_in_brackets_is_no_merge_field(read):
    found = read(
        "Dear Mrs Okafor,",
        "[Mrs Okafor] {Ring 07700 900123} [ada@example.org], we consider the matter closed, «Surname» [date].",
    )
    (finding,) = found.findings
    assert finding.sentence.endswith("closed, «Surname» [date].") and finding.phrase == "consider the matter closed"
    for detail in ("Okafor", "07700", "ada@"):
        assert detail not in repr(found)


def test_letters_come_templates_first_then_by_name_and_row(read):
    letters = [read(CLOSED, name="b.docx"), read("Hello.", name="z.docx", kind="template"), read(CLOSED, name="a.docx")]
    found = gathered(letters)
    assert [each.name for each in found.letters] == ["z.docx", "a.docx", "b.docx"]
    assert found.counts == {"dismisses": 2}


def test_the_same_wording_keeps_its_key_when_a_letter_is_read_again(read):
    first, second = read(CLOSED, CLOSED), read("A new line.", CLOSED, CLOSED, LIFESTYLE)
    assert [each.key for each in first.findings] == [each.key for each in second.findings[:2]]
    assert len({each.key for each in second.findings}) == 3


def test_hostile_text_comes_to_an_end(read):
    for text in ("«" * 20_000, "'" * 20_000, '"a' * 10_000, "open " * 10_000, "A. " * 8_000, "[x] " * 8_000):
        read(text)
