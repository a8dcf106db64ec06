"""A contact campaign as it is kept: its list, its calls, what was told, what had been assumed, and its paper.

Names and numbers live in one notebook beside the store, never in a generation, and only while a campaign runs.
"""

from data.campaign.assumed import Assumptions
from data.campaign.calling import Calling, HeldBeside
from data.campaign.campaigns import Campaigns, Plan
from data.campaign.contacts import Contacts, read_contacts
from data.campaign.homes import homes_to_call, silent_for, standing
from data.campaign.notebook import CannotCampaign
from data.campaign.papers import Papers
from data.campaign.register import campaign_register
from data.campaign.told import Matters

__all__ = [
    "Assumptions",
    "Calling",
    "Campaigns",
    "CannotCampaign",
    "Contacts",
    "HeldBeside",
    "Matters",
    "Papers",
    "Plan",
    "campaign_register",
    "homes_to_call",
    "read_contacts",
    "silent_for",
    "standing",
]
