"""Every job without a screen. Results go to stdout, messages to stderr; 0 done, 1 problems found, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from sqlite3 import OperationalError

from dashboard.cli import (
    approach,
    campaign,
    checking,
    drivers,
    fairness,
    figures,
    files,
    joins,
    landlord,
    letters,
    management,
    packs,
    quality,
    records,
    requests,
    search,
    sector,
    silence,
    stigma,
    strengths,
    text,
    themes,
    voices,
    weigh,
    weights,
)
from dashboard.cli.command import PROBLEMS, USAGE, Command, Failure, say
from data.generation import NotHeld, StoreError
from data.notebook import UNUSABLE
from data.settings import SettingsError, read_settings

COMMANDS: tuple[Command, ...] = (
    Command("demo", "Load the invented landlord, or remove it", landlord.demo_options, landlord.demo),
    Command("show", "Open the dashboard", landlord.show_options, landlord.show),
    Command("status", "What is held, since when, and what it came from", landlord.status_options, landlord.status),
    Command(
        "take-in", "Take a file in: a survey, homes, people, complaints and more", files.take_in_options, files.take_in
    ),
    Command("problems", "List every problem of a file, keeping nothing of it", files.problems_options, files.problems),
    Command(
        "quality",
        "How good the data are, whose they are, and what is to be put right",
        quality.quality_options,
        quality.of_data,
    ),
    Command(
        "joins",
        "What does not join to a home, and putting it right",
        joins.joins_options,
        joins.joins,
    ),
    Command(
        "weights",
        "Weigh a survey that is held to the homes there are, and see what it changes",
        weights.weights_options,
        weights.weights,
    ),
    Command("undo", "Take the last publish back", files.undo_options, files.undo),
    Command("label", "Redact and read the comments not read yet", files.label_options, files.label),
    Command(
        "measures", "The Tenant Satisfaction Measures with their intervals", figures.measures_options, figures.measures
    ),
    Command(
        "fair-outcomes",
        "Satisfaction and timeliness by what people are, and what is not held",
        fairness.fair_options,
        fairness.of_fairness,
    ),
    Command(
        "drivers",
        "What goes with overall satisfaction, never what causes it",
        drivers.drivers_options,
        drivers.of_drivers,
    ),
    Command("voices", "What tenants wrote: how it sounds and what it is about", voices.voices_options, voices.voices),
    Command(
        "stigma",
        "Being judged for being a tenant: each question asked, what was told, never a score",
        stigma.stigma_options,
        stigma.of_stigma,
    ),
    Command(
        "strengths",
        "What tenants are proud of and good at, offers counted, and what each estate has",
        strengths.strengths_options,
        strengths.of_strengths,
    ),
    Command(
        "gaps", "What tenants tick less what they write, measure by measure", fairness.gaps_options, fairness.of_gaps
    ),
    Command("text", "Read any file's comments, or measure the reader on labelled ones", text.text_options, text.text),
    Command(
        "themes",
        "What many comments have in common that no topic foresees, for and against apart",
        themes.themes_options,
        themes.themes,
    ),
    Command("search", "Comments with these words, redacted, newest first", search.search_options, search.search),
    Command(
        "check", "How often the reader is right, from comments people checked", checking.check_options, checking.check
    ),
    Command(
        "corrections",
        "What people put right in the readings, and taking it back",
        checking.corrections_options,
        checking.corrections,
    ),
    Command("quotes", "Quotes put forward, and which may be used now", checking.quotes_options, checking.quotes),
    Command(
        "complaints",
        "Complaints for every 1,000 homes and answered in time: CH01 and CH02",
        records.complaints_options,
        records.of_complaints,
    ),
    Command(
        "management",
        "The ten management measures of a year: told, entered, taken back",
        management.management_options,
        management.management,
    ),
    Command(
        "approach",
        "The summary of approach of a survey: what is counted, what was said, what is still to be said",
        approach.approach_options,
        approach.approach,
    ),
    Command(
        "silence",
        "Who has not been heard from, how wrong the figure could be, and where to call next",
        silence.silence_options,
        silence.of_silence,
    ),
    Command("this-week", "What needs a person now, and what is new", records.this_week_options, records.of_this_week),
    Command(
        "campaign",
        "Call homes we have not heard from: lists shared fairly, paper out and in, names destroyed at the end",
        campaign.campaign_options,
        campaign.of_campaign,
    ),
    Command(
        "pack",
        "Evidence packs: make one in every format, check one, make a past one again",
        packs.pack_options,
        packs.pack,
    ),
    Command(
        "requests",
        "Requests for evidence and information: what was asked, by when, and what was sent",
        requests.requests_options,
        requests.requests,
    ),
    Command(
        "sector",
        "The regulator's figures about every landlord: import a year, check it, take it back",
        sector.sector_options,
        sector.sector,
    ),
    Command(
        "letters",
        "Wording in our own letters that blames, dismisses, threatens, talks down or is hard to read",
        letters.letters_options,
        letters.letters,
    ),
    Command("estimate", "A share of any CSV with its interval; no store", figures.estimate_options, figures.estimate),
    Command("weigh", "Weights for any CSV, raked to numbers of homes; no store", weigh.weigh_options, weigh.weigh_file),
)


def parser() -> argparse.ArgumentParser:
    """The command line as argparse sees it: one subcommand a row of COMMANDS."""
    whole = argparse.ArgumentParser(
        prog="tenant-voice",
        description="What tenants say, how sure we can be, and what to do about it. Nothing leaves this computer.",
        epilog="TENANT_VOICE_HOME says where data live. Exit codes: 0 done, 1 problems found, 2 wrong usage.",
    )
    each = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = each.add_parser(command.name, help=command.help, description=command.help + ".")
        command.options(own)
        own.set_defaults(run=command.run)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    said = parser().parse_args(arguments)
    try:
        return int(said.run(said, read_settings()))
    except Failure as failure:
        say(str(failure))
        return failure.exit_code
    except (StoreError, SettingsError) as error:
        say(str(error))
        return USAGE if isinstance(error, NotHeld) else PROBLEMS
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return PROBLEMS
    except OperationalError as error:  # of a notebook beside the data
        say(UNUSABLE.format(why=error))
        return PROBLEMS
    except OSError as error:  # a full disk, a folder that may not be written to
        say(f"{error.filename or 'A file'}: {error.strerror or error}. Nothing in use was changed.")
        return PROBLEMS
