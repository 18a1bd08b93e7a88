"""The weights panel reads a file with a trained network and uses it; a refused one changes nothing."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from .explorer import open_explorer, query_of

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
