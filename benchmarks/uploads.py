"""What 200 uploads of 1 MB each leave behind in the server's memory, and how quick it stays while it works hard.

python -m benchmarks.uploads
"""

import csv
import io
import statistics
import time

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.page import APP, LAB, server
from hosting.memory import EVERY, resident
from tests.helpers.servers import a_browser

UPLOADS, A_TAB = 200, 20
LINGERS = 150  # seconds until the server has let go of a session that ended, 120, and some more
URL = f"{LAB}/your_data?data=Uploaded+file&rate=0.1"


def table(seed: int, rows: int, columns: int) -> bytes:
    """A table of random numbers as CSV; other numbers for every seed, so that no cache knows it."""
    file = io.StringIO()
    csv.writer(file).writerows(np.random.RandomState(seed).normal(size=(rows, columns)).round(6).tolist())
    return file.getvalue().encode()


def upload(page: Page, seed: int) -> None:
    """Give the page a file and wait until the page shows its name."""
    raw = table(seed, 10_200, 11)
    page.locator("input[type=file]").set_input_files({"name": f"{seed}.csv", "mimeType": "text/csv", "buffer": raw})
    page.get_by_text(f"{seed}.csv").wait_for()
    page.get_by_role("button", name="Share or download").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def main() -> None:
    """Print the memory before, at its most, and afterwards."""
    with server(APP, LAB) as process, a_browser() as browser:
        page = browser.new_page()
        page.goto(URL)
        upload(page, 999)
        page.close()
        before, most = resident(process), 0.0
        for first in range(0, UPLOADS, A_TAB):
            page = browser.new_page()
            page.goto(URL)
            for seed in range(first, first + A_TAB):
                upload(page, seed)
                most = max(most, resident(process))
            page.close()
        time.sleep(LINGERS)  # it does not announce when it has
        for _ in range(5):
            visit(browser)  # Streamlit lets go of ended sessions when the next one comes
        time.sleep(EVERY + 5)  # the free memory is given back
        print(
            f"memory before {before:.0f} MB, at most {most:.0f} MB, after {UPLOADS} uploads {resident(process):.0f} MB"
        )
        hard_work(browser)


def visit(browser: Browser) -> None:
    """Somebody looks at another page and leaves."""
    page = browser.new_page()
    page.goto(f"{LAB}/slope")
    page.get_by_test_id("stVegaLiteChart").first.wait_for()
    page.close()


def hard_work(browser: Browser) -> None:
    """Print what a change of the rate on another page takes while one learner has the largest run made."""
    other, busy = browser.new_page(), browser.new_page()
    other.goto(f"{LAB}/many_updates")
    busy.goto(f"{URL}&activation=tanh&updates=10000")
    alone = presses(other)
    raw = table(1, 19_000, 10)
    busy.locator("input[type=file]").set_input_files({"name": "large.csv", "mimeType": "text/csv", "buffer": raw})
    busy.get_by_role("button", name="Stop").wait_for()
    beside = presses(other)
    still = busy.get_by_role("button", name="Stop").count()
    print(f"key press to new chart {alone:.0f} ms alone, {beside:.0f} ms beside the largest run (still at it: {still})")


def presses(page: Page) -> float:
    """Median milliseconds from an arrow key on the learning rate to another verdict."""
    slider = page.get_by_role("slider", name="Learning rate")
    slider.focus()
    found = []
    for _ in range(15):
        said = page.get_by_test_id("stMain").get_by_role("status").inner_text()
        begun = time.perf_counter()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "said => document.querySelector('[data-testid=stMain] [role=status]').innerText != said", arg=said
        )
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found)


if __name__ == "__main__":
    main()
