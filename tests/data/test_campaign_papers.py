"""Paper lists: numbered, with an end, harmless in a spreadsheet, back whole or not at all, and gone on record."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from small_campaign import NOW, begun, contact_file, everybody, landlord

from analysis.model.campaign import Call
from dashboard.words import for_cell
from data.campaign import Calling, Campaigns, CannotCampaign, Matters, Papers
from data.campaign.notebook import notebook
from data.campaign.papers import OUTCOME, TOLD, TOLD_WORDS, PaperFault, headings
from data.ledger import Ledger

LANGUAGE = "Language, and help with it"
EXPIRED = NOW + timedelta(days=15)


@pytest.fixture
def campaign(tmp_path):
    held = landlord(tmp_path)
    rows = everybody()
    for row in rows:
        row[2] = f"=HYPERLINK({row[0]})"
        row[3] = f"+33 1 99 00 {row[3][-4:-2]} {row[3][-2:]}"
    made = begun(tmp_path, held, contact_file(tmp_path, rows))
    held.close()
    return made


@pytest.fixture
def papers(tmp_path):
    return Papers(tmp_path)


def printed(papers, campaign, lines=5, now=NOW):
    paper, text = papers.out(campaign.campaign, "Ann", lines, "Lee", for_cell, now)
    return paper, list(csv.DictReader(io.StringIO(text)))


def saved(folder, rows, name="back.csv"):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def consent(rows, question, answer):
    column = next(name for name in rows[0] if name.startswith(question))
    rows[0][column] = answer


def called(folder, campaign):
    return Campaigns(folder).progress(campaign.campaign, 1).everyone


def test_safeguard_9_a_list_has_its_number_its_end_a_name_a_number_and_three_fields(papers, campaign):
    paper, rows = printed(papers, campaign)
    assert (paper.paper, paper.homes, paper.ends) == (1, 5, campaign.begun + timedelta(days=14))
    filled = {name: value for name, value in rows[0].items() if value}
    assert list(filled) == [
        "List", "Line", "Do not use after", "Name", "Number", "How they would like to be reached", LANGUAGE,
        "E-mail address held",
    ]  # fmt: skip
    assert (filled["List"], filled["Do not use after"]) == ("C1-P1", "2026-12-09")
    assert list(rows[0]).index(TOLD) < list(rows[0]).index(OUTCOME)  # what is told of comes before any outcome


def test_what_had_been_assumed_is_not_asked_on_paper_beside_a_name():
    assert not [name for name in headings(("language", "email", "mobile")) if "assumed" in name]


def test_no_cell_of_a_list_can_be_run_as_a_formula(papers, campaign):
    _, text = papers.out(campaign.campaign, "Ann", 20, "Lee", for_cell, NOW)
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if "HYPERLINK" in cell]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_homes_on_paper_are_on_no_screen_and_on_one_list(tmp_path, papers, campaign):
    printed(papers, campaign, 15)
    cards = {Calling(tmp_path).next_card(campaign.campaign, "Ann", NOW).card for _ in range(5)}
    assert len(cards) == 5
    assert Calling(tmp_path).next_card(campaign.campaign, "Ann", NOW) is None
    with pytest.raises(CannotCampaign, match="no home to call"):
        papers.out(campaign.campaign, "Ann", 5, "Lee", for_cell, NOW)


def test_a_list_comes_back_with_its_calls_and_blank_lines_are_to_call_again(tmp_path, papers, campaign):
    _, rows = printed(papers, campaign)
    rows[0] |= {
        OUTCOME: "Reached",
        f"{LANGUAGE} (confirmed, changed, not asked)": "changed",
        f"Now: {LANGUAGE}": "Welsh",
    }
    consent(rows, "May we keep", "Y")
    rows[1] |= {OUTCOME: "wrong number"}
    rows[2] |= {OUTCOME: "REFUSED"}
    rows[3] |= {TOLD: "danger", TOLD_WORDS: "No heating", OUTCOME: "reached"}
    found = papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    assert (found.calls, found.blank, found.matters) == (4, 1, 1)
    progress = called(tmp_path, campaign)
    assert (progress.reached, progress.wrong_number, progress.refused, progress.to_call) == (2, 1, 1, 36)
    changes = Campaigns(tmp_path).changes(campaign.campaign)
    assert [(each.now, each.how) for each in changes if each.now] == [
        ("Welsh", "on the telephone, noted on a paper list")
    ]
    assert len(Campaigns(tmp_path).barred()["homes"]) == 1
    (matter,) = Matters(tmp_path).open()
    assert (matter.kind, matter.words, matter.heard_by) == ("danger", "No heating", "Ann")
    assert papers.lists(campaign.campaign)[0].state == "read in"


def test_a_workbook_comes_back_too(tmp_path, papers, campaign):
    import pandas as pd

    _, rows = printed(papers, campaign)
    rows[0] |= {OUTCOME: "Reached"}
    pd.DataFrame(rows).to_excel(tmp_path / "back.xlsx", index=False)
    assert papers.read_in(tmp_path / "back.xlsx", "back.xlsx", "Lee", NOW).calls == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({OUTCOME: "spoke"}, "Row 2, column 'Outcome': it is none of reached"),
        ({"Line": "99", OUTCOME: "reached"}, "Row 2, column 'Line': it is no line of list C1-P1"),
        ({"Line": "2", OUTCOME: "reached"}, "line 2 stands in row 2 too"),
        ({TOLD: "noise"}, "it is not danger, harm or complaint"),
        ({TOLD_WORDS: "a gas smell"}, "say of what kind it is"),
        ({f"{LANGUAGE} (confirmed, changed, not asked)": "yes"}, "it is not confirmed, changed or not asked"),
        ({OUTCOME: "reached", f"{LANGUAGE} (confirmed, changed, not asked)": "confirmed", f"Now: {LANGUAGE}": "Welsh"},
         "not marked as changed"),
        ({f"{LANGUAGE} (confirmed, changed, not asked)": "confirmed"}, "it is empty, and there are answers"),
    ],
)  # fmt: skip
def test_a_fault_names_its_row_and_column_and_nothing_of_the_file_is_kept(changed, told, tmp_path, papers, campaign):
    _, rows = printed(papers, campaign)
    rows[1][OUTCOME] = "reached"
    rows[0] |= changed
    with pytest.raises(PaperFault, match="nothing of it is kept") as fault:
        papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    assert told in str(fault.value)
    assert called(tmp_path, campaign).to_call == 40
    assert Matters(tmp_path).open() == ()
    assert papers.lists(campaign.campaign)[0].state == "out"


def test_every_fault_is_told_at_once(tmp_path, papers, campaign):
    _, rows = printed(papers, campaign)
    for row in rows[:3]:
        row[OUTCOME] = "spoke"
    with pytest.raises(PaperFault) as fault:
        papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    assert len(fault.value.faults) == 3


def test_a_list_is_read_in_once(tmp_path, papers, campaign):
    _, rows = printed(papers, campaign)
    rows[0][OUTCOME] = "reached"
    papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    with pytest.raises(CannotCampaign, match="read in before"):
        papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    assert called(tmp_path, campaign).reached == 1


def test_a_list_past_its_end_is_refused_and_its_homes_are_to_call_again(tmp_path, papers, campaign):
    _, rows = printed(papers, campaign, 15)
    rows[0][OUTCOME] = "reached"
    with pytest.raises(CannotCampaign, match="was to be used until 2026-12-09"):
        papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", EXPIRED)
    Campaigns(tmp_path).sweep(1, EXPIRED)
    assert papers.lists(campaign.campaign)[0].state == "ended"
    assert Campaigns(tmp_path).lists(campaign.campaign)[0].on_paper == 0


def test_what_is_no_list_or_several_is_refused(tmp_path, papers, campaign):
    _, rows = printed(papers, campaign)
    with pytest.raises(CannotCampaign, match="not a paper list: it has no column 'List'"):
        papers.read_in(saved(tmp_path, [{"Colour": "blue", "Shape": "round"}]), "back.csv", "Lee", NOW)
    with pytest.raises(CannotCampaign, match="holds 2 lists"):
        papers.read_in(saved(tmp_path, [*rows, {**rows[0], "List": "C1-P9"}]), "back.csv", "Lee", NOW)
    with pytest.raises(CannotCampaign, match="no paper list C1-P9"):
        papers.read_in(saved(tmp_path, [{**row, "List": "C1-P9"} for row in rows]), "back.csv", "Lee", NOW)
    with pytest.raises(CannotCampaign, match="not the number of a paper list"):
        papers.read_in(saved(tmp_path, [{**row, "List": "01-Mar"} for row in rows]), "back.csv", "Lee", NOW)


def test_safeguard_9_the_destruction_of_the_paper_is_on_record(tmp_path, papers, campaign):
    paper, rows = printed(papers, campaign)
    gone = papers.destroyed(campaign.campaign, paper.paper, "Jo", NOW)
    assert (gone.state, gone.destroyed_by, gone.destroyed[:10]) == ("destroyed", "Jo", "2026-11-25")
    (line,) = Ledger(tmp_path).of("paper list destroyed")
    assert dict(line.detail) == {"campaign": 1, "paper": 1, "who": "Jo"}
    with pytest.raises(CannotCampaign, match="recorded as destroyed"):
        papers.destroyed(campaign.campaign, paper.paper, "Jo", NOW)
    with pytest.raises(CannotCampaign, match="recorded as destroyed"):
        papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    with notebook(tmp_path) as book:
        assert book.execute("select count(*) from cards where paper is not null").fetchone()[0] == 0


def test_a_list_still_out_when_its_campaign_ends_can_be_recorded_as_destroyed(tmp_path, papers, campaign):
    paper, _ = printed(papers, campaign)
    Campaigns(tmp_path).close(campaign.campaign, "Lee", 1, NOW)
    assert Ledger(tmp_path).of("close campaign")[0].detail["papers still out"] == 1
    assert papers.lists(campaign.campaign)[0].state == "ended"
    assert papers.destroyed(campaign.campaign, paper.paper, "Jo", NOW).state == "destroyed"


def test_a_home_set_aside_while_its_paper_was_out_is_kept_beside(tmp_path, papers, campaign):
    _, rows = printed(papers, campaign)
    Campaigns(tmp_path).set_aside(campaign.campaign, {}, "newer", NOW)
    rows[0][OUTCOME] = "reached"
    papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    (beside,) = Calling(tmp_path).beside(campaign.campaign)
    assert "set aside while the paper was out" in beside.why


def test_a_call_counted_or_a_home_erased_while_its_paper_was_out_does_not_stop_the_list(tmp_path, papers, campaign):
    calling, campaigns = Calling(tmp_path), Campaigns(tmp_path)
    card = calling.next_card(campaign.campaign, "Ann", NOW)
    late = NOW + timedelta(hours=1)
    _, rows = printed(papers, campaign, 20, late)  # her half hour is over, so this home is on paper too
    with pytest.raises(CannotCampaign, match="put on a paper list"):
        calling.keep(campaign.campaign, card, "Ann", Call("wrong_number"), late)
    (early,) = calling.beside(campaign.campaign)
    calling.settle(campaign.campaign, early.n, True, "Lee", late)
    with notebook(tmp_path) as book:
        (home,) = book.execute("select home from cards where caller = 'Ann' and card != ?", (card.card,)).fetchone()
    campaigns.erase(home, "Lee", late)
    for row in rows:
        row[OUTCOME] = "reached"
    found = papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", late)
    assert (found.calls, found.blank) == (19, 1)
    assert [each.why for each in calling.beside(campaign.campaign)] == [
        "Another call of this home was counted while the paper was out."
    ]
    everyone = called(tmp_path, campaign)
    assert (everyone.reached, everyone.wrong_number, everyone.set_aside) == (18, 1, 1)


def test_a_fault_never_tells_what_stands_in_a_cell(tmp_path, papers, campaign):
    _, rows = printed(papers, campaign)
    words = "He hits me"
    for at, column in enumerate((TOLD, OUTCOME, "Line", f"{LANGUAGE} (confirmed, changed, not asked)")):
        rows[at][column] = words
    consent(rows, "May we keep", words)
    with pytest.raises(PaperFault) as fault:
        papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    assert len(fault.value.faults) == 5
    assert words not in str(fault.value)
    rows[0]["List"] = words
    with pytest.raises(CannotCampaign, match="row 2, column 'List'") as fault:
        papers.read_in(saved(tmp_path, rows), "back.csv", "Lee", NOW)
    assert words not in str(fault.value)
