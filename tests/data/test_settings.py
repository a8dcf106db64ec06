"""Settings come from the environment and the home's own file; a wrong entry is named."""

from __future__ import annotations

import pytest

from data.settings import SettingsError, read_settings


def test_the_home_is_where_the_environment_says(tmp_path):
    settings = read_settings({"TENANT_VOICE_HOME": str(tmp_path)})
    assert settings.landlord_folder == tmp_path / "landlord"
    assert settings.sample_folder == tmp_path / "sample"
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
