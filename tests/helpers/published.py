"""Published data and figures, which both the core and a page reproduce."""

from pathlib import Path

DATA = Path(__file__).parents[1] / "gd_core" / "data"

# Google, Machine Learning Crash Course, "Linear regression: Gradient descent": seven cars, their thousands of pounds
# and miles per gallon, and (weight, bias, mean squared error) before each of the first six updates at a rate of 0.01.
POUNDS, MILES = [3.5, 3.69, 3.44, 3.43, 4.34, 4.42, 2.37], [18, 15, 18, 16, 15, 14, 24]
CARS = [
    (0, 0, 303.71), (1.20, 0.34, 170.84), (2.05, 0.59, 103.17),
    (2.66, 0.78, 68.70), (3.09, 0.91, 51.13), (3.40, 1.01, 42.17),
]  # fmt: skip
