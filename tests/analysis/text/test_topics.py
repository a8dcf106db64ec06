from __future__ import annotations

import pytest

from analysis.text.reading import read


@pytest.fixture
def topics(rules):
    """Topic to polarity of what a comment mentions."""
    return lambda text, question="": {m.topic: m.polarity for m in read(text, question, rules).mentions}


@pytest.mark.parametrize(
    "text, topic",
    [
        ("black mould in the bathroom", "damp_mould"),
        ("boiler packed up again", "heating_hot_water"),
        ("water coming through the ceiling", "leaks_plumbing"),
        ("front door wont lock", "doors_windows_security"),
        ("lift out of order again", "building_safety"),
        ("rats in the loft", "pests"),
        ("bin store is a disgrace", "communal_cleaning"),
        ("loud music every night from next door", "asb_noise"),
        ("nowhere to park and dog mess everywhere", "neighbourhood"),
        ("cant get through on the phone", "contact_access"),
        ("nobody tells us anything", "kept_informed"),
        ("they never listen", "listening"),
        ("the officer was so rude to my mum", "staff_conduct"),
        ("my complaint went to stage 2", "complaints_handling"),
        ("service charge gone up again", "rent_charges"),
        ("helped me with my arrears", "money_support"),
        ("on the transfer list for years", "allocations_moving"),
        ("need a wet room, im in a wheelchair", "adaptations_vulnerability"),
        ("they look down on council tenants", "fairness_stigma"),
        ("great community spirit here", "community_strengths"),
        ("am I allowed to keep a dog", "tenancy_management"),
        ("old kitchen is falling apart", "home_condition"),
        ("he never turned up", "appointments"),
        ("took 6 months to get it repaired", "repairs_time"),
        ("bodged it and left a mess", "repairs_quality"),
        ("cant fault them", "general_praise"),
        ("what a shambles", "general_dissatisfaction"),
    ],
)
def test_each_topic_is_found_in_plain_words(topics, text, topic):
    assert topic in topics(text)


def test_every_code_of_the_labels_has_a_row(rules):
    assert len(rules.topics.topics) == 27
    assert all(topic.title and topic.holds for topic in rules.topics.topics.values())


@pytest.mark.parametrize(
    "text, topic",
    [
        ("the receptionist gave me the cold shoulder", "heating_hot_water"),
        ("I was fired from my job", "building_safety"),
        ("can you give me a lift to the meeting", "building_safety"),
        ("opened the windows as told", "doors_windows_security"),
        ("no complaints", "complaints_handling"),
        ("computer mouse", "pests"),
    ],
)
def test_a_word_in_another_sense_is_no_mention(topics, text, topic):
    assert topic not in topics(text)


def test_a_fault_that_is_gone_is_spoken_of_well(topics):
    assert topics("no mould since you fixed it, thank you")["damp_mould"] == "positive"


def test_each_topic_is_spoken_of_as_its_own_clause_is(topics):
    found = topics("The new windows are lovely but the stairs are filthy")
    assert (found["doors_windows_security"], found["communal_cleaning"]) == ("positive", "negative")


def test_the_reasons_are_the_words_that_showed_it(rules):
    (mention,) = read("Mice in the kitchen", "", rules).mentions
    assert (mention.topic, mention.reasons) == ("pests", ("Mice",))


def test_no_reason_holds_a_personal_detail(rules):
    reading = read("Thank you Fatima Begum, you are a star, 07700 900123", "", rules)
    said = " ".join([*reading.tone.reasons, *(reason for m in reading.mentions for reason in m.reasons)])
    assert "atima" not in said and "Begum" not in said and "900" not in said
