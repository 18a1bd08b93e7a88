"""The weights panel reads a file with a trained network and uses it; a refused one changes nothing."""

from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from .explorer import address_of, open_explorer, query_of

FOLDER = Path(__file__).parents[1] / "data/frameworks"
PANEL = "?v=1&text=abccdeb#panel=matrices"


def choose(page: Page, name: str) -> None:
    if not page.locator("#weights-file").is_visible():
        page.locator(".weights-file summary").click()
    page.set_input_files("#weights-file", FOLDER / name)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_trained_network_is_recognized_and_used(page: Page, language: str) -> None:
    open_explorer(page, f"/{language}/{PANEL}")
    choose(page, "pytorch-lstm.safetensors")
    card = page.locator(".weights-file .known")
    expect(card).to_contain_text("PyTorch nn.LSTM, H = 3, V = 5")
    expect(page.locator(".weights-file table:not(.misread)")).to_contain_text("i f g o → f g i o")
    symbols = page.locator("#weights-vocabulary")
    expect(symbols).to_have_value("abcde")  # those of the text, which are as many
    use = page.locator(".weights-file .uses button")
    symbols.fill("abcd")
    expect(use).to_be_disabled()
    symbols.fill("edbca")
    use.click()
    expect(page.locator("#matrices-caption")).to_contain_text({"en": "trained", "ko": "학습된"}[language])
    asked = query_of(page)
    assert (asked["cell"], asked["hidden"], asked["vocabulary"]) == ("lstm", "3", "edbca")
    with np.load(FOLDER / "pytorch-lstm.npz") as recorded:
        first = recorded["states"][0]
    page.locator("#weights-vocabulary").fill("abcde")
    use.click()
    page.wait_for_url("**vocabulary=abcde**")
    answer = page.request.get(f"/api/bptt?{page.url.partition('?')[2].partition('#')[0]}").json()
    assert np.allclose(answer["forward"]["h"][0], first, rtol=1e-4)


OF_OTHERS = {
    "keras-gru.keras": "Keras 3 GRU, H = 3, V = 5",
    "keras-lstm.weights.h5": "Keras 3 LSTM, H = 3, V = 5",
    "linen-gru.safetensors": "Flax linen GRUCell, H = 3, V = 5",
    "onnx-gru-after.onnx": "ONNX GRU(linear_before_reset=1), H = 3, V = 5",
}


def test_files_of_every_kind_are_used_one_after_the_other_and_an_exported_one_comes_back(page: Page) -> None:
    """Nothing of the network before stays: its initial state, and recurrent weights that were held at 0."""
    open_explorer(page, f"/en/{PANEL.replace('#', '&h0=1,1,1&hidden=3&recurrence=zero#')}")
    use = page.locator(".weights-file .uses button")

    def states() -> list[list[float]]:
        query = urlsplit(address_of(page)).query
        run = page.request.get(f"/api/bptt?{query}").json()
        rows: list[list[float]] = run["forward"]["h"]
        return rows

    for name, said in OF_OTHERS.items():
        choose(page, name)
        expect(page.locator(".weights-file .known")).to_contain_text(said)
        with page.expect_response("**/bptt?**"):
            use.click()
        with np.load(FOLDER / f"{name.partition('.')[0]}.npz") as recorded:
            found = states()
            assert np.allclose(found, recorded["states"][: len(found)], rtol=1e-4, atol=1e-6), name
    address = "/api/weights?text=abccdeb&cell=lstm&hidden=3&h0=0.5,0,-0.5&c0=1,0,0&framework=keras"
    exported = page.request.get(address).body()
    page.set_input_files("#weights-file", {"name": "own.h5", "mimeType": "", "buffer": exported})
    expect(page.locator(".weights-file .known")).to_contain_text("own.h5")
    expect(page.locator(".weights-file .known")).to_contain_text("The symbols and their order are read from")
    expect(page.locator("#weights-vocabulary")).to_have_value("abcde")
    expect(page.locator(".weights-file .arrays")).to_contain_text("h0")
    with page.expect_response("**/bptt?**"):
        use.click()
    assert query_of(page)["h0"] == "0.5,0.0,-0.5"
    own = page.request.get("/api/bptt?text=abccdeb&cell=lstm&hidden=3&h0=0.5,0,-0.5&c0=1,0,0").json()
    assert np.allclose(states(), own["forward"]["h"], rtol=1e-9)


def test_a_refused_file_names_the_reason_and_changes_nothing(page: Page, tolerated: list[str]) -> None:
    tolerated.append("status of 422")
    open_explorer(page, f"/en/{PANEL}")
    before = page.url
    page.locator(".weights-file summary").click()
    with page.expect_response("**/api/weights") as refused:
        page.set_input_files(
            "#weights-file", {"name": "model.pt", "mimeType": "", "buffer": b"\x80\x04K\x01."}
        )
    assert refused.value.status == 422
    card = page.locator(".weights-file .refused")
    expect(card).to_contain_text("model.pt")
    expect(card).to_contain_text("safetensors")
    assert page.url == before


def test_arrays_can_be_pasted_as_json(page: Page) -> None:
    arrays = '{"weight_ih_l0": [[1, 0]], "weight_hh_l0": [[0.5]], "fc.weight": [[1], [-1]]}'
    open_explorer(page, "/en/?v=1&text=abab#panel=matrices")
    page.locator(".weights-file summary").click()
    page.locator(".weights-file").evaluate(
        """(box, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        arrays,
    )
    expect(page.locator(".weights-file .known")).to_contain_text("PyTorch nn.RNN, H = 1, V = 2")
    expect(page.locator(".weights-file .known")).to_contain_text("tanh is assumed")
