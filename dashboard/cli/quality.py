"""Commands about the data themselves: how good they are, whose they are, what is to be put right."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dashboard import actions
from dashboard.cli.command import DONE, PROBLEMS, Failure, add_json, say, tell, tell_json
from dashboard.words.harmless import for_cell
from dashboard.words.quality import alert_count, alert_line, kind_state, score, sent
from data.owners import Charge
from data.post import NotSent
from data.quality import Alert, KindQuality, Origin, alerts, by_owner, lineage, quality, trend
from data.settings import Settings

HEADINGS = ("owner", "email", "due", "overdue", "label", "what", "rows", "remedy", "subject", "stops")


def quality_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--csv", action="store_true", help="print the alerts as CSV on stdout, by owner")
    own.add_argument(
        "--send", action="store_true", help="e-mail each owner their alerts, by the server in settings.toml"
    )
    add_json(own)


def of_data(said: argparse.Namespace, settings: Settings) -> int:
    """Say how good each kind of file is, whose it is and what is to be put right; 1 where something is overdue."""
    held = actions.store_in_use(settings).current()
    if held is None:
        raise Failure("Nothing is held yet. Take a file in first.", PROBLEMS)
    if said.send:
        _send(settings)
    charges = actions.owners_in_use(settings).charges()
    today = actions.today(settings)
    kinds, found = quality(held, charges, today), alerts(held, charges, today)
    if said.csv:
        _print_csv(found)
    elif said.json:
        origins = [origin for kind in kinds for origin in lineage(held, kind.kind)]
        history = trend(actions.store_in_use(settings).history())
        tell_json(
            {
                "generation": held.number,
                "invented": held.kind == "sample",
                "kinds": [_kind(kind) for kind in kinds],
                "alerts": [asdict(alert) for alert in found],
                "owners": [_charge(charge) for charge in charges if charge.of == "file"],
                "trend": [
                    {"generation": number, "created": created, "scores": {kind: dict(p) for kind, p in parts.items()}}
                    for number, created, parts in history
                ],
                "lineage": [_origin(origin) for origin in origins],
            }
        )
    else:
        _print(kinds, found)
    return PROBLEMS if any(alert.overdue for alert in found) else DONE


def _send(settings: Settings) -> None:
    try:
        messages, without = actions.send_alerts(settings, actions.today(settings), alert_line)
    except NotSent as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    say(sent(messages, without))


def _kind(kind: KindQuality) -> dict[str, Any]:
    return {
        **{name: getattr(kind, name) for name in ("kind", "label", "owner", "email", "rows", "taken", "next_due")},
        "late": kind.late,
        "missed": list(kind.missed),
        "scores": dict(kind.scores),
    }


def _charge(charge: Charge) -> Mapping[str, Any]:
    return asdict(charge)


def _origin(origin: Origin) -> dict[str, Any]:
    return {**vars(origin), "left_out": dict(origin.left_out)}


def _print_csv(found: tuple[Alert, ...]) -> None:
    out = csv.writer(sys.stdout)
    out.writerow(HEADINGS)
    out.writerows([for_cell(getattr(alert, name)) for name in HEADINGS] for alert in found)


def _print(kinds: tuple[KindQuality, ...], found: tuple[Alert, ...]) -> None:
    for kind in kinds:
        tell(f"{kind.label} ({kind.owner}): {kind_state(kind)}")
        if kind.scores:
            tell("  " + ", ".join(f"{part} {score(value)}" for part, value in kind.scores.items()))
    for (owner, _), own in by_owner(found).items():
        tell(alert_count(owner, len(own), sum(alert.overdue for alert in own)))
        for alert in own:
            tell(f"  {alert_line(alert)}")
