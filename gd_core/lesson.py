"""The lesson's own three functions, with its names and signatures.

Each takes one sample (`input_data` of shape (inputs,) and a number as `target`) or many samples
(`input_data` of shape (samples, inputs) and `target` of shape (samples,)), and `weights` of shape (inputs,).
"""

import numpy as np
from numpy.typing import ArrayLike


def get_error(input_data: ArrayLike, target: ArrayLike, weights: ArrayLike) -> np.ndarray:
    """Error of the prediction: sum(weights * input_data) - target, one for each sample."""
    return (np.asarray(weights) * input_data).sum(axis=-1) - np.asarray(target)


def get_slope(input_data: ArrayLike, target: ArrayLike, weights: ArrayLike) -> np.ndarray:
    """Slope of the mean squared error for each weight, shape (inputs,): the mean of 2 * input_data * error."""
    error = get_error(input_data, target, weights)
    slope = 2 * np.asarray(input_data) * error[..., np.newaxis]
    return slope if slope.ndim == 1 else slope.mean(axis=0)


def get_mse(input_data: ArrayLike, target: ArrayLike, weights: ArrayLike) -> np.floating:
    """Mean squared error: error^2, averaged over the samples."""
    return np.mean(get_error(input_data, target, weights) ** 2)
