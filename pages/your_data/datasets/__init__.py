"""Small real data sets, each with its source and its licence."""

from pathlib import Path
from typing import NamedTuple


class Dataset(NamedTuple):
    """A data set: its file here, whose last numbers are the usual target, what it is, and its source and licence.

    With `rate` and `updates`, as they are typed, gradient descent comes close to the least-squares solution of the
    usual `inputs`, standardised and with a bias. Where none are named, these are all columns but the target.
    """

    file: str
    about: str
    credit: str
    rate: str
    updates: str
    inputs: tuple[str, ...] = ()

    @property
    def raw(self) -> bytes:
        """The file as it stands."""
        return (Path(__file__).parent / self.file).read_bytes()


# By title, the simplest first.
DATASETS = {
    "Nebulae": Dataset(
        "nebulae.csv",
        "24 galaxies: the farther away they are, the faster they move away (Hubble, 1929).",
        "E. Hubble, PNAS 15 (1929), table 1. Licence: public domain (published before 1931)",
        rate="0.1",
        updates="30",
    ),
    "Stopping cars": Dataset(
        "stopping.csv",
        "50 cars of the 1920s: their speed, and how far they went before they stopped.",
        "M. Ezekiel, Methods of Correlation Analysis (1930). Licence: public domain (published before 1931)",
        rate="0.1",
        updates="30",
    ),
    "Penguins": Dataset(
        "penguins.csv",
        "342 penguins of three species: bill, flipper and body mass.",
        "K. Gorman, T. Williams, W. Fraser, PLoS ONE 9 (2014) e90081; as in palmerpenguins. Licence: CC0 1.0",
        rate="0.1",
        updates="40",
    ),
    "Cement": Dataset(
        "cement.csv",
        "13 cements: their ingredients, nearly 100 % together, and the heat they gave off.",
        "H. Woods, H. Steinour, H. Starke, Ind. Eng. Chem. 24 (1932), table 1. Licence: measurements, free of rights",
        rate="0.1",
        updates="40",
        inputs=("tricalcium aluminate (%)", "tricalcium silicate (%)"),
    ),
    "Employment": Dataset(
        "employment.csv",
        "16 years of the US economy: six series that grew together, and the employed.",
        "J. Longley, JASA 62 (1967), as in NIST's Statistical Reference Datasets. "
        "Licence: public domain (work of the US government)",
        rate="0.1",
        updates="60",
        inputs=("unemployed (thousands)", "year"),
    ),
}
