"""The title bar: whose page it is, who is inside with which roles, unobtrusively; the browser's tab names the office."""

import pytest
from starlette.testclient import TestClient

from assistant.cases.accounts import Accounts
from assistant.settings import Agency
from assistant.web import server
from assistant.web.guard import TITLE
from assistant.web.login import login_for
from assistant.web.masthead import Inside, bar, inside_of, page_title
from tests.web.office import AGENCY, Office, office

PASSWORD = "一个足够长的密码-2026"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with two accounts."""
    folder = tmp_path_factory.mktemp("bar")
    accounts = Accounts(folder / "accounts.json")
    accounts.put("罗敏", PASSWORD, ("clerk", "administrator"))
    accounts.put("王芳", PASSWORD, ())
    return office(folder)


def test_the_bar_names_who_has_logged_in_and_the_roles(ours: Office) -> None:
    """In the office's own words for them; the way out stands beside."""
    seen = bar(AGENCY, True, inside_of(ours, "罗敏"))
    for words in ("罗敏", "公开工作机构经办人、管理员", "退出", AGENCY.name or ""):
        assert words in seen, words
    assert "没有角色" in bar(AGENCY, True, inside_of(ours, "王芳"))


def test_without_accounts_nobody_is_named(ours: Office) -> None:
    """Nor is there anything to leave."""
    assert inside_of(ours, None) is None
    seen = bar(AGENCY, False)
    assert "inside" not in seen and "退出" not in seen


def test_a_name_is_shown_as_the_words_it_is() -> None:
    """Markup in it stays dead."""
    assert "<i>" not in bar(AGENCY, True, Inside("<i>罗敏</i>", ("<b>管理员</b>",)))


@pytest.mark.parametrize(
    ("agency", "title"),
    [
        (AGENCY, f"某某街道 · {TITLE}"),
        (Agency(name="某某县档案馆"), f"某某县档案馆 · {TITLE}"),
        (Agency(), TITLE),
    ],
)
def test_the_tab_of_the_browser_names_the_office(agency: Agency, title: str) -> None:
    """Short where there is a short name; without a name the program alone."""
    assert title == page_title(agency)


def test_a_page_with_accounts_asks_who_is_inside_when_it_opens(ours: Office) -> None:
    """One event of the page's loading, whose answer is the bar; the page bears its title."""
    app = server.build_app(ours, login_for("127.0.0.1", ours.accounts), hosts=["127.0.0.1"])
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.post("/login", data={"name": "罗敏", "password": PASSWORD})
        assert f"某某街道 · {TITLE}" in client.get("/").text
        found = client.get("/config").json()
    place = next(one["id"] for one in found["components"] if one["props"].get("elem_id") == "masthead")
    (load,) = [one for one in found["dependencies"] if [place] == one["outputs"]]
    assert "load" == load["targets"][0][1]
    assert not load["queue"]
