"""`cocagne demo`: a portal filled with real towns' files, again and again without doubles."""

import requests
from program import Installation


def datasets(url: str) -> list[dict]:
    answer = requests.get(f"{url}/api/v1/datasets?limit=100", timeout=60).json()
    assert answer["total"] == len(answer["datasets"])
    return answer["datasets"]


def test_the_demonstration_shows_real_towns(tmp_path):
    demo = Installation(tmp_path, environment={"COCAGNE_DEMO_DATA": str(tmp_path / "demo")})
    with demo.serve(command="demo", patience=300) as url:
        first = datasets(url)
        assert requests.get(url, timeout=60).status_code == 200
        for dataset in first:
            page = requests.get(f"{url}/datasets/{dataset['slug']}", timeout=60)
            assert page.status_code == 200, dataset["slug"]
    assert 15 <= len(first) <= 25
    assert {dataset["organization"]["slug"] for dataset in first} == {"ville-de-montpellier", "commune-de-castelnaudary"}

    with demo.serve(command="demo", patience=300) as url:
        assert {dataset["slug"] for dataset in datasets(url)} == {dataset["slug"] for dataset in first}
