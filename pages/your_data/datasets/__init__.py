"""Small real data sets, each with its source and its licence."""

from pathlib import Path
from typing import NamedTuple


class Dataset(NamedTuple):
    """A data set: its file here, whose last numbers are the usual target, what it is, and its source and licence."""

    file: str
    about: str
    credit: str

    @property
    def raw(self) -> bytes:
        """The file as it stands."""
        return (Path(__file__).parent / self.file).read_bytes()


# By title, the simplest first.
DATASETS = {
    "Nebulae": Dataset(
        "nebulae.csv",
        "24 galaxies, how far away they are and how fast they move away: the farther, the faster (Hubble, 1929).",
        "E. Hubble, PNAS 15 (1929), table 1. Licence: public domain (published before 1931)",
    ),
    "Stopping cars": Dataset(
        "stopping.csv",
        "How fast 50 cars of the 1920s were going, and how far they went before they stopped.",
        "M. Ezekiel, Methods of Correlation Analysis (1930). Licence: public domain (published before 1931)",
    ),
    "Penguins": Dataset(
        "penguins.csv",
        "Bills, flippers and body mass of 342 penguins of three species from the Palmer Archipelago.",
        "K. Gorman, T. Williams, W. Fraser, PLoS ONE 9 (2014) e90081; as in palmerpenguins. Licence: CC0 1.0",
    ),
    "Cement": Dataset(
        "cement.csv",
        "Four ingredients of 13 cements, nearly 100 % together, and the heat each cement gave off: collinear columns.",
        "H. Woods, H. Steinour, H. Starke, Ind. Eng. Chem. 24 (1932), table 1. Licence: measurements, free of rights",
    ),
    "Employment": Dataset(
        "employment.csv",
        "Six series that all grew together, a test of how accurate programs are: the hardest set here.",
        "J. Longley, JASA 62 (1967), as in NIST's Statistical Reference Datasets. "
        "Licence: public domain (work of the US government)",
    ),
}
