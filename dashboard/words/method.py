"""How figures are made, in the sentences the screen and every document share."""

from __future__ import annotations

OF_SHARES = (
    "Each share counts the two best of the five answers, out of everybody who gave one of the five. "
    "Not applicable, don't know, refused and blank are left out, as the regulator asks.",
    "The range beside a share is a 95% interval on the effective number of answers: Wilson's from 30 answers, Korn and "
    "Graubard's below. Where the number of homes is known, the finite population is taken into account; where weights "
    "were made to fit numbers of homes, so is that. Bars and whiskers draw the same range.",
    "A change is called a real change where its own 95% interval leaves out no change (Newcombe's method), and asked "
    "differently where the mix of methods moved by more than 10 points, which is our house rule. Groups looked at "
    "together are judged together (Benjamini and Hochberg).",
)
OF_SMALL_AREAS = (
    "An estate is drawn towards the mean of estates by empirical Bayes: beta-binomial where every answer counts alike, "
    "Fay and Herriot's model with REML where they are weighted. Its range allows for that mean and their spread "
    "being estimated; homes that answered count as fact.",
)
OF_SILENCE = (
    "Homes are the dwellings of this tenure group in the list of homes, empty ones too; garages and shops are not. "
    "Answers are those that count in the measures, at most one a household.",
    "No home and no person is ever listed here. A group of fewer homes than the smallest base has no share, and not "
    "even how many answered is told of it. Homes are divided by estate, tenure, age band, length of tenancy and "
    "property type; never by a special category.",
    "Usual is how many answers there would be if everyone invited (without an issued sample: every home) had been as "
    "ready to answer. By chance alone says how often luck would leave a group with so few or fewer, counted exactly; "
    "the verdict allows for looking at many groups. Where even no answer at all would be ordinary luck, it says too "
    "few to say.",
)
