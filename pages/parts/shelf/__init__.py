"""Small real data sets to descend on, each with its source and its licence. Knows no screen."""

from pathlib import Path
from typing import NamedTuple


class Shelved(NamedTuple):
    """A data set: its file here, the place of its target column, what it is and whose it is."""

    file: str
    target: int
    what: str
    source: str
    licence: str

    @property
    def whose(self) -> str:
        """Whose it is, in sentences."""
        return f"Source of the data: {self.source}. Licence: {self.licence}."

    @property
    def raw(self) -> bytes:
        """The file as it stands."""
        return (Path(__file__).parent / self.file).read_bytes()


# By title, from the simplest on.
SHELF = {
    "Nebulae": Shelved(
        "nebulae.csv",
        1,
        "How far 24 nebulae are and how fast they move away: the line with which the expansion of the universe began.",
        "E. Hubble, PNAS 15 (1929), table 1",
        "public domain (published before 1931)",
    ),
    "Stopping cars": Shelved(
        "stopping.csv",
        1,
        "How far 50 cars of the 1920s ran before they stood, and how fast they had been.",
        "M. Ezekiel, Methods of Correlation Analysis (1930)",
        "public domain (published before 1931)",
    ),
    "Penguins": Shelved(
        "penguins.csv",
        3,
        "Bills, flippers and body mass of 342 penguins of the Palmer Archipelago, of three species.",
        "K. Gorman, T. Williams, W. Fraser, PLoS ONE 9 (2014) e90081; as in palmerpenguins",
        "CC0 1.0",
    ),
    "Cement": Shelved(
        "cement.csv",
        4,
        "Four parts of 13 cements, nearly 100 % together, and the heat each gave off: columns that all but repeat.",
        "H. Woods, H. Steinour, H. Starke, Ind. Eng. Chem. 24 (1932), table 1",
        "figures of measurements, free of rights",
    ),
    "Employment": Shelved(
        "employment.csv",
        6,
        "Six series that all grew together, made to try the accuracy of programs: the hardest set here.",
        "J. Longley, JASA 62 (1967), as in NIST's Statistical Reference Datasets",
        "public domain (work of the US government)",
    ),
}
