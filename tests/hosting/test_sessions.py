"""What a session draws: a fragment alone, if it has it, and else the whole page."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gd_core.regimes import Regime
from pages.network.text import HEADINGS
from tests.helpers.client import Tab
from tests.helpers.servers import Server


def test_a_step_is_drawn_alone_and_after_a_restart_with_its_page(server: Server):
    async def whole_pages() -> list[bool]:
        """Whether the verdict was drawn, which is not in the fragment, change by change."""
        drawn, tab = [], Tab(f"{server.url}/network")
        for steps in ((2, 3, 4), (5, 6)):  # two sessions: the second has not seen the page
            async with tab:
                if not tab.widgets:
                    await tab.run()
                for step in steps:
                    await tab.set("network_step", step)
                    drawn.append(any(HEADINGS[Regime.CONVERGES] in text for text in tab.texts))
        return drawn

    with ThreadPoolExecutor() as beside:  # this thread may have the browser's loop
        assert beside.submit(lambda: asyncio.run(whole_pages())).result() == [False, False, False, True, False]
