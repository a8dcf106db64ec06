"""Why a figure comes out otherwise than in a pack: what the pack rested on that has changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.evidence.verify import Difference, short

Told = Callable[[Any, Any], list[str]]  # what a part of a manifest was then, and is now: sentences without their stop


def files_that_changed(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """By checksum and kind, each input file that is not in both, and what became of it."""
    before, after = _inputs(then), _inputs(now)
    gone = {mark: file for mark, file in before.items() if mark not in after}
    new = {mark: file for mark, file in after.items() if mark not in before}
    found = {}
    for mark, file in gone.items():
        other = next((one for one in new.values() if _of(one) == _of(file)), None)
        told = _called(file)
        if other is None:
            found[mark] = f"{told} is no longer in use: SHA-256 {file['sha256']}"
        else:
            found[mark] = (
                f"{told} was changed: SHA-256 {file['sha256']} then, {other['sha256']} now, taken in {other['taken']}"
            )
            found[other["sha256"], other["holds"]] = found[mark]
    for mark, file in new.items():
        told = f"{_called(file)} is new since: SHA-256 {file['sha256']}, taken in {file['taken']}"
        found.setdefault(mark, told)
    return found


def _of(file: Mapping[str, Any]) -> tuple[str, str]:
    return file["name"], file["holds"]


def _inputs(said: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(file["sha256"], file["holds"]): file for file in said["inputs"]}


def behind(differing: Difference, then: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    """The same difference with the changed files that the figure stands on, then or now, by name and kind."""
    changed = files_that_changed(then, now)
    stood_on = [(mark, said) for said in (then, now) for mark in _stands_on(said, differing.figure) if mark in changed]
    return replace(differing, files=tuple(dict.fromkeys(_called(_inputs(said)[mark]) for mark, said in stood_on)))


def _called(file: Mapping[str, Any]) -> str:
    """A file by its name and what it holds; by that alone where it is a public pack's, whose manifest has no names."""
    return f"{file['name']} ({file['holds']})" if file["name"] else f"the {file['holds']} file"


def _stands_on(said: Mapping[str, Any], key: str) -> list[tuple[str, str]]:
    how = said["figures"].get(key, {}).get("how") or {}
    inputs = said["inputs"]
    return [(inputs[n]["sha256"], inputs[n]["holds"]) for n in how.get("inputs", ()) if 0 <= n < len(inputs)]


def changed_since(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What a pack rests on that is otherwise now, in sentences: files first."""
    found = list(dict.fromkeys(files_that_changed(then, now).values()))
    if then["generation"]["fingerprint"] != now["generation"]["fingerprint"]:
        found.append(
            f"The store uses generation {now['generation']['number']}; the pack was made from generation "
            f"{then['generation']['number']}"
        )
    for name, told in TOLD.items():
        found += told(then.get(name, {}), now.get(name, {}))
    return [f"{line}." for line in found]


def _values(what: str) -> Told:
    def told(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
        changed = [name for name in sorted({*then, *now}) if then.get(name) != now.get(name)]
        return [f"{what} {name}: {short(then.get(name))} then, {short(now.get(name))} now" for name in changed]

    return told


def _names(what: str) -> Told:
    def told(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
        changed = [name for name in sorted({*then, *now}) if then.get(name) != now.get(name)]
        return [f"{what}: {', '.join(changed)}"] if changed else []

    return told


def _readings_since(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    if then == now:
        return []
    found = []
    if then.get("reader") != now.get("reader") or then.get("own_heads") != now.get("own_heads"):
        found.append(f"Another reader has read the comments: {then.get('reader')} then, {now.get('reader')} now")
    if then.get("sentence_model") != now.get("sentence_model"):
        found.append("The sentence model is there at one time and not at the other")
    if then.get("corrections_sha256") != now.get("corrections_sha256"):
        found.append(
            f"Readings were put right since: {then.get('corrected_texts')} texts then, {now.get('corrected_texts')} now"
        )
    elif not found:
        found.append(f"More comments were read since: {then.get('texts')} texts then, {now.get('texts')} now")
    return found


def _software_since(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    found = []
    if then.get("code_sha256") != now.get("code_sha256"):
        found.append(
            f"Tenant Voice itself is another: version {then.get('tenant-voice')} then, {now.get('tenant-voice')} now, "
            "with other source"
        )
    found += _values("Package")(then.get("packages", {}), now.get("packages", {}))
    plain = ("python", "platform")
    return found + _values("Computer")({n: then.get(n) for n in plain}, {n: now.get(n) for n in plain})


def _listed(what: str) -> Told:
    def told(then: Any, now: Any) -> list[str]:
        return [] if (then or []) == (now or []) else [what]

    return told


TOLD = {
    "settings": _values("Setting"),
    "thresholds": _values("Threshold"),
    "registers": _names("Registers that are otherwise"),
    "weights": _listed("Weights made here are otherwise"),
    "sector": _listed("Imported years of the sector are otherwise"),
    "readings": _readings_since,
    "withheld": _listed("What is withheld, or told with a caution, is otherwise"),
    "entered": _names("Entered or decided since, in"),
    "done": _names("Done since"),
    "software": _software_since,
}
