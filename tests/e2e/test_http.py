"""What HTTP promises: validators, ranges, compression, problems, headers of security."""

import hashlib
import time

import pytest
import requests
from conftest import DATA


def paths(portal):
    resource = portal.resource("subsidies")["id"]
    slug = portal.published["subsidies"]["dataset"]["slug"]
    return [
        "/",
        "/datasets",
        f"/datasets/{slug}",
        f"/datasets/{slug}/resources/{resource}",
        "/api/v1/datasets",
        f"/api/v1/datasets/{slug}",
        f"/api/v1/resources/{resource}/rows?Thème__exact=Sport",
        f"/api/v1/resources/{resource}/profile",
        f"/api/v1/resources/{resource}/export.csv",
        f"/api/v1/resources/{portal.resource('places')['id']}/tiles/6/32/23.mvt",
        f"/tabular/api/resources/{resource}/data/",
        "/feed.atom",
        "/sitemap.xml",
        "/api/v1/openapi.json",
    ]


def test_everything_can_be_asked_again_for_nothing(any_portal):
    for path in paths(any_portal):
        first = requests.get(any_portal.url + path, timeout=60)
        assert first.status_code == 200, path
        etag = first.headers.get("etag")
        assert etag, f"{path} has no ETag"
        again = requests.get(any_portal.url + path, headers={"if-none-match": etag}, timeout=60)
        assert again.status_code == 304, path
        assert again.content == b""


def test_another_query_has_another_tag(any_portal):
    rows = any_portal.rows("subsidies")
    tags = {requests.get(f"{rows}?{query}", timeout=60).headers["etag"] for query in ("limit=1", "limit=2", "limit=1&sort=Montant")}
    assert len(tags) == 3


def test_publishing_changes_the_tag(any_installation, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("a,b\n1,2\n")
    options = ("--organization", "bram", "--dataset", "a", "--title", "A")
    resource = any_installation.publish(file, *options)["resources"][0]["id"]
    with any_installation.serve() as url:
        rows = f"{url}/api/v1/resources/{resource}/rows"
        old = requests.get(rows, timeout=60)
        file.write_text("a,b\n1,2\n3,4\n")
        any_installation.publish(file, *options)
        new = once_changed(rows, old.headers["etag"])
    assert (old.json()["total"], new.json()["total"]) == (1, 2)


def once_changed(url: str, etag: str, patience: float = 5) -> requests.Response:
    """Asks until the answer is another one: a server hears of other processes' changes within seconds."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        answer = requests.get(url, headers={"if-none-match": etag}, timeout=60)
        if answer.status_code != 304:
            return answer
    raise AssertionError(f"still the old answer after {patience} s")


def test_source_bytes_come_whole_and_by_ranges(any_portal):
    snapshot = any_portal.resource("subsidies")["snapshot"]
    content = (DATA / "subventions-2023.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == snapshot
    url = f"{any_portal.url}/files/{snapshot}/subventions-2023.csv"

    whole = requests.get(url, timeout=60)
    assert whole.content == content
    assert "immutable" in whole.headers["cache-control"]
    part = requests.get(url, headers={"range": "bytes=10-19"}, timeout=60)
    assert (part.status_code, part.content) == (206, content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(content)}"
    end = requests.get(url, headers={"range": "bytes=-5"}, timeout=60)
    assert end.content == content[-5:]
    beyond = requests.get(url, headers={"range": f"bytes={len(content)}-"}, timeout=60)
    assert beyond.status_code == 416


def test_text_is_compressed_when_asked(any_portal):
    for encoding in ("gzip", "br"):
        answer = requests.get(f"{any_portal.rows('subsidies')}?limit=200", headers={"accept-encoding": encoding}, timeout=60, stream=True)
        assert answer.headers.get("content-encoding") == encoding
        answer.close()


def test_any_site_may_read(any_portal):
    answer = requests.get(any_portal.rows("subsidies"), headers={"origin": "https://example.org"}, timeout=60)
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v1/resources/nowhere/rows", "/api/v1/datasets/nowhere", "/api/v1/nowhere"])
def test_what_is_not_there_is_a_problem_document(any_portal, path):
    answer = requests.get(any_portal.url + path, timeout=60)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json().keys() >= {"type", "title", "status", "detail"}


def test_a_page_that_is_not_there_is_a_page(portal):
    answer = requests.get(f"{portal.url}/datasets/nowhere", headers={"accept": "text/html"}, timeout=60)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_pages_run_only_their_own_scripts(portal):
    answer = requests.get(portal.page("subsidies"), timeout=60)
    policy = answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy and "'unsafe-eval'" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_oversized_address_is_refused_and_nothing_breaks(portal):
    answer = requests.get(f"{portal.rows('subsidies')}?q={'a' * 60_000}", timeout=60)
    assert answer.status_code in (400, 414, 431)
    assert requests.get(f"{portal.url}/health", timeout=60).status_code == 200


def test_machines_find_their_way(portal):
    assert "/sitemap.xml" in requests.get(f"{portal.url}/robots.txt", timeout=60).text
    slug = portal.published["subsidies"]["dataset"]["slug"]
    assert f"/datasets/{slug}" in requests.get(f"{portal.url}/sitemap.xml", timeout=60).text
    feed = requests.get(f"{portal.url}/feed.atom", timeout=60)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "Subventions aux associations 2023" in feed.text
    assert "OpenSearchDescription" in requests.get(f"{portal.url}/opensearch.xml", timeout=60).text
    page = requests.get(f"{portal.url}/datasets/{slug}", timeout=60).text
    assert '"@type":"Dataset"' in page.replace(" ", "")
