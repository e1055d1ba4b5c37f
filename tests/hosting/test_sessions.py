"""What a change has the server draw anew."""

from tests.helpers.client import Tab, result_of
from tests.helpers.servers import Server


def test_a_change_of_the_rate_draws_what_follows_it_and_not_the_neuron(server: Server):
    async def change() -> set[str]:
        async with Tab(f"{server.url}/many_updates") as tab:
            await tab.run()
            assert {"inputs", "rate"} <= {*tab.widgets}
            await tab.set("rate", 0.02)
            tab.widgets = {"rate": tab.widgets["rate"]}
            await tab.set("rate", 0.03)
            return {*tab.widgets}

    drawn = result_of(change())
    assert any(key.startswith("rate slider") for key in drawn)
    assert "inputs" not in drawn
