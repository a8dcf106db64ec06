"""Settings come from the environment and the home's own file; a wrong entry is named."""

from __future__ import annotations

from datetime import date

import pytest

from data.settings import Mail, SettingsError, read_settings


def test_the_home_is_where_the_environment_says(tmp_path):
    settings = read_settings({"TENANT_VOICE_HOME": str(tmp_path)})
    assert settings.landlord_folder == tmp_path / "landlord"
    assert settings.sample_folder == tmp_path / "sample"
    assert settings.sector_folder == tmp_path / "sector"
    assert settings.smallest_base == 10


def test_without_the_variable_the_users_own_data_folder_is_used():
    assert read_settings({}).home.name == "tenant-voice"


def test_the_smallest_base_is_a_setting(tmp_path):
    (tmp_path / "settings.toml").write_text("smallest_base = 20\n", encoding="utf-8")
    assert read_settings({"TENANT_VOICE_HOME": str(tmp_path)}).smallest_base == 20


@pytest.mark.parametrize(
    ("line", "found"), [("smallest_base = 0", "is 0"), ("smallest_base = 'ten'", "'ten'"), ("=", "TOML")]
)
def test_a_wrong_setting_is_named_with_its_remedy(tmp_path, line, found):
    (tmp_path / "settings.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=found):
        read_settings({"TENANT_VOICE_HOME": str(tmp_path)})


def test_the_policy_document_and_the_mail_server_are_settings(tmp_path):
    (tmp_path / "settings.toml").write_text(
        'policy_document = "Equality monitoring, v3"\n[mail]\nserver = "mail.example.org"\nsender = "tv@example.org"\n',
        encoding="utf-8",
    )
    settings = read_settings({"TENANT_VOICE_HOME": str(tmp_path)})
    assert settings.policy_document == "Equality monitoring, v3"
    assert settings.mail == Mail("mail.example.org", 587, "tv@example.org")


def test_without_a_settings_file_no_policy_allows_special_categories_and_no_mail_is_sent(tmp_path):
    settings = read_settings({"TENANT_VOICE_HOME": str(tmp_path)})
    assert settings.policy_document == ""
    assert settings.mail is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("policy_document = 3", "policy_document is 3"),
        ("smalest_base = 10", "smalest_base is not a setting"),
        ('[mail]\nserver = "mail.example.org"', "mail.sender is missing"),
        ('[mail]\nserver = "m"\nsender = "s"\nport = 0', "mail.port is 0"),
        ('[mail]\nserver = "m"\nsender = "s"\nsecurity = "hope"', "'hope'"),
        ('[mail]\nserver = "m"\nsender = "s"\npassword = "x"', "mail.password is not a setting"),
    ],
)
def test_an_entry_that_cannot_be_followed_is_named(tmp_path, text, found):
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=found):
        read_settings({"TENANT_VOICE_HOME": str(tmp_path)})


def test_when_tenants_agreed_and_see_results_first_are_settings(tmp_path):
    days = "[stigma]\nagreed_with_tenants = 2026-05-14\ntenants_see_results_first = 2026-06-30\n"
    (tmp_path / "settings.toml").write_text(days, encoding="utf-8")
    found = read_settings({"TENANT_VOICE_HOME": str(tmp_path)}).stigma
    assert (found.agreed_with_tenants, found.tenants_see_results_first) == (date(2026, 5, 14), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[stigma]\nagreed_with_tenants = '14 May'", "Write a day without quotation marks"),
        ("[stigma]\nagreed_with_tenants = 2026-05-14T10:00:00", "Write a day"),
        ("[stigma]\nagreed = 2026-05-14", "stigma.agreed is not a setting"),
        ("stigma = 3", "Write a \\[stigma\\] table"),
    ],
)
def test_a_day_that_is_none_is_named_with_its_remedy(tmp_path, line, found):
    (tmp_path / "settings.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=found):
        read_settings({"TENANT_VOICE_HOME": str(tmp_path)})


def test_the_landlords_name_is_read_and_must_be_words(tmp_path):
    (tmp_path / "settings.toml").write_text('landlord = "  Harbour Homes "', encoding="utf-8")
    assert read_settings({"TENANT_VOICE_HOME": str(tmp_path)}).landlord == "Harbour Homes"
    (tmp_path / "settings.toml").write_text("landlord = 7", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"landlord is 7\. Give the landlord's name in quotation marks"):
        read_settings({"TENANT_VOICE_HOME": str(tmp_path)})
