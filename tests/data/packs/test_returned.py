"""The fields of the return: as many and in the order the regulator published them for 2024/25."""

from __future__ import annotations

from data.packs.returned import method_of, record_fields, return_rules, survey_fields


def test_fields_stand_in_the_order_of_the_published_data_dictionary():
    """Read from the dictionary of the TSM dataset 2024/25 v1.0: the places of some fields, counted by hand."""
    fields = survey_fields("LCRA")
    names = [field.places["LCRA"].name for field in fields if field.places["LCRA"].name]
    assert names[:3] == ["Relevant_ten_pop_size_a", "Total_sample_size_a", "Excluded_tens_a"]
    assert (
        names.index("TP01_Satisfied_Calc_LCRA") < names.index("TP12_Satisfied_Calc_LCRA") < names.index("TP01_VS_LCRA")
    )
    first = names.index("TP01_VS_LCRA")
    assert names[first : first + 6] == [
        *("TP01_VS_LCRA", "TP01_FS_LCRA", "TP01_NSD_LCRA", "TP01_FD_LCRA", "TP01_VD_LCRA"), "TP02_Filter_Yes_LCRA",
    ]  # fmt: skip
    points = {field.places["LCRA"].name: field.places["LCRA"].point for field in fields}
    assert (points["TP01_Satisfied_Calc_LCRA"], points["TP01_VS_LCRA"]) == ("DP_TSML201", "DP_TSML195")
    records = [next(iter(field.places.values())).name for field in record_fields()]
    assert records[0] == "BS01 _Applies" and records.index("BS01_Numerator") > records.index(
        "CH02_2_Calculated_Value_LCHO"
    )


def test_shared_owners_have_no_repairs_measures_and_no_well_maintained_home():
    asked = {field.measure for field in survey_fields("LCHO") if field.measure}
    assert not asked & {"TP02", "TP03", "TP04"} and "TP05" in asked
    assert {f"TP{n:02d}" for n in range(1, 13)} <= {field.measure for field in survey_fields("LCRA")}


def test_not_applicable_is_asked_for_where_the_regulator_offers_it():
    offered = {field.measure for field in survey_fields("LCRA") if field.answer == 0}
    assert offered == {"TP05", "TP06", "TP07", "TP08", "TP11", "TP12"}


def test_every_management_value_has_its_figure_and_both_numbers():
    kinds = {}
    for field in record_fields():
        if field.measure:
            kinds.setdefault((field.measure, field.group), set()).add(field.kind)
    assert len(kinds) == 10 + 2 * 4  # RP01, RP02 in two, five safety checks, NM01 in two; CH01 and CH02 in two, twice
    assert all({"value", "numerator", "denominator"} <= each for each in kinds.values())
    assert all(({"without", "within"} <= each) == code.startswith("CH02") for (code, _), each in kinds.items())


def test_the_return_says_it_is_to_be_checked_and_every_check_has_a_remedy():
    rules = return_rules()
    assert rules.dictionary == "2024/25" and rules.decimals == 1 and "check against the portal" in rules.note
    assert all(what and remedy for what, remedy in rules.checks.values())


def test_methods_are_called_as_the_return_calls_them():
    assert [method_of(name) for name in ("telephone", "Postal", "SMS", "Carrier pigeon")] == [
        *("Telephone", "Post", "Text message", "Other")
    ]
