"""An invented workbook of the regulator in its two layouts: as of 2023/24 and as of 2024/25. No landlord in it is real.

``workbook(layout)`` gives its sheets as rows of cells, to be changed by a test; ``write`` makes the file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

Rows = list[list[object]]
Sheets = dict[str, Rows]

OLD, NEW = "2023/24", "2024/25"
NAMES = "Ash Beech Cedar Elm Fir Hazel Holly Larch Lime Maple Oak Pine Rowan Willow".split()  # noqa: SIM905
REGIONS = ("North", "South", "London", "Midlands")
WORDS = {
    "TP01": "with the service provided by their landlord",
    "TP02": "with the overall repairs service from their landlord over the last 12 months",
    "TP03": "with the time taken to complete their most recent repair after they reported it",
    "TP04": "that their landlord provides a home that is well maintained",
    "TP05": "that their landlord provides a home that is safe",
    "TP06": "that their landlord listens to their views and acts upon them",
    "TP07": "that their landlord keeps them informed about things that matter to them",
    "TP08": "that their landlord treats them fairly and with respect",
    "TP09": "with their landlord’s approach to complaints handling",
    "TP10": "that their landlord keeps communal areas clean and well maintained",
    "TP11": "that their landlord makes a positive contribution to their neighbourhood",
    "TP12": "with their landlord’s approach to handling anti-social behaviour",
}
# The workbook's own slips: the words beside the counts of TP05 and TP06 are another measure's.
COUNT_WORDS = {**WORDS, "TP05": WORDS["TP06"], "TP06": WORDS["TP07"]}
RENTED = ("TP02", "TP03", "TP04")
OFFERS_NA = ("TP05", "TP06", "TP07", "TP08", "TP11", "TP12")
ANSWERS = ("very satisfied", "fairly satisfied", "neither satisfied nor dissatisfied", "fairly dissatisfied")
ANSWERS += ("very dissatisfied",)
METHODS = ("Telephone", "Internet", "FacetoFace", "Postal", "SMS", "Other")
PARTS = (0.4, 0.3, 0.1, 0.12, 0.08)
CONTRACTOR = "Fictional Fieldwork, ring Jo Bloggs 01632 960001 or jo.bloggs@fieldwork.example"
PLAIN_MANAGEMENT = {  # measure: words of the value, numerator and denominator; none of the wording is read
    **{f"BS0{n}": (f"Proportion of homes with safety checks of kind {n}", 950, 1000) for n in range(1, 6)},
    "NM01 1": ("Number of anti-social behaviour cases, opened per 1,000 homes", 40, 1000),
    "NM01 2": ("Number of anti-social behaviour cases that involve hate incidents per 1,000 homes", 2, 1000),
    "RP01": ("Proportion of homes that do not meet the Decent Homes Standard", 12, 800),
    "RP02 1": ("Proportion of non-emergency responsive repairs completed within target", 900, 1200),
    "RP02 2": ("Proportion of emergency responsive repairs completed within target", 190, 200),
}
COMPLAINTS = {"CH01 1": (90, 2000), "CH02 1": (72, 90), "CH01 2": (20, 2000), "CH02 2": (15, 20)}
STAGES = {"one": ("10", 60, 12), "two": ("20", 11, 4)}  # replies without and with the extension of so many days


@dataclass(frozen=True)
class Asked:
    """One invented landlord's survey: everything the workbook says follows from this."""

    name: str
    code: object
    council: bool
    region: str
    population: int
    sample: int
    shift: int = 0  # answers moved from the best to the worst
    telephone: float = 1.0
    weighted: bool = False
    supported: bool = False
    census: bool = False

    def counts(self, measure: str) -> list[int]:
        """The five answers of a measure, whole numbers that add up to its base."""
        base = self.base(measure)
        five = [math.floor(base * part) for part in PARTS]
        five[2] += base - sum(five)
        moved = min(self.shift, five[0])
        return [five[0] - moved, *five[1:4], five[4] + moved]

    def base(self, measure: str) -> int:
        asked = self.passed(measure) if measure in ("TP02", "TP03", "TP09", "TP10") else self.sample
        return asked - self.na(measure)

    def passed(self, measure: str) -> int:
        return math.floor(self.sample * {"TP02": 0.7, "TP03": 0.7, "TP09": 0.25, "TP10": 0.5}[measure])

    def na(self, measure: str) -> int:
        return self.sample // 10 if measure in OFFERS_NA else 0


def landlords() -> list[Asked]:
    """Fourteen landlords, unlike each other: codes of letters and of figures, councils and associations."""
    return [
        Asked(
            name=f"{name} Borough Council" if at % 3 == 0 else f"{name} Homes Limited",
            code=5060 + at if at % 4 == 1 else f"L{1000 + at}",
            council=at % 3 == 0,
            region=REGIONS[at % 4],
            population=1_500 + 3_000 * at,
            sample=600 + 20 * at,
            shift=3 * at,
            telephone=(1.0, 0.6, 0.0)[at % 3],
            weighted=at == 5,
            supported=at == 2,
            census=at == 0,
        )
        for at, name in enumerate(NAMES)
    ]


def workbook(layout: str = NEW, asked: list[Asked] | None = None) -> Sheets:
    """The sheets of the workbook in a layout, first to last."""
    who, short = asked or landlords(), layout[-2:]
    owners = [landlord for landlord in who if not landlord.council]
    return {
        "Introduction": _introduction(layout),
        "Contents": [["Contents"], ["Sheet name and description", "Link"]],
        "Data Dictionary": [["Data_Dictionary"], [""], ["Item", "Source"], ["ProviderCode", "Landlord code"]],
        "Table_Coverage": [
            ["Table_Coverage"],
            [""],
            ["Landlord name", "Landlord code", "Landlord type", f"TSM{short}_LCRA_Perception"],
            *([each.name, each.code, _type(each, layout), "Yes"] for each in who),
            ["Gone District Council", "99ZZ", "LARP" if layout == OLD else "LA", "No"],
        ],
        f"TSM{short}_LCRA_Perception": _perception("LCRA", who, layout),
        f"TSM{short}_LCHO_Perception": _perception("LCHO", owners, layout),
        f"TSM{short}_Combined_Perception": _perception(
            "Combined", [Asked("Combined Homes", "LH1", False, "North", 1200, 500)], layout
        ),
        f"TSM{short}_Management_Info": _management(who, layout),
        f"TSM{short}_Perception_Not_Inc": _left_out(f"TSM{short}_Perception_Not_Inc", "The wording differed."),
        f"TSM{short}_Man_Info_Not_Inc": _left_out(f"TSM{short}_Man_Info_Not_Inc", "Not assured in time."),
    }


def write(path: Path, sheets: Sheets) -> Path:
    """The sheets as a workbook at ``path``."""
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        fill(book, sheets)
    return path


def fill(book: xlsxwriter.Workbook, sheets: Sheets) -> None:
    """Write the sheets into an open workbook."""
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


def made(folder: Path, layout: str = NEW, sheets: Sheets | None = None) -> Path:
    """A workbook of a layout in a folder, under the name it could have."""
    return write(folder / f"20{layout[-2:]}_invented.xlsx", sheets or workbook(layout))


def header_of(rows: Rows) -> int:
    """Where the headings stand in a sheet."""
    return next(at for at, row in enumerate(rows) if row and row[0] == "Landlord name")


def place(rows: Rows, heading: str) -> int:
    """The column whose heading begins or ends like this."""
    headings = rows[header_of(rows)]
    return next(at for at, text in enumerate(headings) if str(text).startswith(heading) or str(text).endswith(heading))


# ── Sheets ───────────────────────────────────────────────────────────────────────────────────────


def _introduction(layout: str) -> Rows:
    begun = int(layout[:4])
    return [
        [f"Tenant Satisfaction Measures {begun + 1} - Dataset"],
        [f"The information relates to the reporting year 1 April {begun} to 31 March {begun + 1}. Further information"],
        ["Release History"],
        [f"Version 1.0 of this dataset was published November {begun + 1}"],
    ]


def _left_out(title: str, reason: str) -> Rows:
    headings = ["Landlord name", "Landlord code", "Notes from RSH following TSM review"]
    return [[title], ["Go back to contents"], headings, ["Gone District Council", "99ZZ", reason]]


def _type(each: Asked, layout: str) -> str:
    return ("LARP" if layout == OLD else "LA") if each.council else "PRP"


def _size(each: Asked, layout: str) -> str:
    big = ">40000" if layout == OLD else ">40,000"
    return "<5,000" if each.population < 5_000 else "5,000-40,000" if each.population < 30_000 else big


def _top(title: str, layout: str) -> Rows:
    notes = [["Notes:"], *([f"{n}. A note of the regulator's."] for n in range(1, 8))] if layout == NEW else []
    return [[title if layout == OLD else title.replace("_", " ")], ["Go back to contents"], *notes]


def _perception(group: str, who: list[Asked], layout: str) -> Rows:
    columns = _columns(group, layout)
    rows = [[value(each) for value in columns.values()] for each in who]
    return [*_top(f"TSM{layout[-2:]}_{group}_Perception", layout), list(columns), *rows]


def _columns(group: str, layout: str) -> dict[str, object]:
    """Headings as published, and what each says of a landlord."""
    old = layout == OLD
    people, note = ("tenants", "") if old else ("respondents", "7")
    measures = [code for code in WORDS if group != "LCHO" or code not in RENTED]
    columns: dict[str, object] = {
        "Landlord name": lambda a: a.name,
        "Landlord code": lambda a: a.code,
        "Landlord type": lambda a: _type(a, layout),
        "Landlord TSM Publication URL1": lambda a: "https://www.example.org/tsm",
        "Landlord group size (homes owned, LCRA and LCHO combined)": lambda a: _size(a, layout),
        "Landlord predominant region": lambda a: a.region,
    }
    if group != "LCHO":
        columns["LCRA above 30% supported housing"] = lambda a: "Yes" if a.supported else "No"
    columns |= {
        f"Relevant\xa0tenant population size ({group})": lambda a: a.population,
        "Required minimum sample size2,3": lambda a: _required(a, old),
        "Total sample size achieved": lambda a: a.sample,
        "Estimated margin of error achieved2 %": lambda a: round(_margin(a), 1) if old else _margin(a),
        "Tenants excluded from sample frame": lambda a: 0,
        "Sample or census": lambda a: "Census" if a.census else "Sample",
    }
    columns |= {f"Number of responses by method - {m}": _responses(m) for m in METHODS}
    columns |= {"Other collection methods": lambda a: "[X]", "Any additional notes from RSH": lambda a: "[X]" * old}
    if not old:
        columns |= {
            "Have any external contractors been used in the collection of the survey?": lambda a: "Yes",
            "External contractor's name": lambda a: CONTRACTOR,
            "If interviews were conducted with tenants, who conducted the interviews?": lambda a: CONTRACTOR,
            "Interviews conducted by - Further information": lambda a: CONTRACTOR,
        }
    columns["Predominant collection method"] = lambda a: _main(a, old)
    by_method = {
        f"Proportion of respondents who report that they are satisfied with the overall service from their landlord "
        f"(TP01) for each survey method - {m}{'' if old else '6'}": _method_share(m, old)
        for m in METHODS
    }
    shares = {_share_heading(code, note): _share(code, old) for code in measures}
    columns |= shares | by_method if old else by_method | shares
    columns |= _filter_shares(measures, people)
    for code in measures:
        columns |= _counts(code, old)
    columns |= {
        "Has the average satisfaction by survey method been calculated using weighted or unweighted responses": (
            lambda a: "Unweighted"
        ),
        "Were weighted responses used to calculate tenant perception measures": lambda a: "Yes" if a.weighted else "No",
        "Weighting characteristic 1\u200b": lambda a: "Age of respondent" if a.weighted else "[Z]",
        "Weighting characteristic 2": lambda a: "[Z]",
        "Other weighting characteristics": lambda a: "[Z]",
    }
    for at, answer in enumerate(("very", "fairly", "not satisfied or dissatisfied", "fairly dis", "very dis")):
        words = answer if "or" in answer else f"{answer}{'' if answer.endswith('dis') else ' '}satisfied"
        heading = f"Total number of {people} (unweighted) who reported they are {words}\u200b with the service (TP01)"
        columns[heading] = lambda a, at=at: a.counts("TP01")[at] if a.weighted else "[Z]"
    columns[f"Proportion of {people} (unweighted) who reported they are satisfied overall\u200b (TP01)"] = lambda a: (
        _percentage(a, "TP01", old) if a.weighted else (0.0 if old else "[Z]")
    )
    return columns


def _share_heading(code: str, note: str) -> str:
    footnote = note if code in ("TP09", "TP10") else ""
    return f"Proportion of respondents who report that they are satisfied {WORDS[code]} ({code}){footnote}"


def _counts(code: str, old: bool) -> dict[str, object]:
    columns: dict[str, object] = {}
    repair, lives = "carried out a repair", "live in a building with communal areas"
    filters = {
        "TP02": (f"that their landlord has {repair}", f"that their landlord has not {repair}"),
        "TP03": (f"that their landlord has {repair}", f"that their landlord has not {repair}"),
        "TP09": ("that they have made a complaint to their landlord",) * 2,
        "TP10": (f"that they do {lives}", f"that they do not {lives}"),
    }
    filters["TP09"] = (filters["TP09"][0], filters["TP09"][1].replace("have made", "have not made"))
    tag = f" ({code})" if code in ("TP02", "TP03") else ""
    if code in filters:
        yes, no = filters[code]
        columns[f"Number of respondents who report {yes} in the last 12 months{tag}"] = lambda a: a.passed(code)
        columns[f"Number of respondents who report {no} in the last 12 months{tag}"] = lambda a: (
            a.sample - a.passed(code)
        )
    for at, answer in enumerate(ANSWERS):
        said = f"that they are {answer} {COUNT_WORDS[code]}"
        if old and code == "TP07" and at == 0:  # the slip of 2023/24
            said = f"that {COUNT_WORDS[code]}"
        columns[f"Number of respondents who report {said} ({code})"] = lambda a, at=at: a.counts(code)[at]
    if code in OFFERS_NA:
        columns[f"Number of respondents who report 'not applicable/ don't know' ({code})"] = lambda a: a.na(code)
    return columns


def _filter_shares(measures: list[str], people: str) -> dict[str, object]:
    words = {"TP02": "state that have had a repair completed", "TP09": "state they have complained"}
    words["TP10"] = "state they live in a building with communal areas"
    return {
        f"Proportion of {people} who {words[code]} in the last 12 months ({code} responses)": (
            lambda a, code=code: 100 * a.passed(code) / a.sample
        )
        for code in words
        if code in measures
    }


def _required(each: Asked, old: bool) -> float:
    # by hand from the published rule: 1.96² / 4 / e², then n0 / (1 + n0/N)
    n = each.population
    error = 0.05 if n <= 2_500 else 0.04 if n < 10_000 else 0.03 if n < 25_000 else 0.02
    n0 = 0.9604 / error**2
    needed = n0 / (1 + n0 / n)
    return math.ceil(needed) if old else needed


def _margin(each: Asked) -> float:
    n, whole = each.sample, each.population
    return 196 * math.sqrt(0.25 / n * (whole - n) / (whole - 1))


def _percentage(each: Asked, code: str, old: bool) -> float:
    five = each.counts(code)
    share = 100 * (five[0] + five[1]) / sum(five)
    return share if old else round(share, 1)


def _share(code: str, old: bool) -> object:
    return lambda each: _percentage(each, code, old)


def _by_method(each: Asked, method: str) -> int:
    told = math.floor(each.sample * each.telephone)
    return {"Telephone": told, "Internet": each.sample - told}.get(method, 0)


def _responses(method: str) -> object:
    return lambda each: _by_method(each, method) or ("[X]" if method == "SMS" else 0)


def _method_share(method: str, old: bool) -> object:
    def said(each: Asked) -> object:
        n = _by_method(each, method)
        if not n:
            return "[X]"
        if n < 50 and not old:
            return "[S]"
        return round(_percentage(each, "TP01", old), 0 if old else 1)

    return said


def _main(each: Asked, old: bool) -> str:
    if each.name == "Combined Homes":
        return "FacetoFace" if old else "Face to Face"
    return "Telephone" if each.telephone > 0.5 else "Internet"


def _management(who: list[Asked], layout: str) -> Rows:
    old = layout == OLD
    columns: dict[str, object] = {
        "Landlord name": lambda a: a.name,
        "Landlord code": lambda a: a.code,
        "Landlord type": lambda a: _type(a, layout),
        "Landlord predominant region": lambda a: a.region,
        "Any additional notes from RSH": lambda a: "",
    }
    for code, (words, _, _) in PLAIN_MANAGEMENT.items():
        if not old:
            columns[f"Did you own dwelling units to which this TSM applies at year end? ({code})5"] = lambda a: "Yes"
        columns[f"{words} ({code}){'' if old else '5'}"] = _managed(code, "value", old)
    for code, (words, _, _) in PLAIN_MANAGEMENT.items():
        columns[f"Number of: {words} ({code} Numerator)5"] = _managed(code, "numerator", old)
        columns[f"Number of: {words} ({code} Denominator)5 "] = _managed(code, "denominator", old)
    for stock in ("LCRA", "LCHO", "Combined"):
        for code in COMPLAINTS:
            kind = "Number of" if code.startswith("CH01") else "Proportion of"
            columns[f"{stock} - {kind} complaints ({code})"] = _complaints(stock, code, "value", old)
        for code in COMPLAINTS:
            for part in ("Numerator", "Denominator"):
                heading = f"{stock} - Number of complaints ({code} {part})"
                columns[heading] = _complaints(stock, code, part.lower(), old)
        if not old:
            columns |= _extensions(stock)
    rows = [[value(each) for value in columns.values()] for each in who]
    return [*_top(f"TSM{layout[-2:]}_Management_Info", layout), list(columns), *rows]


def _managed(code: str, part: str, old: bool) -> object:
    def said(each: Asked) -> object:
        _, top, bottom = PLAIN_MANAGEMENT[code]
        if code == "RP02 1" and each.name.startswith("Elm"):  # nothing to count: 2023/24 prints 0 all the same
            return {"value": 0.0 if old else "[U]"}.get(part, "[X]")
        value = (1000 if code.startswith("NM") else 100) * top / bottom
        return {"value": value if old else round(value, 1), "numerator": top, "denominator": bottom}[part]

    return said


def _no_stock(stock: str, each: Asked) -> bool:
    return stock == "Combined" or (stock == "LCHO" and each.council)


def _complaints(stock: str, code: str, part: str, old: bool) -> object:
    def said(each: Asked) -> object:
        if _no_stock(stock, each):
            return {"value": 0.0 if old else "[U]"}.get(part, "[X]")
        top, bottom = COMPLAINTS[code]
        value = (1000 if code.startswith("CH01") else 100) * top / bottom
        if part == "value":
            return (round(value) if stock == "LCHO" else value) if old else round(value, 1)
        return top if part == "numerator" else bottom

    return said


def _extensions(stock: str) -> dict[str, object]:
    columns: dict[str, object] = {}
    for stage, (days, without, within) in STAGES.items():
        start = (
            f"{stock} - Out of the number of stage {stage} complaints made by tenants, what number were responded to"
        )
        for word, count, note in (("without", without, " 5"), ("with", within, "5 ")):
            columns[f"{start} – {word} the use of the {days} day extension{note}"] = lambda a, n=count: (
                "[X]" if _no_stock(stock, a) else n
            )
    return columns
